namespace RealtimeSessions.EventLog;

/// <summary>An event as a log holds it.</summary>
/// <param name="Sequence">Its place in the log, from 1 without gaps.</param>
/// <param name="EventId">Chosen by the writer, unique within the log.</param>
/// <param name="CreatedAt">The clock of the server that appended it, in UTC, whole milliseconds. Not necessarily monotonic across servers.</param>
/// <param name="Payload">Bytes the log does not interpret. Never change them: they are shared with every reader.</param>
public sealed record LogEvent(long Sequence, Guid EventId, DateTimeOffset CreatedAt, ReadOnlyMemory<byte> Payload);

/// <summary>An event to be appended.</summary>
/// <param name="EventId">Unique within the log; a retry after an unknown outcome uses the same id again.</param>
/// <param name="CreatedAt">The server's clock; stored in whole milliseconds.</param>
/// <param name="Payload">At most 4 MiB; must not change after the call.</param>
/// <param name="ChangesRights">True if the event changes who may do what; its sequence becomes the log's guard.</param>
public sealed record NewEvent(Guid EventId, DateTimeOffset CreatedAt, ReadOnlyMemory<byte> Payload, bool ChangesRights = false);

/// <summary>A writer's number for one append, which makes a retry safe.</summary>
/// <param name="Writer">Who writes: any text of 1 to 400 characters, made of the user and his writer id.</param>
/// <param name="Number">Consecutive from 1, per log.</param>
public readonly record struct WriterNumber(string Writer, long Number)
{
    /// <summary>True: the writer is remembered as long as the log itself, and does not count against the writers that are. Default false.</summary>
    public bool IsPermanent { get; init; }
}
