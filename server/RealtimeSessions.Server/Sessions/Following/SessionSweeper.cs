using RealtimeSessions.Server.Applications;
using RealtimeSessions.Server.Lanes.Following;

namespace RealtimeSessions.Server.Sessions.Following;

/// <summary>Looks after changes of sessions that were left half done.</summary>
internal sealed class SessionSweeper(
    SessionKind kind, SessionFollower follower, LiveSessions sessions, TimeProvider time, ILogger<SessionSweeper> logger)
    : Sweeper<SessionKey, SessionState, ApplicationModel?>(kind, follower, sessions, time, logger);
