using System.Diagnostics;
using RealtimeSessions.Benchmarks.Load;
using RealtimeSessions.EventLog;
using RealtimeSessions.EventLog.Redis;
using StackExchange.Redis;

namespace RealtimeSessions.Benchmarks.Append;

/// <summary>The engine's script, called through the same client library with arguments that were made beforehand: nothing around it.</summary>
internal sealed class RawRedis : IAppendLoad
{
    private readonly ConnectionMultiplexer _multiplexer;
    private readonly IDatabase _database;
    private readonly RedisKeys _names = new("raw");
    private LogId[] _logs = [];
    private int _round;

    private RawRedis(ConnectionMultiplexer multiplexer) => (_multiplexer, _database) = (multiplexer, multiplexer.GetDatabase());

    public static async Task<RawRedis> OpenAsync(string connectionString)
    {
        var raw = new RawRedis(await ConnectionMultiplexer.ConnectAsync(connectionString));
        await raw._multiplexer.GetServer(connectionString).ScriptLoadAsync(RedisScript.Append.Text);
        return raw;
    }

    public async Task<long> RunAsync(TimeSpan time)
    {
        _round++;
        _logs = [.. Enumerable.Range(0, AppendBenchmark.Logs).Select(log => new LogId($"append/{_round}/{log}"))];
        await Task.WhenAll(_logs.Select(log => AppendAsync(Keys(log), Arguments(log, isNew: true))));
        var until = Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency);
        var counts = await Task.WhenAll(
            Enumerable.Range(0, AppendBenchmark.InFlight).Select(i => Task.Run(() => RepeatAsync(_logs[i % _logs.Length], until))));
        return counts.Sum();
    }

    public Task ClearAsync() => _database.KeyDeleteAsync([.. _logs.SelectMany(Keys)]);

    public async ValueTask DisposeAsync()
    {
        await _multiplexer.CloseAsync();
        _multiplexer.Dispose();
    }

    private async Task<long> RepeatAsync(LogId log, long until)
    {
        var (keys, arguments) = (Keys(log), Arguments(log, isNew: false));
        var count = 0L;
        for (; Stopwatch.GetTimestamp() < until; count++)
        {
            await AppendAsync(keys, arguments);
        }

        return count;
    }

    private async Task AppendAsync(RedisKey[] keys, RedisValue[] arguments)
    {
        var reply = (RedisValue[])(await _database.ScriptEvaluateAsync(RedisScript.Append.Hash, keys, arguments))!;
        if ((AppendOutcome)(int)reply[1] != AppendOutcome.Appended)
        {
            throw new LoadException($"The script answered {(AppendOutcome)(int)reply[1]}.");
        }
    }

    private RedisKey[] Keys(LogId log)
    {
        var keys = _names.Log(log);
        return [keys.Meta, keys.Events, keys.Writers, keys.WriterOrder];
    }

    private RedisValue[] Arguments(LogId log, bool isNew)
    {
        var append = new LogAppend { MustBeNew = isNew, Events = [new NewEvent(Guid.CreateVersion7(), DateTimeOffset.UtcNow, AppendBenchmark.Payload)] };
        return AppendRequest.Write(_names.LogChannel(log), DateTimeOffset.UtcNow, new LogOptions(), new[] { append });
    }
}
