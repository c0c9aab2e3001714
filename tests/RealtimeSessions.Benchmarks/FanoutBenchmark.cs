using RealtimeSessions.Benchmarks.Baseline;
using RealtimeSessions.Benchmarks.Load.Orders;
using RealtimeSessions.Benchmarks.Measure;
using RealtimeSessions.Benchmarks.Subjects;

namespace RealtimeSessions.Benchmarks;

/// <summary>
/// Patches of 100 bytes to the members of one session, against a bare SignalR hub that sends each to a group: in memory, without state or
/// order. Every event is checked to come once and in order at every member.
/// </summary>
internal static class FanoutBenchmark
{
    private const int InFlight = 8;

    private static readonly Scenario[] Scenarios =
    [
        new(200, 1, round => round.DeliveriesPerSecond, 2.5, OnRedis: 2.0),
        new(200, 200, round => round.DeliveriesPerSecond, 2.0, OnRedis: null),
        new(1, 1, round => round.PatchesPerSecond, 0.9, OnRedis: null),
        new(2, 1, round => round.PatchesPerSecond, 0.6, OnRedis: null),
        new(3, 1, round => round.PatchesPerSecond, 0.6, OnRedis: null),
        new(5, 1, round => round.PatchesPerSecond, 0.6, OnRedis: null),
    ];

    public static async Task RunAsync(Pace pace)
    {
        Console.WriteLine($"fanout: 1 session, {InFlight} patches in flight; {pace.Rounds} rounds of {pace.Time.TotalSeconds:N0} s in turn, medians");
        await using var bare = await BaselineSubject.StartAsync(BaselineServer.Bare);
        await using var embedded = await SessionsSubject.StartAsync();
        await using var redis = await SessionsSubject.StartAsync(onRedis: true);
        foreach (var scenario in Scenarios)
        {
            await RunAsync(scenario, pace, scenario.OnRedis is null ? [bare, embedded] : [bare, embedded, redis]);
        }
    }

    private static async Task RunAsync(Scenario scenario, Pace pace, Subject[] subjects)
    {
        await using var crowds = await Crowds.JoinAsync(subjects, new CrowdPlan([$"fanout-{scenario.Members}-{scenario.Writers}"], scenario.Members));
        var rounds = await crowds.RunAsync(pace, time => new WriteOrder(scenario.Writers, InFlight, InTurn: true, time));
        rounds.Print($"{scenario.Members} members, {(scenario.Writers == 1 ? "1 writes" : "all write in turn")}");
        rounds.PrintRatio("rate", 1, scenario.Figure, ratio => ratio.AtLeast(scenario.Target));
        if (scenario.Members >= 200)
        {
            rounds.PrintRatio("server µs", 1, round => round.ServerMicros, ratio => scenario.Writers == 1 ? ratio.AtMost(0.5) : $"{ratio}");
        }

        if (scenario.OnRedis is { } target)
        {
            rounds.PrintRatio("rate", 2, scenario.Figure, ratio => ratio.AtLeast(target));
        }
    }

    /// <summary>One kind of load.</summary>
    /// <param name="Members">How many have joined.</param>
    /// <param name="Writers">How many of them write.</param>
    /// <param name="Figure">What is compared.</param>
    /// <param name="Target">How many times the bare hub's it should be.</param>
    /// <param name="OnRedis">The same on Redis; null if that is not measured.</param>
    private sealed record Scenario(int Members, int Writers, Func<Round, double> Figure, double Target, double? OnRedis);
}
