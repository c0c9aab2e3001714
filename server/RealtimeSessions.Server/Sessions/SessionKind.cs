using Microsoft.Extensions.Options;
using RealtimeSessions.EventLog;
using RealtimeSessions.EventLog.Replicas;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Applications;
using RealtimeSessions.Server.Lanes;

namespace RealtimeSessions.Server.Sessions;

/// <summary>Sessions as logs.</summary>
internal sealed class SessionKind(IOptions<SessionsOptions> options) : LogKind<SessionKey, SessionState>
{
    public override LogSettings Settings { get; } = new(
        options.Value.AppendPatience, options.Value.IdleTime, options.Value.MaximumIdleSessions, options.Value.SweepAfter, options.Value.RetainedEvents);

    public override LogErrors Errors { get; } = new(
        SessionPolicy.SessionNotFound,
        SessionPolicy.SessionClosed,
        new Error(ErrorCode.Conflict, "There is a session of this id."),
        new Error(ErrorCode.Conflict, "There was a session of this id; it was deleted."));

    public override IFold<SessionState> Fold => SessionFold.Instance;

    public override string MarkScope => "marks";

    public override LogId LogOf(SessionKey key) => key.Log;

    public override SessionKey KeyOf(string text)
    {
        var ids = text.Split('/');
        return new SessionKey(ids[0], ids[1]);
    }

    public override long GuardOf(SessionState state) => state.RightsSequence;

    public override long FollowedOf(SessionState state) => state.InfoSequence;
}

/// <summary>The sessions in use on this server.</summary>
internal sealed class LiveSessions(
    SessionKind kind, IEventLog eventLog, LaneServices<SessionKey, SessionState, ApplicationModel?> lane, TimeProvider time, ILogger<LiveSessions> logger)
    : LiveLogs<SessionKey, SessionState, ApplicationModel?>(kind, eventLog, lane, time, logger);

/// <summary>Changes of sessions are judged by their application; null: there is none.</summary>
internal sealed class SessionScenes(ApplicationCache applications) : ISceneReader<SessionKey, SessionState, ApplicationModel?>
{
    public ValueTask<ApplicationModel?> ReadAsync(SessionKey key, SessionState? state) => applications.GetAsync(key.ApplicationId);
}
