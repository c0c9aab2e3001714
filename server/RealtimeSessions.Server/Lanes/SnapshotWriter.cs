using RealtimeSessions.EventLog;
using RealtimeSessions.EventLog.Replicas;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.Server.Lanes;

/// <summary>
/// Stores a log's state when its log says that it is due, and removes what retention does not keep. A failure costs nothing but time: the
/// snapshot becomes due again.
/// </summary>
internal sealed partial class SnapshotWriter<TKey, TState, TScene>(
    LogKind<TKey, TState, TScene> kind, IEventLog eventLog, ILogger<SnapshotWriter<TKey, TState, TScene>> logger)
    where TKey : notnull
    where TState : class
{
    /// <summary>Writes the state as soon as it holds the event at a position. Returns at once.</summary>
    public void Write(LiveLog<TKey, TState, TScene> live, Position position) => _ = WriteAsync(live, position);

    private async Task WriteAsync(LiveLog<TKey, TState, TScene> live, Position position)
    {
        try
        {
            if (await live.OpenAsync() is { } replica)
            {
                await replica.WaitForAsync(position);
                var current = replica.Current;
                await eventLog.WriteSnapshotAsync(live.Log, new LogSnapshot(current.Position, kind.Fold.Serialize(current.State)));
                await TrimAsync(live.Log, current.Position);
            }
        }
        catch (Exception exception)
        {
            LogFailed(logger, live.Log, exception);
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
