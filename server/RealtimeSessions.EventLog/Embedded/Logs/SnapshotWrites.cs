using RealtimeSessions.EventLog.Embedded.Storage;

namespace RealtimeSessions.EventLog.Embedded.Logs;

/// <summary>Snapshots and retention within the writer's transaction.</summary>
internal sealed class SnapshotWrites(EmbeddedConnection connection, LogTable logs)
{
    private const long Base = 0;
    private const long Latest = 1;

    private readonly SqliteStatement _upsert = connection.Prepare(
        """
        INSERT INTO snapshot (log, kind, sequence, state) VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT (log, kind) DO UPDATE SET sequence = excluded.sequence, state = excluded.state
        """);

    private readonly SqliteStatement _deleteOlder = connection.Prepare("DELETE FROM snapshot WHERE log = ?1 AND sequence < ?2");

    private readonly SqliteStatement _deleteEvents = connection.Prepare("DELETE FROM event WHERE key BETWEEN ?1 AND ?2");

    private readonly SqliteStatement _sumPayloads = connection.Prepare(
        "SELECT COALESCE(SUM(LENGTH(payload)), 0) FROM event WHERE key BETWEEN ?1 AND ?2");

    /// <summary>Stores the latest snapshot.</summary>
    public bool Write(LogId id, LogSnapshot snapshot)
    {
        if (logs.FindLive(id) is not { } log || !IsOf(log, snapshot) || snapshot.Position.Sequence <= log.Snapshot)
        {
            return false;
        }

        Upsert(log, Latest, snapshot);
        CountFrom(log, snapshot);
        return true;
    }

    /// <summary>Stores the base snapshot and removes what lies before it.</summary>
    public bool Trim(LogId id, LogSnapshot edge)
    {
        var sequence = edge.Position.Sequence;
        if (logs.FindLive(id) is not { } log || !IsOf(log, edge) || sequence < log.First)
        {
            return false;
        }

        using (var run = _deleteEvents.Start())
        {
            run.Bind(1, EventKey.Of(log.Id, log.First));
            run.Bind(2, EventKey.Of(log.Id, sequence));
            run.Step();
        }

        using (var run = _deleteOlder.Start())
        {
            run.Bind(1, log.Id);
            run.Bind(2, sequence);
            run.Step();
        }

        Upsert(log, Base, edge);
        log.First = sequence + 1;
        logs.MarkChanged(log);
        if (sequence > log.Snapshot)
        {
            CountFrom(log, edge);
        }

        return true;
    }

    private static bool IsOf(LogState log, LogSnapshot snapshot) =>
        snapshot.Position.Epoch == log.Epoch && snapshot.Position.Sequence <= log.Head;

    private void Upsert(LogState log, long kind, LogSnapshot snapshot)
    {
        using var run = _upsert.Start();
        run.Bind(1, log.Id);
        run.Bind(2, kind);
        run.Bind(3, snapshot.Position.Sequence);
        run.Bind(4, snapshot.State.Span);
        run.Step();
    }

    /// <summary>From now on the next snapshot is due by what comes after this one.</summary>
    private void CountFrom(LogState log, LogSnapshot snapshot)
    {
        using var run = _sumPayloads.Start();
        run.Bind(1, EventKey.Of(log.Id, snapshot.Position.Sequence + 1));
        run.Bind(2, EventKey.Of(log.Id, log.Head));
        run.Step();
        (log.Snapshot, log.SnapshotBytes, log.PendingBytes) = (snapshot.Position.Sequence, snapshot.State.Length, run.Int64(0));
        logs.MarkChanged(log);
    }
}
