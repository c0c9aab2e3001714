namespace RealtimeSessions.EventLog;

/// <summary>
/// A cursor on one log. It returns every event after the position it was opened at, in order, without gaps and without doubles.
/// </summary>
/// <remarks>
/// <para>Notifications only wake it: they may be lost, late, doubled or out of order. The tail orders by sequence, reads from the log
/// what it was not told, and compares its position with the log's head when the engine's connection comes back and every
/// <see cref="LogOptions.TailCheckInterval"/>.</para>
/// <para>What waits to be read is bounded: a tail that is read slowly reads on from the log itself.</para>
/// <para>While the engine cannot be reached, <see cref="ReadAsync"/> waits and tries again; it does not throw for that.</para>
/// <para>One reader at a time. Disposal ends a waiting read with <see cref="OperationCanceledException"/>.</para>
/// </remarks>
public interface ILogTail : IAsyncDisposable
{
    /// <summary>Waits for the next events.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled, or the tail was disposed.</exception>
    ValueTask<TailBatch> ReadAsync(CancellationToken cancellationToken = default);
}

/// <summary>What a tail returned.</summary>
public enum TailBatchKind
{
    /// <summary>One or more consecutive events.</summary>
    Events,

    /// <summary>
    /// The log does not continue what was read: its epoch is another one, its head is lower than a known one, another event stands at a
    /// known sequence (in both cases the tail has changed the epoch, compare-and-set), or retention has removed what comes next. The tail has
    /// ended: load the state anew and open another one.
    /// </summary>
    Reset,

    /// <summary>The log was deleted or does not exist. The tail has ended.</summary>
    Deleted,
}

/// <summary>Consecutive events, or the end of a tail.</summary>
/// <param name="Kind">Which of them.</param>
/// <param name="Events">The events; empty for the other kinds.</param>
public sealed record TailBatch(TailBatchKind Kind, IReadOnlyList<LogEvent> Events)
{
    /// <summary>The end by <see cref="TailBatchKind.Reset"/>.</summary>
    public static TailBatch Reset { get; } = new(TailBatchKind.Reset, []);

    /// <summary>The end by <see cref="TailBatchKind.Deleted"/>.</summary>
    public static TailBatch Deleted { get; } = new(TailBatchKind.Deleted, []);
}
