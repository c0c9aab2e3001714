using RealtimeSessions.Benchmarks.Baseline;
using RealtimeSessions.Benchmarks.Load.Orders;
using RealtimeSessions.Benchmarks.Measure;
using RealtimeSessions.Benchmarks.Subjects;

namespace RealtimeSessions.Benchmarks;

/// <summary>
/// Patches of 100 bytes to documents of several sizes, against the hub that a team would write first: it keeps the document in Redis, reads,
/// merges and writes it for every patch, then sends to the group. It loses updates when two write at once, and keeps no log.
/// </summary>
internal static class NaiveBenchmark
{
    private static readonly Scenario[] Scenarios =
    [
        new("64 KB, 100 sessions of 5", Sessions: 100, Members: 5, Names: 610, InFlight: 64, "patches/s", round => round.PatchesPerSecond, 5),
        new("1 KB, 100 sessions of 5", Sessions: 100, Members: 5, Names: 10, InFlight: 64, "patches/s", round => round.PatchesPerSecond, 1.5),
        new("1 KB, 1 session of 200", Sessions: 1, Members: 200, Names: 10, InFlight: 8, "deliveries/s", round => round.DeliveriesPerSecond, 2.5),
    ];

    public static async Task RunAsync(Pace pace)
    {
        Console.WriteLine("naive: against a hub that keeps the document in Redis; one member of each session writes, in turn, with 64 patches in flight");
        Console.WriteLine($"over all sessions (8 where there is one); {pace.Rounds} rounds of {pace.Time.TotalSeconds:N0} s in turn, medians");
        await using var naive = await BaselineSubject.StartAsync(BaselineServer.Naive);
        await using var embedded = await SessionsSubject.StartAsync();
        await using var redis = await SessionsSubject.StartAsync(onRedis: true);
        foreach (var scenario in Scenarios)
        {
            var plan = new CrowdPlan(CrowdPlan.Ids($"naive-{scenario.Names}-{scenario.Members}", scenario.Sessions), scenario.Members)
            {
                Names = scenario.Names,
                IsFilled = true,
            };
            await using var crowds = await Crowds.JoinAsync([naive, embedded, redis], plan);
            var rounds = await crowds.RunAsync(pace, time => new WriteOrder(1, scenario.InFlight, InTurn: true, time));
            rounds.Print(scenario.Title);
            rounds.PrintRatio(scenario.FigureName, 1, scenario.Figure, ratio => ratio.AtLeast(scenario.Target));
            rounds.PrintRatio(scenario.FigureName, 2, scenario.Figure, ratio => $"{ratio}");
        }
    }

    /// <summary>One kind of load.</summary>
    /// <param name="Title">What it is.</param>
    /// <param name="Sessions">How many sessions.</param>
    /// <param name="Members">How many have joined each; one writes.</param>
    /// <param name="Names">How many names of about 105 bytes the document has.</param>
    /// <param name="InFlight">Patches in flight over all.</param>
    /// <param name="FigureName">The name of what is compared.</param>
    /// <param name="Figure">What is compared.</param>
    /// <param name="Target">How many times the naive hub's it should be.</param>
    private sealed record Scenario(
        string Title, int Sessions, int Members, int Names, int InFlight, string FigureName, Func<Round, double> Figure, double Target);
}
