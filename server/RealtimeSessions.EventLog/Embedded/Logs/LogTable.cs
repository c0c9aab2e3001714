using RealtimeSessions.EventLog.Embedded.Storage;

namespace RealtimeSessions.EventLog.Embedded.Logs;

/// <summary>
/// The table <c>log</c> for the writer: the logs in use are kept in memory, and each one marked as changed is written once in a transaction. Appends
/// of nothing but events are marked only once in a while: the events tell, and a page less is written.
/// </summary>
internal sealed class LogTable(EmbeddedConnection connection)
{
    private const int CachedLogs = 10_000;

    private readonly LeastRecentlyUsed<LogId, LogState> _cache = new(CachedLogs);
    private readonly List<LogState> _changed = [];

    private readonly SqliteStatement _select = connection.Prepare(
        """
        SELECT id, epoch, head, head_event_id, first, guard, sealed, deleted, snapshot, snapshot_bytes, pending_bytes, writers
        FROM log WHERE name = ?1
        """);

    private readonly SqliteStatement _selectAfter = connection.Prepare(
        "SELECT MAX(key), event_id, SUM(LENGTH(payload)) FROM event WHERE key BETWEEN ?1 AND ?2");

    private readonly SqliteStatement _insert = connection.Prepare("INSERT INTO log (name, epoch) VALUES (?1, ?2) RETURNING id");

    private readonly SqliteStatement _update = connection.Prepare(
        """
        UPDATE log SET epoch = ?2, head = ?3, head_event_id = ?4, first = ?5, guard = ?6, sealed = ?7, deleted = ?8, snapshot = ?9,
            snapshot_bytes = ?10, pending_bytes = ?11, writers = ?12
        WHERE id = ?1
        """);

    /// <summary>The log or its tombstone, or null.</summary>
    public LogState? Find(LogId log)
    {
        if (!_cache.TryGet(log, out var state) && (state = Read(log)) is not null)
        {
            _cache.Set(log, state);
        }

        return state;
    }

    /// <summary>The log, or null if there is none or it was deleted.</summary>
    public LogState? FindLive(LogId log) => Find(log) is { IsDeleted: false } state ? state : null;

    /// <summary>Makes a log.</summary>
    public LogState Add(LogId log)
    {
        var epoch = LogEpoch.New();
        using var run = _insert.Start();
        run.Bind(1, log.Value);
        run.Bind(2, epoch);
        run.Step();
        var id = run.Int64(0);
        if (id > EventKey.MaximumLog)
        {
            throw new InvalidOperationException("The database cannot hold more logs.");
        }

        var state = new LogState(id) { Epoch = epoch };
        _cache.Set(log, state);
        return state;
    }

    /// <summary>Has a log's row written with the transaction.</summary>
    public void MarkChanged(LogState state)
    {
        if (!state.IsChanged)
        {
            state.IsChanged = true;
            _changed.Add(state);
        }
    }

    /// <summary>Writes what was changed.</summary>
    public void Flush()
    {
        foreach (var state in _changed)
        {
            Write(state);
            state.IsChanged = false;
        }

        _changed.Clear();
    }

    /// <summary>Keeps the cache within its bound.</summary>
    public void Shed() => _cache.Shed();

    /// <summary>Forgets everything, after a rollback.</summary>
    public void Forget()
    {
        _changed.Clear();
        _cache.Clear();
    }

    private LogState? Read(LogId log)
    {
        using var run = _select.Start();
        run.Bind(1, log.Value);
        if (!run.Step())
        {
            return null;
        }

        var state = new LogState(run.Int64(0))
        {
            Epoch = run.Text(1),
            Head = run.Int64(2),
            HeadEventId = run.Guid(3),
            First = run.Int64(4),
            Guard = run.Int64(5),
            IsSealed = run.Boolean(6),
            IsDeleted = run.Boolean(7),
            Snapshot = run.Int64(8),
            SnapshotBytes = run.Int64(9),
            PendingBytes = run.Int64(10),
            Writers = run.Int64(11),
        };
        ReadAfter(state);
        return state;
    }

    /// <summary>Takes the events after the row's head.</summary>
    private void ReadAfter(LogState state)
    {
        using var run = _selectAfter.Start();
        run.Bind(1, EventKey.Of(state.Id, state.Head + 1));
        run.Bind(2, EventKey.Last(state.Id));
        run.Step();
        if (run.Int64(0) is not 0 and var last)
        {
            (state.Head, state.HeadEventId) = (EventKey.Sequence(last), run.Guid(1));
            state.PendingBytes += run.Int64(2);
        }
    }

    private void Write(LogState state)
    {
        using var run = _update.Start();
        run.Bind(1, state.Id);
        run.Bind(2, state.Epoch);
        run.Bind(3, state.Head);
        run.Bind(4, state.HeadEventId);
        run.Bind(5, state.First);
        run.Bind(6, state.Guard);
        run.Bind(7, state.IsSealed);
        run.Bind(8, state.IsDeleted);
        run.Bind(9, state.Snapshot);
        run.Bind(10, state.SnapshotBytes);
        run.Bind(11, state.PendingBytes);
        run.Bind(12, state.Writers);
        run.Step();
    }
}
