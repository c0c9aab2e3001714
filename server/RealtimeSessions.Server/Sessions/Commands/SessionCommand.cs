global using SessionContext = RealtimeSessions.Server.Lanes.CommandContext<RealtimeSessions.Server.Sessions.SessionState, RealtimeSessions.Server.Applications.ApplicationModel?>;
global using SessionDecision = RealtimeSessions.Server.Lanes.Decision<RealtimeSessions.Protocol.SessionEvent>;
using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;
using RealtimeSessions.Server.Applications;
using RealtimeSessions.Server.Identity;
using RealtimeSessions.Server.Lanes;

namespace RealtimeSessions.Server.Sessions.Commands;

/// <summary>A change of a session that somebody asks for.</summary>
/// <param name="Caller">Who.</param>
/// <param name="Request">The clock and writer that came with it.</param>
/// <param name="Source">What it came through.</param>
/// <param name="Origin">Whose own events are to be left out; null: nobody's.</param>
internal abstract record SessionCommand(Caller Caller, IChangeRequest Request, EventSource Source, IEventOrigin? Origin)
    : LogCommand<SessionState, ApplicationModel?, SessionEvent>(Origin)
{
    /// <summary>The writer's number in the session's log; writers of different users never meet.</summary>
    public override WriterNumber? Writer =>
        Request is { WriterId: { } id, WriterSequence: { } number } ? new WriterNumber($"{id}/{Caller.UserId}", number) : null;

    protected sealed override NewEvent Make(
        SessionEvent next, SessionContext context, SessionDecision decision)
    {
        var stamped = next with
        {
            UserId = Caller.UserId,
            Source = Source,
            Timestamp = Request.Timestamp ?? context.Now,
            Version = decision.Events[0] is SessionCreated created ? created.Session.Version : context.State!.Info.Version,
            WriterId = Request.WriterId,
            WriterSequence = Request.WriterSequence,
        };
        return new NewEvent(EventIds.Next(context.Now), context.Now, SessionEventJson.Store(stamped), SessionFold.ChangesRights(next));
    }

    protected sealed override bool IsToBeFollowed(SessionEvent next) => SessionFold.ChangesInfo(next);

    protected sealed override long GuardOf(SessionState state) => state.RightsSequence;
}
