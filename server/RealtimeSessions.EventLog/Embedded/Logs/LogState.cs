namespace RealtimeSessions.EventLog.Embedded.Logs;

/// <summary>A log as the writer holds it: its row of the table <c>log</c>, and the events after that row's head.</summary>
/// <param name="id">The log's number in the database.</param>
internal sealed class LogState(long id)
{
    public long Id { get; } = id;

    public string Epoch { get; set; } = "";

    public long Head { get; set; }

    public Guid HeadEventId { get; set; }

    public long First { get; set; } = 1;

    public long Guard { get; set; }

    public bool IsSealed { get; set; }

    public bool IsDeleted { get; set; }

    /// <summary>The sequence of the newest snapshot, latest or base; 0 if there is none.</summary>
    public long Snapshot { get; set; }

    public long SnapshotBytes { get; set; }

    /// <summary>The payloads after the newest snapshot.</summary>
    public long PendingBytes { get; set; }

    public long PendingEvents => Head - Snapshot;

    /// <summary>How many rows the log has in the table <c>writer</c>.</summary>
    public long Writers { get; set; }

    /// <summary>True while a change waits to be written to the row.</summary>
    public bool IsChanged { get; set; }
}
