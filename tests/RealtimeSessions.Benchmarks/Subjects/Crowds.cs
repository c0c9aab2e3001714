using RealtimeSessions.Benchmarks.Load.Orders;
using RealtimeSessions.Benchmarks.Measure;

namespace RealtimeSessions.Benchmarks.Subjects;

/// <summary>The same members on several subjects, which take turns: the others are idle meanwhile.</summary>
internal sealed class Crowds : IAsyncDisposable
{
    private readonly List<Crowd> _crowds = [];

    /// <summary>Makes the same sessions on every subject and joins them.</summary>
    /// <param name="subjects">The servers; the first is what the others are compared with.</param>
    /// <param name="plan">Which sessions, and how.</param>
    public static Task<Crowds> JoinAsync(IEnumerable<Subject> subjects, CrowdPlan plan) =>
        JoinAsync(subjects.Select<Subject, Func<Task<Crowd>>>(subject => () => Crowd.JoinAsync(subject, plan)));

    /// <summary>Has crowds join.</summary>
    /// <param name="joins">What makes them; the first is what the others are compared with.</param>
    public static async Task<Crowds> JoinAsync(IEnumerable<Func<Task<Crowd>>> joins)
    {
        var crowds = new Crowds();
        try
        {
            foreach (var join in joins)
            {
                crowds._crowds.Add(await join());
            }
        }
        catch
        {
            await crowds.DisposeAsync();
            throw;
        }

        return crowds;
    }

    /// <summary>Has all of them do the same in turn. The first round of each is not counted.</summary>
    /// <param name="pace">How often.</param>
    /// <param name="order">What, for a time.</param>
    public async Task<Comparison> RunAsync(Pace pace, Func<TimeSpan, Order> order)
    {
        var rounds = _crowds.Select(_ => new List<Round>()).ToArray();
        for (var round = 0; round <= pace.Rounds; round++)
        {
            foreach (var (crowd, series) in _crowds.Zip(rounds))
            {
                series.Add(await crowd.RunAsync(order(pace.TimeOf(round))));
            }
        }

        return new Comparison([.. _crowds.Zip(rounds, (crowd, series) => new Series(crowd.Name, crowd.Subject.RedisId is not null, series[1..]))]);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var crowd in _crowds)
        {
            await crowd.DisposeAsync();
        }
    }
}
