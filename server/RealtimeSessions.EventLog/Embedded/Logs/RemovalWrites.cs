using RealtimeSessions.EventLog.Embedded.Storage;

namespace RealtimeSessions.EventLog.Embedded.Logs;

/// <summary>The ends of a log and of its history, within the writer's transaction.</summary>
internal sealed class RemovalWrites(EmbeddedConnection connection, LogTable logs)
{
    private readonly SqliteStatement _deleteEvents = connection.Prepare("DELETE FROM event WHERE key BETWEEN ?1 AND ?2");
    private readonly SqliteStatement _deleteSnapshots = connection.Prepare("DELETE FROM snapshot WHERE log = ?1");
    private readonly SqliteStatement _deleteWriters = connection.Prepare("DELETE FROM writer WHERE log = ?1");

    /// <summary>Leaves nothing of a log but its tombstone.</summary>
    public bool Delete(LogId id)
    {
        if (logs.FindLive(id) is not { } log)
        {
            return false;
        }

        using (var run = _deleteEvents.Start())
        {
            run.Bind(1, EventKey.Of(log.Id, log.First));
            run.Bind(2, EventKey.Of(log.Id, log.Head));
            run.Step();
        }

        DeleteOf(log, _deleteSnapshots);
        DeleteOf(log, _deleteWriters);
        (log.IsDeleted, log.Epoch, log.Head, log.HeadEventId, log.First, log.Guard) = (true, "", 0, Guid.Empty, 1, 0);
        (log.Snapshot, log.SnapshotBytes, log.PendingBytes, log.Writers) = (0, 0, 0, 0);
        logs.MarkChanged(log);
        return true;
    }

    /// <summary>Gives a log a new epoch, if it still has the expected one.</summary>
    public bool ChangeEpoch(LogId id, string expected)
    {
        if (logs.FindLive(id) is not { } log || log.Epoch != expected)
        {
            return false;
        }

        log.Epoch = LogEpoch.New();
        logs.MarkChanged(log);
        return true;
    }

    private static void DeleteOf(LogState log, SqliteStatement statement)
    {
        using var run = statement.Start();
        run.Bind(1, log.Id);
        run.Step();
    }
}
