using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using RealtimeSessions.Benchmarks.Append;
using RealtimeSessions.Benchmarks.Baseline;
using RealtimeSessions.Benchmarks.Load.Orders;
using RealtimeSessions.Benchmarks.Measure;
using RealtimeSessions.Benchmarks.Subjects;
using RealtimeSessions.EventLog;
using RealtimeSessions.EventLog.Embedded;
using RealtimeSessions.EventLog.Redis;
using RealtimeSessions.Testing;

namespace RealtimeSessions.Benchmarks;

/// <summary>
/// Appends: of the engines alone, in this process, against what they stand on; and through the hub, against a hub method that does nothing.
/// </summary>
internal static class AppendBenchmark
{
    public const int Logs = 64;
    public const int InFlight = 256;

    private const int InFlightEach = 4;

    /// <summary>About as long as the event of a small patch.</summary>
    public static byte[] Payload { get; } = [.. Enumerable.Repeat((byte)'x', 250)];

    public static async Task RunAsync(Pace pace)
    {
        Console.WriteLine(
            $"append: {Logs} logs, {InFlight} appends of {Payload.Length} bytes in flight; {pace.Rounds} rounds of {pace.Time.TotalSeconds:N0} s in turn, medians");
        await RunRedisAsync(pace);
        await RunEmbeddedAsync(pace);
        await RunHubAsync(pace);
    }

    private static async Task RunRedisAsync(Pace pace)
    {
        await using var redis = await SessionsSubject.StartRedisAsync();
        await using var raw = await RawRedis.OpenAsync(redis.ConnectionString);
        await using var engine = new EngineLoad(await RedisEngine.OpenAsync(
            new RedisOptions { ConnectionString = redis.ConnectionString }, new LogOptions(), TimeProvider.System, NullLoggerFactory.Instance));
        var (raws, engines) = (new List<AppendRound>(), new List<AppendRound>());
        for (var round = 0; round <= pace.Rounds; round++)
        {
            raws.Add(await AppendRound.RunAsync(raw, pace.TimeOf(round), redis.Process.Id));
            engines.Add(await AppendRound.RunAsync(engine, pace.TimeOf(round), redis.Process.Id));
        }

        Print("Redis", "the script alone", raws, engines, 0.8);
    }

    private static async Task RunEmbeddedAsync(Pace pace)
    {
        using var folder = new TemporaryFolder();
        await using var raw = new RawSqlite();
        await using var engine = new EngineLoad(await EmbeddedEngine.OpenAsync(
            new EmbeddedOptions { Directory = folder.Path }, new LogOptions(), TimeProvider.System, NullLoggerFactory.Instance));
        var (raws, engines, commits) = (new List<AppendRound>(), new List<AppendRound>(), new CommitCount(folder.Path));
        for (var round = 0; round <= pace.Rounds; round++)
        {
            engines.Add(await AppendRound.RunAsync(engine, pace.TimeOf(round), commits: commits));
            raw.Batch = engines[^1].Batch!.Value;
            raws.Add(await AppendRound.RunAsync(raw, pace.TimeOf(round)));
        }

        Print("embedded", $"SQLite, batches of {raw.Batch}", raws, engines, 0.5);
    }

    private static async Task RunHubAsync(Pace pace)
    {
        await using var bare = await BaselineSubject.StartAsync(BaselineServer.Bare);
        await using var embedded = await SessionsSubject.StartAsync();
        await using var redis = await SessionsSubject.StartAsync(onRedis: true);
        var plan = new CrowdPlan(CrowdPlan.Ids("append", Logs), MembersPerSession: 1) { IsQuiet = true };
        await using var crowds = await Crowds.JoinAsync([bare, embedded, redis], plan);
        var rounds = await crowds.RunAsync(pace, time => new WriteOrder(1, InFlightEach, InTurn: false, time));
        rounds.PrintCalls($"{Logs} connections, {InFlightEach} in flight each");
        rounds.PrintRatio("calls/s", 1, round => round.PatchesPerSecond, ratio => ratio.AtLeast(0.5));
        rounds.PrintRatio("calls/s", 2, round => round.PatchesPerSecond, ratio => $"{ratio}");
    }

    private static void Print(string engine, string rawName, List<AppendRound> raws, List<AppendRound> engines, double target)
    {
        var (raw, own) = (raws[1..], engines[1..]);
        var table = new Table($"the engine alone: {engine}", "appends/s", "process µs", "Redis µs");
        foreach (var (name, rounds) in new[] { (rawName, raw), ("the engine", own) })
        {
            string Median(Func<AppendRound, double> figure, string format) =>
                Figures.Median(rounds.Select(figure)).ToString(format, CultureInfo.InvariantCulture);
            table.Add(
                name, Median(round => round.Rate, "N0"), Median(round => round.ProcessMicros, "N1"),
                rounds[0].RedisMicros is null ? "" : Median(round => round.RedisMicros!.Value, "N1"));
        }

        table.Print();
        Console.WriteLine($"  appends/s: {new Ratio(own.Select(round => round.Rate), raw.Select(round => round.Rate)).AtLeast(target)}");
    }
}
