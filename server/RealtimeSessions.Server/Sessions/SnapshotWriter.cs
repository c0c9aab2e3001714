using Microsoft.Extensions.Options;
using RealtimeSessions.EventLog;
using RealtimeSessions.EventLog.Replicas;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.Server.Sessions;

/// <summary>
/// Stores a session's state when its log says that it is due, and removes what retention does not keep. A failure costs nothing but time: the
/// snapshot becomes due again.
/// </summary>
internal sealed partial class SnapshotWriter(IEventLog eventLog, IOptions<SessionsOptions> options, ILogger<SnapshotWriter> logger)
{
    /// <summary>Writes the state as soon as it holds the event at a position. Returns at once.</summary>
    public void Write(LiveSession session, Position position) => _ = WriteAsync(session, position);

    private async Task WriteAsync(LiveSession session, Position position)
    {
        try
        {
            if (await session.OpenAsync() is { } replica)
            {
                await replica.WaitForAsync(position);
                var current = replica.Current;
                await eventLog.WriteSnapshotAsync(session.Key.Log, new LogSnapshot(current.Position, SessionFold.Instance.Serialize(current.State)));
                await TrimAsync(session.Key, current.Position);
            }
        }
        catch (Exception exception)
        {
            LogFailed(logger, session.Key, exception);
        }
    }

    /// <summary>Every sequence that is kept must be rebuilt from the state before it, so that state is stored in the same step.</summary>
    private async Task TrimAsync(SessionKey key, Position head)
    {
        var edge = head.Sequence - options.Value.RetainedEvents;
        if (options.Value.RetainedEvents > 0 && edge > 0
            && await StateReader.ReadAsync(eventLog, key.Log, SessionFold.Instance, edge) is { } state)
        {
            await eventLog.TrimAsync(key.Log, new LogSnapshot(state.Position, SessionFold.Instance.Serialize(state.State)));
        }
    }

    [LoggerMessage(3210, LogLevel.Warning, "The snapshot of session {Session} was not stored; it will be tried again.")]
    private static partial void LogFailed(ILogger logger, SessionKey session, Exception exception);
}
