using RealtimeSessions.Benchmarks.Baseline;
using RealtimeSessions.Benchmarks.Load.Orders;
using RealtimeSessions.Benchmarks.Measure;
using RealtimeSessions.Benchmarks.Subjects;

namespace RealtimeSessions.Benchmarks;

/// <summary>
/// From the sending of a patch to its receipt at each of 50 members, evenly spaced patches from one of them: at a fifth of this server's capacity,
/// and at all that bare SignalR can do.
/// </summary>
internal static class LatencyBenchmark
{
    private const int Members = 50;
    private const int InFlight = 8;
    private const double ModerateShare = 0.2;
    private const int Rounds = 9;

    public static async Task RunAsync(Pace pace)
    {
        pace = pace == Pace.Quick ? pace : pace with { Rounds = Rounds };
        Console.WriteLine($"latency: {Members} members, 1 writes at a fixed rate; {pace.Rounds} rounds of {pace.Time.TotalSeconds:N0} s in turn, medians");
        await using var bare = await BaselineSubject.StartAsync(BaselineServer.Bare);
        await using var sessions = await SessionsSubject.StartAsync();
        await using var crowds = await Crowds.JoinAsync([bare, sessions], new CrowdPlan(["latency"], Members));

        var capacity = await crowds.RunAsync(pace, time => new WriteOrder(1, InFlight, InTurn: true, time));
        capacity.Print($"{InFlight} in flight");

        var moderate = await crowds.RunAsync(pace, time => new RateOrder(ModerateShare * capacity.Median(1, round => round.PatchesPerSecond), time));
        moderate.PrintLatencies($"{ModerateShare:P0} of the capacity");
        moderate.PrintRatio("p50", 1, round => round.Answer.Latency!.P50, ratio => ratio.AtMost(1.3));
        moderate.PrintRatio("p99", 1, round => round.Answer.Latency!.P99, ratio => ratio.AtMost(1.25));

        var saturated = await crowds.RunAsync(pace, time => new RateOrder(capacity.Median(0, round => round.PatchesPerSecond), time));
        saturated.PrintLatencies("bare SignalR's capacity");
        saturated.PrintRatio("p99", 1, round => round.Answer.Latency!.P99, ratio => ratio.AtMost(1));
    }
}
