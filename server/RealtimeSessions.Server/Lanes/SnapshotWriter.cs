using RealtimeSessions.EventLog;
using RealtimeSessions.EventLog.Replicas;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.Server.Lanes;

/// <summary>
/// Stores a log's state when its log says that it is due, and removes what retention does not keep. A failure costs nothing but time: the
/// snapshot becomes due again.
/// </summary>
internal sealed partial class SnapshotWriter<TKey, TState>(
    LogKind<TKey, TState> kind, IEventLog eventLog, ILogger<SnapshotWriter<TKey, TState>> logger)
    where TKey : notnull
    where TState : class
{
    /// <summary>Writes the state of a log in use as soon as it holds the event at a position. Returns at once.</summary>
    /// <param name="log">The log.</param>
    /// <param name="open">Opens its replica.</param>
    /// <param name="position">The position.</param>
    public void Write(LogId log, Func<Task<Replica<TState>?>> open, Position position) => _ = TryAsync(log, async () =>
    {
        if (await open() is not { } replica)
        {
            return null;
        }

        await replica.WaitForAsync(position);
        return replica.Current;
    });

    /// <summary>Writes the state of a log as it is. Returns at once.</summary>
    public void Write(LogId log) => _ = TryAsync(log, () => StateReader.ReadAsync(eventLog, log, kind.Fold));

    private async Task TryAsync(LogId log, Func<Task<ReplicaState<TState>?>> read)
    {
        try
        {
            if (await read() is { } state)
            {
                await eventLog.WriteSnapshotAsync(log, new LogSnapshot(state.Position, kind.Fold.Serialize(state.State)));
                await TrimAsync(log, state.Position);
            }
        }
        catch (Exception exception)
        {
            LogFailed(logger, log, exception);
        }
    }

    /// <summary>Every sequence that is kept must be rebuilt from the state before it, so that state is stored in the same step.</summary>
    private async Task TrimAsync(LogId log, Position head)
    {
        var edge = head.Sequence - kind.Settings.RetainedEvents;
        if (kind.Settings.RetainedEvents > 0 && edge > 0
            && await StateReader.ReadAsync(eventLog, log, kind.Fold, edge) is { } state)
        {
            await eventLog.TrimAsync(log, new LogSnapshot(state.Position, kind.Fold.Serialize(state.State)));
        }
    }

    [LoggerMessage(3210, LogLevel.Warning, "The snapshot of {Log} was not stored; it will be tried again.")]
    private static partial void LogFailed(ILogger logger, LogId log, Exception exception);
}
