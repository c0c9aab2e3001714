using System.Diagnostics;
using RealtimeSessions.Benchmarks.Load;
using RealtimeSessions.EventLog;

namespace RealtimeSessions.Benchmarks.Append;

/// <summary>Appends through an engine: some at a time, to some logs, each append one event and one call.</summary>
/// <param name="engine">The engine.</param>
internal sealed class EngineLoad(IStorageEngine engine) : IAppendLoad
{
    private LogId[] _logs = [];
    private long[] _counts = [];
    private int _round;

    public async Task<long> RunAsync(TimeSpan time)
    {
        _round++;
        _logs = [.. Enumerable.Range(0, AppendBenchmark.Logs).Select(log => new LogId($"append/{_round}/{log}"))];
        await Task.WhenAll(_logs.Select(log => engine.EventLog.AppendAsync(log, [Next() with { MustBeNew = true }])));
        var until = Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency);
        _counts = await Task.WhenAll(
            Enumerable.Range(0, AppendBenchmark.InFlight).Select(i => Task.Run(() => RepeatAsync(_logs[i % _logs.Length], until))));
        return _counts.Sum();
    }

    public async Task ClearAsync()
    {
        for (var i = 0; i < _logs.Length; i++)
        {
            var made = 1 + _counts.Where((_, worker) => worker % _logs.Length == i).Sum();
            var head = (await engine.EventLog.ReadAsync(_logs[i], after: 0, limit: 0))!.Head.Position.Sequence;
            if (head != made)
            {
                throw new LoadException($"{engine.Description}: {_logs[i]} has {head} events after {made} appends.");
            }

            await engine.EventLog.DeleteAsync(_logs[i]);
        }
    }

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    private static LogAppend Next() => new()
    {
        Events = [new NewEvent(Guid.CreateVersion7(), DateTimeOffset.UtcNow, AppendBenchmark.Payload)],
    };

    /// <summary>One append after the other; each must come behind the one before.</summary>
    private async Task<long> RepeatAsync(LogId log, long until)
    {
        var (count, last) = (0L, 1L);
        for (; Stopwatch.GetTimestamp() < until; count++)
        {
            var result = (await engine.EventLog.AppendAsync(log, [Next()]))[0];
            if (result.Outcome != AppendOutcome.Appended || result.Sequence <= last)
            {
                throw new LoadException($"{engine.Description}: {log} answered {result.Outcome} at {result.Sequence} after {last}.");
            }

            last = result.Sequence;
        }

        return count;
    }
}
