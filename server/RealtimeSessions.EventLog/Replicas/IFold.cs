namespace RealtimeSessions.EventLog.Replicas;

/// <summary>
/// How the state of a log follows from its events. Pure: no clock, no I/O, the same events give the same state on every server.
/// </summary>
/// <typeparam name="TState">An immutable state.</typeparam>
public interface IFold<TState>
    where TState : class
{
    /// <summary>The state after an event.</summary>
    /// <param name="state">The state before it; null before the first.</param>
    /// <param name="next">The event.</param>
    TState Apply(TState? state, LogEvent next);

    /// <summary>Whether an observer is to be told of an event, and of the state after it, before the next one is folded: nothing that follows
    /// comes in the same batch.</summary>
    /// <param name="before">The state before the event; null before the first.</param>
    /// <param name="after">The state after it.</param>
    bool EndsBatch(TState? before, TState after);

    /// <summary>The bytes of a snapshot.</summary>
    ReadOnlyMemory<byte> Serialize(TState state);

    /// <summary>The state of a snapshot.</summary>
    TState Deserialize(ReadOnlyMemory<byte> bytes);
}
