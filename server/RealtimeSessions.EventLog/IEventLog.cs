using RealtimeSessions.Protocol;

namespace RealtimeSessions.EventLog;

/// <summary>
/// Append-only, totally ordered logs of events.
/// </summary>
/// <remarks>
/// <para><b>Order.</b> Sequences of a log start at 1 and have no gaps. Readers on every server see the same events in the same order.</para>
/// <para><b>Atomicity.</b> One <see cref="LogAppend"/> enters whole or not at all; a refused append leaves no trace and rolls back
/// nothing else.</para>
/// <para><b>Durability.</b> When <see cref="AppendAsync"/> answers <see cref="AppendOutcome.Appended"/>, the events are stored as durably
/// as the engine is configured to store. An exception means that the outcome is unknown: the events may be in the log, now or a little
/// later. Whoever retries uses the same event ids and the same writer's number.</para>
/// <para><b>Cancellation.</b> A cancelled read has no effect. An append cannot be cancelled.</para>
/// <para><b>Thread safety.</b> All members may be called at the same time. Appends to one log that a caller has started one after the other
/// without awaiting may be decided in any order; appends given in one call are decided in their order.</para>
/// </remarks>
public interface IEventLog
{
    /// <summary>
    /// Decides each of <paramref name="appends"/> in order, every one on its own: the refusal of one does not prevent the next.
    /// </summary>
    /// <param name="log">The log.</param>
    /// <param name="appends">1 to 1,000 appends.</param>
    /// <returns>One result for each append, in their order.</returns>
    /// <exception cref="EngineUnavailableException">The engine could not be reached or failed; the outcome is unknown.</exception>
    Task<IReadOnlyList<AppendResult>> AppendAsync(LogId log, IReadOnlyList<LogAppend> appends);

    /// <summary>Reads the events after a sequence.</summary>
    /// <param name="log">The log.</param>
    /// <param name="after">Events with a higher sequence are read; 0 reads from the beginning.</param>
    /// <param name="limit">At most this many events, 0 to 10,000 (0 reads the head alone). A page also ends at about 1 MiB of payloads, but has at least
    /// one event if there is one.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The page, or null if there is no such log (or it was deleted).</returns>
    Task<LogPage?> ReadAsync(LogId log, long after, int limit, CancellationToken cancellationToken = default);

    /// <summary>
    /// Reads the newest stored snapshot whose sequence is at most <paramref name="atMost"/>. The latest and the base (the one at the
    /// edge of retention) are kept.
    /// </summary>
    /// <returns>The snapshot, or null if there is none (fold from the beginning).</returns>
    Task<LogSnapshot?> ReadSnapshotAsync(LogId log, long atMost = long.MaxValue, CancellationToken cancellationToken = default);

    /// <summary>Stores a snapshot as the latest one, if it is newer than that, not beyond the head, and of the log's epoch.</summary>
    /// <returns>True if it was stored.</returns>
    Task<bool> WriteSnapshotAsync(LogId log, LogSnapshot snapshot);

    /// <summary>
    /// Retention, in one step: stores <paramref name="edge"/> as the base, if it is newer than the present one, not beyond the head and of
    /// the log's epoch, and removes the events up to and including its sequence. A latest snapshot that is older than the base is removed too.
    /// </summary>
    /// <returns>True if it was done.</returns>
    Task<bool> TrimAsync(LogId log, LogSnapshot edge);

    /// <summary>Removes a log for good and leaves a tombstone, so that a late append cannot revive it. Its tails end with
    /// <see cref="TailBatchKind.Deleted"/>.</summary>
    /// <returns>True if there was such a log; false if not, or if it was deleted already.</returns>
    Task<bool> DeleteAsync(LogId log);

    /// <summary>Opens a cursor that reads everything after a position, and waits at the head for more.</summary>
    /// <param name="log">The log.</param>
    /// <param name="after">The position after which to read: one that the caller has folded the log to.</param>
    ILogTail OpenTail(LogId log, Position after);
}

/// <summary>The engine could not be reached or failed. For an append, its outcome is unknown.</summary>
public sealed class EngineUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
