using RealtimeSessions.EventLog.Embedded.Storage;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.EventLog.Embedded.Logs;

/// <summary>Reads of logs within a reader's transaction.</summary>
internal sealed class LogReads(EmbeddedConnection connection)
{
    private const int PageBytes = 1024 * 1024;

    private readonly SqliteStatement _selectHead = connection.Prepare(
        "SELECT id, epoch, head, first, guard, sealed FROM log WHERE name = ?1 AND deleted = 0");

    private readonly SqliteStatement _selectLast = connection.Prepare("SELECT MAX(key) FROM event WHERE key BETWEEN ?1 AND ?2");

    private readonly SqliteStatement _selectEvents = connection.Prepare(
        "SELECT key, event_id, created_at, payload FROM event WHERE key BETWEEN ?1 AND ?2 ORDER BY key LIMIT ?3");

    // The latest (kind 1) is never older than the base (kind 0). Ordered by sequence, the states would be sorted along.
    private readonly SqliteStatement _selectSnapshot = connection.Prepare(
        "SELECT sequence, state FROM snapshot WHERE log = ?1 AND sequence <= ?2 ORDER BY kind DESC LIMIT 1");

    /// <summary>As <see cref="IEventLog.ReadAsync"/>.</summary>
    public LogPage? Read(LogId id, long after, int limit)
    {
        if (Find(id) is not var (log, head))
        {
            return null;
        }

        var next = Math.Max(after, head.FirstAvailable - 1) + 1;
        return new LogPage(head, limit == 0 || after >= head.Position.Sequence ? [] : ReadEvents(log, next, head.Position.Sequence, limit));
    }

    /// <summary>As <see cref="IEventLog.ReadSnapshotAsync"/>. A snapshot is a fold of this database's events, so it has the log's present
    /// epoch, whichever it had when it was written.</summary>
    public LogSnapshot? ReadSnapshot(LogId id, long atMost)
    {
        if (Find(id) is not var (log, head))
        {
            return null;
        }

        using var run = _selectSnapshot.Start();
        run.Bind(1, log);
        run.Bind(2, atMost);
        return run.Step() ? new LogSnapshot(head.Position with { Sequence = run.Int64(0) }, run.Bytes(1)) : null;
    }

    private (long Log, LogHead Head)? Find(LogId id)
    {
        using var run = _selectHead.Start();
        run.Bind(1, id.Value);
        if (!run.Step())
        {
            return null;
        }

        var log = run.Int64(0);
        return (log, new LogHead(new Position(run.Text(1), LastOf(log, run.Int64(2))), run.Int64(3), run.Int64(4), run.Boolean(5)));
    }

    /// <summary>The sequence of a log's last event.</summary>
    /// <param name="log">The log.</param>
    /// <param name="head">What the log's row says, which may be too low.</param>
    private long LastOf(long log, long head)
    {
        using var run = _selectLast.Start();
        run.Bind(1, EventKey.Of(log, head + 1));
        run.Bind(2, EventKey.Last(log));
        run.Step();
        return run.Int64(0) is not 0 and var last ? EventKey.Sequence(last) : head;
    }

    private List<LogEvent> ReadEvents(long log, long first, long last, int limit)
    {
        var events = new List<LogEvent>();
        using var run = _selectEvents.Start();
        run.Bind(1, EventKey.Of(log, first));
        run.Bind(2, EventKey.Of(log, last));
        run.Bind(3, limit);
        for (var bytes = 0; bytes < PageBytes && run.Step(); bytes += events[^1].Payload.Length)
        {
            events.Add(new LogEvent(
                EventKey.Sequence(run.Int64(0)), run.Guid(1), DateTimeOffset.FromUnixTimeMilliseconds(run.Int64(2)), run.Bytes(3)));
        }

        return events;
    }
}
