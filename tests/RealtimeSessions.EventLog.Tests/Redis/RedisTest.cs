using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using RealtimeSessions.EventLog.Redis;
using RealtimeSessions.Protocol;
using RealtimeSessions.Testing;

namespace RealtimeSessions.EventLog.Tests.Redis;

/// <summary>What the tests of the Redis engine share.</summary>
internal static class RedisTest
{
    /// <summary>Long enough for a slow machine; reached only when a test fails.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static readonly LogId Log = new("session/demo/board-1");

    public static Task<RedisEngine> OpenAsync(this RedisServer server, LogOptions? options = null) =>
        OpenAsync(server.ConnectionString, options);

    public static Task<RedisEngine> OpenAsync(string connectionString, LogOptions? options = null) => RedisEngine.OpenAsync(
        new RedisOptions { ConnectionString = connectionString }, options ?? new LogOptions(), TimeProvider.System,
        NullLoggerFactory.Instance);

    /// <summary>Tails that only announcements wake.</summary>
    public static LogOptions NoChecks => new() { TailCheckInterval = Timeout.InfiniteTimeSpan };

    public static LogAppend Append(string payload = "{}", bool mustBeNew = false) => Append(Encoding.UTF8.GetBytes(payload), mustBeNew);

    public static LogAppend Append(byte[] payload, bool mustBeNew = false) => new()
    {
        Events = [new NewEvent(Guid.CreateVersion7(), DateTimeOffset.UnixEpoch.AddDays(20_000), payload)],
        MustBeNew = mustBeNew,
    };

    public static async Task<Position> AppendAsync(this IEventLog log, LogId id, LogAppend append)
    {
        var result = (await log.AppendAsync(id, [append]))[0];
        Assert.Equal(AppendOutcome.Appended, result.Outcome);
        return new Position(result.Epoch, result.Sequence);
    }

    /// <summary>Appends again and again until the engine takes it.</summary>
    public static async Task<Position> AppendPatientlyAsync(this IEventLog log, LogId id, LogAppend append)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                return await log.AppendAsync(id, append);
            }
            catch (EngineUnavailableException)
            {
                await Task.Delay(50, patience.Token);
            }
        }
    }

    /// <summary>Reads until a number of events has come, or the tail has ended.</summary>
    public static async Task<(List<LogEvent> Events, TailBatchKind Kind)> TakeAsync(this ILogTail tail, int count)
    {
        using var patience = new CancellationTokenSource(Patience);
        var events = new List<LogEvent>();
        while (events.Count < count)
        {
            var batch = await tail.ReadAsync(patience.Token);
            events.AddRange(batch.Events);
            if (batch.Kind != TailBatchKind.Events)
            {
                return (events, batch.Kind);
            }
        }

        return (events, TailBatchKind.Events);
    }

    public static string Text(this LogEvent e) => Encoding.UTF8.GetString(e.Payload.Span);
}
