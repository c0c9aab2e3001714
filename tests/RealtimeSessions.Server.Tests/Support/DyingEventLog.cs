using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.Server.Tests.Support;

/// <summary>The logs as a server sees them that stops when its budget is used up.</summary>
internal sealed class DyingEventLog(IEventLog engine, WriteBudget budget) : IEventLog
{
    public Task<IReadOnlyList<AppendResult>> AppendAsync(LogId log, IReadOnlyList<LogAppend> appends) =>
        budget.WriteAsync(() => engine.AppendAsync(log, appends));

    public Task<LogPage?> ReadAsync(LogId log, long after, int limit, CancellationToken cancellationToken = default) =>
        budget.ReadAsync(() => engine.ReadAsync(log, after, limit, cancellationToken));

    public Task<LogSnapshot?> ReadSnapshotAsync(LogId log, long atMost = long.MaxValue, CancellationToken cancellationToken = default) =>
        budget.ReadAsync(() => engine.ReadSnapshotAsync(log, atMost, cancellationToken));

    public Task<bool> WriteSnapshotAsync(LogId log, LogSnapshot snapshot) => budget.WriteAsync(() => engine.WriteSnapshotAsync(log, snapshot));

    public Task<bool> TrimAsync(LogId log, LogSnapshot edge) => budget.WriteAsync(() => engine.TrimAsync(log, edge));

    public Task<bool> DeleteAsync(LogId log) => budget.WriteAsync(() => engine.DeleteAsync(log));

    public ILogTail OpenTail(LogId log, Position after) => engine.OpenTail(log, after);
}
