using RealtimeSessions.Benchmarks.Load.Orders;
using RealtimeSessions.Benchmarks.Measure;

namespace RealtimeSessions.Benchmarks.Subjects;

/// <summary>Rounds of the same load on several subjects that took turns.</summary>
internal sealed class Rounds : IAsyncDisposable
{
    private readonly List<(Crowd Crowd, List<Round> Rounds)> _series = [];

    private Rounds()
    {
    }

    /// <summary>Runs them; each subject's first round is not counted.</summary>
    /// <param name="pace">How many and how long.</param>
    /// <param name="subjects">The servers; the first is what the others are compared with.</param>
    /// <param name="join">Makes the connections to one.</param>
    /// <param name="order">The load.</param>
    public static async Task<Rounds> RunAsync(Pace pace, IEnumerable<Subject> subjects, Func<Subject, Task<Crowd>> join, WriteOrder order)
    {
        var rounds = new Rounds();
        try
        {
            foreach (var subject in subjects)
            {
                rounds._series.Add((await join(subject), []));
            }

            for (var round = 0; round <= pace.Rounds; round++)
            {
                foreach (var (crowd, series) in rounds._series)
                {
                    series.Add(await crowd.WriteAsync(order));
                }
            }
        }
        catch
        {
            await rounds.DisposeAsync();
            throw;
        }

        foreach (var (_, series) in rounds._series)
        {
            series.RemoveAt(0);
        }

        return rounds;
    }

    /// <summary>Prints a row for each subject.</summary>
    /// <param name="title">What was done.</param>
    public void Print(string title)
    {
        var table = new Table(title, "patches/s", "deliveries/s", "server µs/del.", "bytes alloc./del.", "Redis µs/del.", "generator µs/del.");
        foreach (var (crowd, rounds) in _series)
        {
            string Median(Func<Round, double> figure, string format) => Figures.Median(rounds.Select(figure)).ToString(format);
            table.Add(
                crowd.Subject.Name, Median(round => round.PatchesPerSecond, "N0"), Median(round => round.DeliveriesPerSecond, "N0"),
                Median(round => round.ServerMicros, "N2"), Median(round => round.AllocatedBytes, "N0"),
                crowd.Subject.RedisId is null ? "" : Median(round => round.RedisMicros, "N2"), Median(round => round.GeneratorMicros, "N2"));
        }

        table.Print();
    }

    /// <summary>Prints how a subject compares with the first.</summary>
    /// <param name="what">The figure's name.</param>
    /// <param name="subject">The subject's place.</param>
    /// <param name="figure">The figure.</param>
    /// <param name="text">Puts the target beside the ratio.</param>
    public void PrintRatio(string what, int subject, Func<Round, double> figure, Func<Ratio, string> text)
    {
        var ratio = new Ratio(_series[subject].Rounds.Select(figure), _series[0].Rounds.Select(figure));
        Console.WriteLine($"  {what}, {_series[subject].Crowd.Subject.Name} / {_series[0].Crowd.Subject.Name}: {text(ratio)}");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (crowd, _) in _series)
        {
            await crowd.DisposeAsync();
        }
    }
}
