using System.Globalization;
using RealtimeSessions.Benchmarks.Load.Orders;
using RealtimeSessions.Benchmarks.Measure;
using RealtimeSessions.Benchmarks.Subjects;

namespace RealtimeSessions.Benchmarks;

/// <summary>500 members of one session lose their connections at once, miss 1,000 events and come back at once, each by its position.</summary>
internal static class ResumeBenchmark
{
    private const int Members = 500;
    private const int Missed = 1_000;
    private const int InFlight = 8;
    private static readonly TimeSpan Target = TimeSpan.FromSeconds(5);

    public static async Task RunAsync(Pace pace)
    {
        Console.WriteLine(
            $"resume: {Members} members of one session lose their connections at once and miss {Missed:N0} events; {pace.Rounds} rounds, medians");
        await using var embedded = await SessionsSubject.StartAsync();
        await using var redis = await SessionsSubject.StartAsync(onRedis: true);
        var table = new Table("", "all current after", "slowest round", "events/s", "server CPU", "target");
        foreach (var subject in new[] { embedded, redis })
        {
            await using var crowd = await Crowd.JoinAsync(subject, new CrowdPlan(["resume"], Members + 1));
            var rounds = new List<Round>();
            for (var round = 0; round <= pace.Rounds; round++)
            {
                await crowd.DoAsync(new CutOrder(Members));
                await crowd.DoAsync(new CountOrder(Missed, InFlight));
                rounds.Add(await crowd.RunAsync(new ReturnOrder()));
            }

            rounds.RemoveAt(0);
            var seconds = Figures.Median(rounds.Select(round => round.Answer.Time.TotalSeconds));
            table.Add(
                subject.Name, Text(seconds, "N2", " s"), Text(rounds.Max(round => round.Answer.Time.TotalSeconds), "N2", " s"),
                Text(Figures.Median(rounds.Select(round => round.DeliveriesPerSecond)), "N0", ""),
                Text(Figures.Median(rounds.Select(round => round.Server.TotalSeconds)), "N2", " s"),
                $"≤ {Target.TotalSeconds:N0} s {(seconds <= Target.TotalSeconds ? "met" : "NOT MET")}");
        }

        table.Print();
    }

    private static string Text(double value, string format, string unit) => value.ToString(format, CultureInfo.InvariantCulture) + unit;
}
