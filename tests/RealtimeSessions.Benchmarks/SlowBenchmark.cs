using System.Collections.Immutable;
using System.Globalization;
using RealtimeSessions.Benchmarks.Load.Orders;
using RealtimeSessions.Benchmarks.Measure;
using RealtimeSessions.Benchmarks.Subjects;

namespace RealtimeSessions.Benchmarks;

/// <summary>
/// 20 of 200 members stop reading. What that does to the others and to the server's memory; whether those 20 get everything when they read on,
/// or, put out, when they come back.
/// </summary>
internal static class SlowBenchmark
{
    private const int Members = 200;
    private const int Slow = 20;
    private const int InFlight = 8;
    private const int Rounds = 9;
    private const int ConflatedPatches = 100_000;
    private const int MaximumLag = 20_000;
    private const double MemoryTarget = 32;
    private static readonly TimeSpan RoundTime = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan LongTime = TimeSpan.FromSeconds(30);

    public static async Task RunAsync(Pace pace)
    {
        var isQuick = pace == Pace.Quick;
        var (rounds, time) = isQuick ? (pace.Rounds, LongTime / 10) : (Rounds, LongTime);
        Console.WriteLine(
            $"slow: {Members} members, {InFlight} patches in flight from one; {rounds} rounds in turn where all read and where {Slow} do not, medians");

        // Half of them come back within the limits, the others beyond: neither is ever too far behind, but those are blocked for too long.
        await using (var patient = await StartAsync(("MaximumLag", $"{int.MaxValue}"), ("MaximumBlocked", (1.5 * time).ToString())))
        {
            await using var crowd = await Crowd.JoinAsync(patient, new CrowdPlan(["slow"], Members) { SmallBuffers = Slow });
            await CompareAsync(crowd, rounds);
            await StayAwayAsync(crowd, time);
        }

        await using var strict = await StartAsync(("MaximumLag", $"{MaximumLag}"));
        await FallBehindAsync(strict);
        await ConflationBenchmark.RunAsync(strict, isQuick ? ConflatedPatches / 10 : ConflatedPatches);
    }

    private static Task<SessionsSubject> StartAsync(params (string Name, string Value)[] delivery) => SessionsSubject.StartAsync(
        settings: delivery.ToImmutableDictionary(setting => $"Delivery__{setting.Name}", setting => setting.Value));

    /// <summary>The others' throughput and latency, in rounds that are too short for anyone to be put out.</summary>
    private static async Task CompareAsync(Crowd crowd, int count)
    {
        var order = new WriteOrder(1, InFlight, InTurn: true, RoundTime, WithLatencies: true);
        await crowd.DoAsync(order);
        var (reading, slow, catchingUp) = (new List<Round>(), new List<Round>(), new List<Answer>());
        for (var round = 0; round < count; round++)
        {
            reading.Add(await crowd.RunAsync(order));
            await crowd.DoAsync(new PauseOrder(Slow));
            slow.Add(await crowd.RunAsync(order));
            catchingUp.Add(await crowd.DoAsync(new CatchUpOrder(Slow)));
        }

        var table = new Table("", "patches/s", "p50 µs", "p99 µs", "p99.9 µs", "server µs/del.");
        foreach (var (name, series) in new[] { ("all read", reading), ($"{Slow} do not", slow) })
        {
            table.Add(
                name, Median(series, round => round.PatchesPerSecond, "N0"), Median(series, round => round.Answer.Latency!.P50, "N0"),
                Median(series, round => round.Answer.Latency!.P99, "N0"), Median(series, round => round.Answer.Latency!.P999, "N0"),
                Median(series, round => round.ServerMicros, "N2"));
        }

        table.Print();
        var rate = new Ratio(slow.Select(round => round.PatchesPerSecond), reading.Select(round => round.PatchesPerSecond));
        var p99 = new Ratio(slow.Select(round => round.Answer.Latency!.P99), reading.Select(round => round.Answer.Latency!.P99));
        Console.WriteLine($"  patches/s: {rate.AtLeast(0.9)}");
        Console.WriteLine($"  p99 of the others: {p99.AtMost(1.25)}");
        Console.WriteLine(
            $"  after each round the {Slow} had everything {Figures.Median(catchingUp.Select(answer => answer.Time.TotalSeconds)):N2} s after they read on; "
            + $"put out: {catchingUp.Sum(answer => answer.PutOut)}");
    }

    /// <summary>Memory while they do not read, and how half of them come back in time, the others too late.</summary>
    private static async Task StayAwayAsync(Crowd crowd, TimeSpan time)
    {
        var order = new WriteOrder(1, InFlight, InTurn: true, time);
        var before = await Memory.ReadAsync(crowd.Subject);
        await crowd.DoAsync(new PauseOrder(Slow));
        var first = await crowd.DoAsync(order);
        var middle = await Memory.ReadAsync(crowd.Subject);
        Console.WriteLine();
        Console.WriteLine($"{Slow} do not read for {time.TotalSeconds:N0} s, in which each misses {first.Patches:N0} events:");
        Console.WriteLine($"  heap {Growth(middle.Heap - before.Heap)}");
        Console.WriteLine($"  private memory {Growth(middle.Private - before.Private)}");

        PrintReturn(await crowd.DoAsync(new CatchUpOrder(Slow / 2)), expected: 0);

        var second = await crowd.DoAsync(order);
        var late = await Memory.ReadAsync(crowd.Subject);
        Console.WriteLine($"{Slow / 2} do not read for another {time.TotalSeconds:N0} s, longer than a write may be blocked, and miss {second.Patches:N0} more:");
        Console.WriteLine($"  heap {Growth(late.Heap - before.Heap)}");
        Console.WriteLine($"  private memory {Growth(late.Private - before.Private)}");
        PrintReturn(await crowd.DoAsync(new CatchUpOrder(Slow / 2)), expected: Slow / 2);
    }

    /// <summary>Members that fall behind by more events than they may.</summary>
    private static async Task FallBehindAsync(Subject subject)
    {
        await using var crowd = await Crowd.JoinAsync(subject, new CrowdPlan(["behind"], 2 * Slow) { SmallBuffers = Slow });
        await crowd.DoAsync(new PauseOrder(Slow));
        await crowd.DoAsync(new CountOrder(2 * MaximumLag, InFlight));
        Console.WriteLine($"{Slow} miss {2 * MaximumLag:N0} events where {MaximumLag:N0} may be missed:");
        PrintReturn(await crowd.DoAsync(new CatchUpOrder(Slow)), expected: Slow);
    }

    private static void PrintReturn(Answer answer, int expected)
    {
        Console.WriteLine(
            $"  they read on: everything in order after {answer.Time.TotalSeconds:N1} s; put out and back by position: {answer.PutOut} = {expected} "
            + (answer.PutOut == expected ? "met" : "NOT MET"));
        if (answer.Reason is { } reason)
        {
            Console.WriteLine($"  the last word: {reason}");
        }
    }

    private static string Growth(long bytes)
    {
        var growth = Math.Round(bytes / 1e6, 1);
        return $"{growth:+0.0;-0.0;0} MB ≤ {MemoryTarget} {(growth <= MemoryTarget ? "met" : "NOT MET")}";
    }

    private static string Median(IEnumerable<Round> rounds, Func<Round, double> figure, string format) =>
        Figures.Median(rounds.Select(figure)).ToString(format, CultureInfo.InvariantCulture);
}
