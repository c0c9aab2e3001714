using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Data;
using RealtimeSessions.Protocol.Requests;
using RealtimeSessions.Server.Applications;
using RealtimeSessions.Server.Identity;

namespace RealtimeSessions.Server.Sessions;

/// <summary>A change of a session that is there. Whether it is closed is decided by its log, after the writer's number: so a retry finds its answer.</summary>
internal abstract record SessionChange(Caller Caller, IChangeRequest Request, EventSource Source, IEventOrigin? Origin)
    : SessionCommand(Caller, Request, Source, Origin)
{
    protected abstract Permissions Needs { get; }

    public sealed override Decision Decide(CommandContext context) =>
        SessionPolicy.Refusal(context.Application, context.State?.Existing, Caller, Needs) is { } refusal
            ? Decision.Refuse(refusal)
            : DecideIn(context, context.State!);

    protected abstract Decision DecideIn(CommandContext context, SessionState state);
}

/// <summary>Patches the session data.</summary>
internal sealed record PatchData(Caller Caller, PatchSessionDataRequest Patch, EventSource Source, IEventOrigin? Origin)
    : SessionChange(Caller, Patch, Source, Origin)
{
    protected override Permissions Needs => Permissions.SessionData;

    protected override Decision DecideIn(CommandContext context, SessionState state)
    {
        if (Patch.Data.Equals(JsonTree.Empty))
        {
            return Decision.Nothing;
        }

        var limit = context.Limits.MaximumDataBytes;
        if (state.Data.Weight + context.Waiting + Patch.Data.Weight > limit)
        {
            // Too close to the limit for an estimate: the weight must be known exactly.
            if (context.Waiting > 0)
            {
                return Decision.Wait;
            }

            if (MergePatch.Apply(state.Data, Patch.Data).Weight > limit)
            {
                return Decision.Refuse(new Error(ErrorCode.DataTooLarge, "The session data would become too large.")
                {
                    Details = new() { ["limit"] = limit },
                });
            }
        }

        return Decision.Append(new SessionDataUpdated { Data = Patch.Data });
    }
}

/// <summary>Makes an event of the client's own.</summary>
internal sealed record CreateEvent(Caller Caller, CreateSessionEventRequest Event, EventSource Source, IEventOrigin? Origin)
    : SessionChange(Caller, Event, Source, Origin)
{
    protected override Permissions Needs => Permissions.SessionEvent;

    protected override Decision DecideIn(CommandContext context, SessionState state) =>
        Decision.Append(new SessionEventCreated { Name = Event.Name, Data = Event.Data });
}

/// <summary>Closes the session.</summary>
internal sealed record Close(Caller Caller, ChangeSessionRequest Change, EventSource Source, IEventOrigin? Origin)
    : SessionChange(Caller, Change, Source, Origin)
{
    protected override Permissions Needs => Permissions.SessionClose;

    protected override Decision DecideIn(CommandContext context, SessionState state) =>
        Decision.Append(new SessionClosed { Session = new SessionStatusChange(SessionStatus.Closed) }) with { Seals = true };
}
