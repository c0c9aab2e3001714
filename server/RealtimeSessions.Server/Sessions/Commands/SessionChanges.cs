using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;
using RealtimeSessions.Server.Applications;
using RealtimeSessions.Server.Identity;
using RealtimeSessions.Server.Lanes;

namespace RealtimeSessions.Server.Sessions.Commands;

/// <summary>Changes what a session says of itself, and closes it, all in one.</summary>
internal sealed record PatchSession(Caller Caller, ChangeSessionRequest Change, SessionPatch Patch, EventSource Source, IEventOrigin? Origin)
    : SessionChange(Caller, Change, Source, Origin)
{
    protected override Permissions Needs =>
        (Patch.Status is null ? Permissions.None : Permissions.SessionClose) | (IsOnlyClosing ? Permissions.None : Permissions.SessionUpdate);

    private bool IsOnlyClosing => Patch is { Status: not null, Name: null, Description: null, Properties: null };

    protected override SessionDecision DecideIn(SessionContext context, SessionState state) =>
        SessionDecision.Append([.. Events()]) with { Seals = Patch.Status is not null };

    private IEnumerable<SessionEvent> Events()
    {
        if (Patch.Name is not null || Patch.Description is not null)
        {
            yield return new SessionUpdated { Session = new SessionTextChange(Patch.Name, Patch.Description) };
        }

        if (Patch.Properties is not null)
        {
            yield return new SessionPropertiesUpdated { Session = new SessionPropertiesChange(Patch.Properties) };
        }

        if (Patch.Status is { } status)
        {
            yield return new SessionClosed { Session = new SessionStatusChange(status) };
        }
    }
}

/// <summary>Makes an event of the client's own.</summary>
internal sealed record CreateEvent(Caller Caller, CreateSessionEventRequest Event, EventSource Source, IEventOrigin? Origin)
    : SessionChange(Caller, Event, Source, Origin)
{
    protected override Permissions Needs => Permissions.SessionEvent;

    protected override long LastChange(SessionContext context, SessionState state) => context.Position.Sequence;

    protected override SessionDecision DecideIn(SessionContext context, SessionState state) =>
        SessionDecision.Append(new SessionEventCreated { Name = Event.Name, Data = Event.Data });
}

/// <summary>Deletes the session: its last event, after which it exists for nobody.</summary>
internal sealed record DeleteSession(Caller Caller, ChangeSessionRequest Change, EventSource Source)
    : SessionChange(Caller, Change, Source, Origin: null)
{
    protected override Permissions Needs => Permissions.SessionDelete;

    protected override SessionDecision DecideIn(SessionContext context, SessionState state) =>
        SessionDecision.Append(new SessionDeleted()) with { Seals = true, IsForSealedToo = true };
}

/// <summary>Closes the session if nothing has happened in it since an event.</summary>
/// <param name="Change">The session.</param>
/// <param name="LastSequence">The sequence of the event.</param>
internal sealed record CloseIdle(ChangeSessionRequest Change, long LastSequence)
    : SessionChange(Caller.System, Change, EventSource.System, Origin: null)
{
    protected override Permissions Needs => Permissions.SessionClose;

    protected override SessionDecision DecideIn(SessionContext context, SessionState state) => context.Position.Sequence != LastSequence
        ? SessionDecision.Nothing
        : SessionDecision.Append(new SessionClosed { Session = new SessionStatusChange(SessionStatus.Closed) }) with { Seals = true, OnlyAt = LastSequence };
}
