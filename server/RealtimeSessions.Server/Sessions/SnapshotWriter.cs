using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.Server.Sessions;

/// <summary>Stores a session's state when its log says that it is due. A failure costs nothing but time: the snapshot becomes due again.</summary>
internal sealed partial class SnapshotWriter(IEventLog eventLog, ILogger<SnapshotWriter> logger)
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
            }
        }
        catch (Exception exception)
        {
            LogFailed(logger, session.Key, exception);
        }
    }

    [LoggerMessage(3210, LogLevel.Warning, "The snapshot of session {Session} was not stored; it will be tried again.")]
    private static partial void LogFailed(ILogger logger, SessionKey session, Exception exception);
}
