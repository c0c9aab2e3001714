using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Metrics;

namespace RealtimeSessions.Server.Storage;

/// <summary>An engine's logs, with what is appended to them counted and timed.</summary>
internal sealed class MeasuredEventLog(IEventLog eventLog, ServerMetrics metrics, TimeProvider time) : IEventLog
{
    public Task<IReadOnlyList<AppendResult>> AppendAsync(LogId log, IReadOnlyList<LogAppend> appends)
    {
        var start = time.GetTimestamp();
        var appending = eventLog.AppendAsync(log, appends);
        if (!appending.IsCompletedSuccessfully)
        {
            return WaitAsync(appending, appends, start);
        }

        Count(appending.Result, appends, start);
        return appending;
    }

    public Task<LogPage?> ReadAsync(LogId log, long after, int limit, CancellationToken cancellationToken = default) =>
        eventLog.ReadAsync(log, after, limit, cancellationToken);

    public Task<LogSnapshot?> ReadSnapshotAsync(LogId log, long atMost = long.MaxValue, CancellationToken cancellationToken = default) =>
        eventLog.ReadSnapshotAsync(log, atMost, cancellationToken);

    public Task<bool> WriteSnapshotAsync(LogId log, LogSnapshot snapshot) => eventLog.WriteSnapshotAsync(log, snapshot);

    public Task<bool> TrimAsync(LogId log, LogSnapshot edge) => eventLog.TrimAsync(log, edge);

    public Task<bool> DeleteAsync(LogId log) => eventLog.DeleteAsync(log);

    public ILogTail OpenTail(LogId log, Position after) => eventLog.OpenTail(log, after);

    private async Task<IReadOnlyList<AppendResult>> WaitAsync(Task<IReadOnlyList<AppendResult>> appending, IReadOnlyList<LogAppend> appends, long start)
    {
        var results = await appending;
        Count(results, appends, start);
        return results;
    }

    private void Count(IReadOnlyList<AppendResult> results, IReadOnlyList<LogAppend> appends, long start)
    {
        var events = 0;
        for (var i = 0; i < results.Count; i++)
        {
            events += results[i].Outcome == AppendOutcome.Appended ? appends[i].Events.Count : 0;
        }

        metrics.Appended(events, time.GetElapsedTime(start));
    }
}
