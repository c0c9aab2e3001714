using RealtimeSessions.Protocol;

namespace RealtimeSessions.EventLog.Replicas;

/// <summary>A folded state and where in the log it stands.</summary>
/// <typeparam name="TState">The state's type.</typeparam>
/// <param name="Position">The position of the last event folded.</param>
/// <param name="State">The state after it.</param>
public sealed record ReplicaState<TState>(Position Position, TState State)
    where TState : class;

/// <summary>Reads the state of a log: from the newest useful snapshot, then the events after it.</summary>
public static class StateReader
{
    private const int PageSize = 1_000;

    /// <summary>Folds a log up to its head, or up to a sequence.</summary>
    /// <param name="eventLog">The engine.</param>
    /// <param name="log">The log.</param>
    /// <param name="fold">How.</param>
    /// <param name="atSequence">The sequence to stop at; default: the head.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The state, or null if there is no such log, or no such sequence has been kept.</returns>
    public static async Task<ReplicaState<TState>?> ReadAsync<TState>(
        IEventLog eventLog, LogId log, IFold<TState> fold, long atSequence = long.MaxValue, CancellationToken cancellationToken = default)
        where TState : class
    {
        var snapshot = await eventLog.ReadSnapshotAsync(log, atSequence, cancellationToken);
        var state = snapshot is null ? null : fold.Deserialize(snapshot.State);
        var (epoch, sequence) = (snapshot?.Position.Epoch, snapshot?.Position.Sequence ?? 0);
        while (await eventLog.ReadAsync(log, sequence, PageSize, cancellationToken) is { } page)
        {
            if ((epoch ??= page.Head.Position.Epoch) != page.Head.Position.Epoch || page.Head.FirstAvailable > sequence + 1)
            {
                // The history changed between two reads, or retention moved on: begin again with the snapshot that belongs to it.
                return atSequence < page.Head.FirstAvailable - 1
                    ? null
                    : await ReadAsync(eventLog, log, fold, atSequence, cancellationToken);
            }

            foreach (var next in page.Events.TakeWhile(e => e.Sequence <= atSequence))
            {
                state = fold.Apply(state, next);
                sequence = next.Sequence;
            }

            if (sequence >= Math.Min(page.Head.Position.Sequence, atSequence))
            {
                return state is null ? null : new ReplicaState<TState>(page.Head.Position with { Sequence = sequence }, state);
            }
        }

        return null;
    }
}
