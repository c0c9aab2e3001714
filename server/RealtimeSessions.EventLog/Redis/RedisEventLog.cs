using RealtimeSessions.EventLog.Tails;
using RealtimeSessions.Protocol;
using StackExchange.Redis;

namespace RealtimeSessions.EventLog.Redis;

/// <summary>Logs in Redis: a stream and a few small keys each; every change is one script.</summary>
internal sealed class RedisEventLog : IEventLog, ILogTailSource, IAsyncDisposable
{
    private const int MaximumGroupBytes = 256 * 1024;
    private const int MaximumAppends = 1_000;
    private const int MaximumEvents = 1_000;
    private const int MaximumPayloadBytes = 4 * 1024 * 1024;
    private const int MaximumPage = 10_000;
    private const int HeadValues = 5;

    private readonly RedisConnection _connection;
    private readonly RedisKeys _keys;
    private readonly LogOptions _options;
    private readonly TimeProvider _time;

    public RedisEventLog(RedisConnection connection, RedisKeys keys, LogOptions options, TimeProvider time)
    {
        (_connection, _keys, _options, _time) = (connection, keys, options, time);
        Tails = new TailRegistry(this, time, options.TailCheckInterval);
    }

    /// <summary>The open tails.</summary>
    public TailRegistry Tails { get; }

    public async Task<IReadOnlyList<AppendResult>> AppendAsync(LogId log, IReadOnlyList<LogAppend> appends)
    {
        Check(appends);
        var keys = _keys.Log(log);
        RedisKey[] scriptKeys = [keys.Meta, keys.Events, keys.Writers, keys.WriterOrder];
        var all = appends as LogAppend[] ?? [.. appends];
        var results = new List<AppendResult>(all.Length);
        while (results.Count < all.Length)
        {
            // One after the other: a later group must not overtake one that is retried.
            var group = NextGroup(all, results.Count);
            var arguments = AppendRequest.Write(_keys.LogChannel(log), _time.GetUtcNow(), _options, group);
            AppendRequest.Read(await _connection.EvaluateAsync(RedisScript.Append, scriptKeys, arguments), results);
        }

        return results;
    }

    public async Task<LogPage?> ReadAsync(LogId log, long after, int limit, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ArgumentOutOfRangeException.ThrowIfNegative(after);
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, MaximumPage);
        var keys = _keys.Log(log);
        var first = after == long.MaxValue ? after : after + 1;
        var reply = await _connection.EvaluateAsync(RedisScript.Read, [keys.Meta, keys.Events], first, limit).WaitAsync(cancellationToken);
        if (reply.IsNull)
        {
            return null;
        }

        var values = (RedisValue[])reply!;
        var head = new LogHead(
            new Position((string)values[0]!, (long)values[1]), FirstAvailable: (long)values[2], Guard: (long)values[3],
            IsSealed: (int)values[4] == 1);
        first = Math.Max(first, head.FirstAvailable);
        var events = new LogEvent[values.Length - HeadValues];
        for (var i = 0; i < events.Length; i++)
        {
            events[i] = EventFrame.Read(first + i, (byte[])values[HeadValues + i]!);
        }

        return new LogPage(head, events);
    }

    public async Task<LogSnapshot?> ReadSnapshotAsync(
        LogId log, long atMost = long.MaxValue, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var keys = _keys.Log(log);
        var reply = await _connection.EvaluateAsync(RedisScript.ReadSnapshot, [keys.Meta, keys.Latest, keys.Base], atMost)
            .WaitAsync(cancellationToken);
        return reply.IsNull || (RedisValue[])reply! is not [var epoch, var sequence, var state]
            ? null
            : new LogSnapshot(new Position((string)epoch!, (long)sequence), (byte[])state!);
    }

    public Task<bool> WriteSnapshotAsync(LogId log, LogSnapshot snapshot) => StoreAsync(log, "latest", snapshot);

    public Task<bool> TrimAsync(LogId log, LogSnapshot edge) => StoreAsync(log, "base", edge);

    public async Task<bool> DeleteAsync(LogId log)
    {
        var keys = _keys.Log(log);
        RedisKey[] all = [keys.Meta, keys.Events, keys.Writers, keys.WriterOrder, keys.Latest, keys.Base];
        return (bool)await _connection.EvaluateAsync(RedisScript.Delete, all, (string)_keys.LogChannel(log)!);
    }

    public ILogTail OpenTail(LogId log, Position after) => Tails.Open(log, after);

    public async Task ChangeEpochAsync(LogId log, string expected)
    {
        var keys = _keys.Log(log);
        await _connection.EvaluateAsync(
            RedisScript.ChangeEpoch, [keys.Meta, keys.Latest], (string)_keys.LogChannel(log)!, expected, LogEpoch.New());
    }

    public ValueTask DisposeAsync() => Tails.DisposeAsync();

    private async Task<bool> StoreAsync(LogId log, string kind, LogSnapshot snapshot)
    {
        var keys = _keys.Log(log);
        return (bool)await _connection.EvaluateAsync(
            RedisScript.WriteSnapshot, [keys.Meta, keys.Events, keys.Latest, keys.Base],
            kind, snapshot.Position.Epoch, snapshot.Position.Sequence, snapshot.State.ToArray());
    }

    /// <summary>The appends from one on that weigh at most as much as one script call may, but at least one.</summary>
    private static ArraySegment<LogAppend> NextGroup(LogAppend[] appends, int from)
    {
        var (count, bytes) = (1, Weight(appends[from]));
        while (from + count < appends.Length && (bytes += Weight(appends[from + count])) <= MaximumGroupBytes)
        {
            count++;
        }

        return new ArraySegment<LogAppend>(appends, from, count);
    }

    private static long Weight(LogAppend append)
    {
        long weight = 0;
        for (var i = 0; i < append.Events.Count; i++)
        {
            weight += EventFrame.HeaderLength + append.Events[i].Payload.Length;
        }

        return weight;
    }

    private static void Check(IReadOnlyList<LogAppend> appends)
    {
        ArgumentNullException.ThrowIfNull(appends);
        if (appends.Count is 0 or > MaximumAppends)
        {
            throw new ArgumentException($"1 to {MaximumAppends} appends go in one call, not {appends.Count}.", nameof(appends));
        }

        foreach (var append in appends)
        {
            var isGood = append.Events.Count is > 0 and <= MaximumEvents;
            for (var i = 0; isGood && i < append.Events.Count; i++)
            {
                isGood = append.Events[i].Payload.Length <= MaximumPayloadBytes;
            }

            if (!isGood)
            {
                throw new ArgumentException(
                    $"An append has 1 to {MaximumEvents} events of at most {MaximumPayloadBytes} bytes each.", nameof(appends));
            }
        }
    }
}
