namespace RealtimeSessions.EventLog;

/// <summary>Limits of a log that both engines share.</summary>
public sealed class LogOptions
{
    /// <summary>
    /// A snapshot is due when the payloads appended since the last one weigh as much as its state, but at least this many bytes.
    /// Default 256 KiB.
    /// </summary>
    public int SnapshotMinimumBytes { get; set; } = 256 * 1024;

    /// <summary>... or when this many events were appended since the last one. Default 10,000.</summary>
    public int SnapshotEvents { get; set; } = 10_000;

    /// <summary>How long a writer's number is remembered after its last use. Default 7 days.</summary>
    public TimeSpan WriterRetention { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How many writers a log remembers; beyond, the one used longest ago is forgotten. Default 10,000.</summary>
    public int MaximumWriters { get; set; } = 10_000;

    /// <summary>How often a tail compares its position with the log's head, besides being woken by notifications. Default 3 s.</summary>
    public TimeSpan TailCheckInterval { get; set; } = TimeSpan.FromSeconds(3);
}
