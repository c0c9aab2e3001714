namespace RealtimeSessions.EventLog;

/// <summary>
/// One append: events that enter the log together or not at all, and the conditions under which they may. Conditions are
/// decided in this order, and the first that fails is the outcome: deleted, existence, duplicate of the writer (before
/// <see cref="MustBeNew"/>, so that a repeated creation is a duplicate too), sealed, guard, expected sequence, gap of the writer.
/// </summary>
public sealed record LogAppend
{
    /// <summary>1 to 1,000 events, in order.</summary>
    public required IReadOnlyList<NewEvent> Events { get; init; }

    /// <summary>True: the log must not exist yet and is made by this append. False (default): it must exist.</summary>
    public bool MustBeNew { get; init; }

    /// <summary>True: a sealed log takes the append too (rights can be taken away after the end). Default false.</summary>
    public bool AllowSealed { get; init; }

    /// <summary>The head's sequence the caller judged by, or null (default) for any.</summary>
    public long? ExpectedSequence { get; init; }

    /// <summary>
    /// The guard the caller judged rights by (<see cref="LogHead.Guard"/>), or null (default) for any. If the log's guard is
    /// another one, nothing is appended and the caller must judge again.
    /// </summary>
    public long? ExpectedGuard { get; init; }

    /// <summary>The writer's number, or null (default) for an append that is not retried.</summary>
    public WriterNumber? Writer { get; init; }

    /// <summary>True: the log is sealed with this append and refuses the following ones (unless they <see cref="AllowSealed"/>).</summary>
    public bool Seal { get; init; }
}

/// <summary>What became of an append.</summary>
public enum AppendOutcome
{
    /// <summary>The events are in the log.</summary>
    Appended,

    /// <summary>The writer's number has been used: these events (or others under that number) are in the log already.</summary>
    Duplicate,

    /// <summary>The writer's number is higher than the next one: an earlier append is missing. Nothing was appended.</summary>
    WriterGap,

    /// <summary>There is no such log.</summary>
    NotFound,

    /// <summary>There is such a log already, and the append asked for a new one.</summary>
    AlreadyExists,

    /// <summary>The log was deleted; its name is never used again.</summary>
    Deleted,

    /// <summary>The log is sealed.</summary>
    Sealed,

    /// <summary>Rights have changed since the caller judged them.</summary>
    GuardChanged,

    /// <summary>The head is not where the caller expected it.</summary>
    SequenceChanged,
}

/// <summary>The answer to one append.</summary>
/// <param name="Outcome">What became of it. Everything but <see cref="AppendOutcome.Appended"/> means that nothing was appended now.</param>
/// <param name="Epoch">The log's epoch; empty if there is no log.</param>
/// <param name="Sequence">
/// Appended: the sequence of the last event appended. Duplicate: that of the last event of the writer's last append. Otherwise the
/// head's sequence, 0 if there is no log.
/// </param>
/// <param name="Guard">The log's guard after the call, 0 if there is no log.</param>
public sealed record AppendResult(AppendOutcome Outcome, string Epoch, long Sequence, long Guard)
{
    /// <summary>Duplicate: the id of the event at <see cref="Sequence"/>. Otherwise empty.</summary>
    public Guid EventId { get; init; }

    /// <summary>Duplicate: when the event at <see cref="Sequence"/> was created. Otherwise the default value.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>WriterGap: the number the log expects next from this writer. Otherwise 0.</summary>
    public long NextNumber { get; init; }

    /// <summary>
    /// Appended: true if this append crossed a multiple of the snapshot threshold (see <see cref="LogOptions"/>): who made it
    /// writes a snapshot when he has folded the log this far.
    /// </summary>
    public bool SnapshotDue { get; init; }
}
