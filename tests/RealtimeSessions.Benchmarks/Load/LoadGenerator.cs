using System.Diagnostics;
using System.Text.Json;
using RealtimeSessions.Benchmarks.Load.Dialects;
using RealtimeSessions.Benchmarks.Load.Orders;
using RealtimeSessions.Benchmarks.Load.Wire;

namespace RealtimeSessions.Benchmarks.Load;

/// <summary>The process that makes the load: connections to one server, and what they are told to do. It ends with its input.</summary>
internal sealed class LoadGenerator
{
    /// <summary>The role's name on the command line.</summary>
    public const string Role = "load";

    private const int ParallelJoins = 32;
    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan DrainPatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan DrainCheck = TimeSpan.FromMilliseconds(2);

    private readonly Verdict _verdict = new();
    private Member[] _members = [];
    private int _membersPerSession;

    /// <summary>Does what the lines on the input say.</summary>
    public static async Task RunAsync()
    {
        var generator = new LoadGenerator();
        _ = generator.PingAsync();
        while (await Console.In.ReadLineAsync() is { } line)
        {
            Answer answer;
            try
            {
                answer = await generator.DoAsync(JsonSerializer.Deserialize<Order>(line)!);
                generator._verdict.Check();
            }
            catch (Exception exception)
            {
                answer = new Answer { Failure = exception is LoadException ? exception.Message : exception.ToString() };
            }

            await Console.Out.WriteLineAsync(JsonSerializer.Serialize(answer));
        }
    }

    private Task<Answer> DoAsync(Order order) => order switch
    {
        ConnectOrder connect => ConnectAsync(connect),
        WriteOrder write => WriteAsync(write),
        RateOrder rate => PatchAtRateAsync(rate),
        _ => throw new ArgumentOutOfRangeException(nameof(order)),
    };

    private async Task<Answer> ConnectAsync(ConnectOrder order)
    {
        var dialect = Dialect.Of(order.Dialect);
        _membersPerSession = order.MembersPerSession;
        _members = [.. from session in order.Sessions
                       from seat in Enumerable.Range(0, order.MembersPerSession)
                       select new Member(dialect, session, seat, _verdict)];
        await Parallel.ForEachAsync(
            _members, new ParallelOptions { MaxDegreeOfParallelism = ParallelJoins },
            async (member, _) => await member.JoinAsync(order.Server, order.Token, order.BufferBytes));
        return new Answer();
    }

    private Task<Answer> WriteAsync(WriteOrder order)
    {
        Member[] writers = [.. _members.Where(member => member.Seat < order.WritersPerSession)];
        return MeasureAsync(() => new ClosedLoop(writers, order.InTurn, _verdict).RunAsync(order.InFlight, order.Time), latencies: null);
    }

    private Task<Answer> PatchAtRateAsync(RateOrder order)
    {
        _members[0].Answered = null;
        return MeasureAsync(() => OpenLoop.RunAsync(_members[0], order.PatchesPerSecond, order.Time), new Latencies());
    }

    private async Task<Answer> MeasureAsync(Func<Task<long>> load, Latencies? latencies)
    {
        foreach (var member in _members)
        {
            member.Latencies = latencies;
        }

        var before = Count();
        var start = Stopwatch.GetTimestamp();
        var patches = await load();
        await DrainAsync();
        var after = Count();
        return new Answer
        {
            Patches = patches,
            Deliveries = after.Events - before.Events,
            Reads = after.Reads - before.Reads,
            Bytes = after.Bytes - before.Bytes,
            Time = Stopwatch.GetElapsedTime(start, _members.Max(member => member.LastEventAt)),
            Latency = latencies?.Read(),
        };
    }

    /// <summary>Waits until every member has every event of its session.</summary>
    private async Task DrainAsync()
    {
        var waiting = Stopwatch.StartNew();
        while (FindBehind() is { } behind)
        {
            _verdict.Check();
            if (waiting.Elapsed > DrainPatience)
            {
                throw new LoadException($"Events are missing: {behind}");
            }

            await Task.Delay(DrainCheck);
        }
    }

    private string? FindBehind()
    {
        foreach (var session in _members.Chunk(_membersPerSession))
        {
            var made = session.Sum(member => member.Patches);
            if (session.FirstOrDefault(member => member.Events != made || member.Answers != member.Patches) is { } member)
            {
                return $"member {member.Seat} of {member.Session} has {member.Events} of {made}, and answers to {member.Answers} of its {member.Patches}.";
            }
        }

        return null;
    }

    private (long Events, long Reads, long Bytes) Count() =>
        (_members.Sum(member => member.Events), _members.Sum(member => member.Wire.Reads), _members.Sum(member => member.Wire.BytesReceived));

    private async Task PingAsync()
    {
        using var timer = new PeriodicTimer(PingInterval);
        while (await timer.WaitForNextTickAsync())
        {
            foreach (var member in _members)
            {
                member.Ping();
            }
        }
    }
}
