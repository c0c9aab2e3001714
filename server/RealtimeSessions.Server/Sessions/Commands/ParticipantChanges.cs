using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;
using RealtimeSessions.Server.Applications;
using RealtimeSessions.Server.Identity;
using RealtimeSessions.Server.Lanes;

namespace RealtimeSessions.Server.Sessions.Commands;

/// <summary>Adds a participant, or gives him another role.</summary>
internal sealed record AddParticipant(Caller Caller, SessionParticipantRequest Addition, EventSource Source, IEventOrigin? Origin)
    : SessionChange(Caller, Addition, Source, Origin)
{
    protected override Permissions Needs => Permissions.SessionParticipants;

    protected override SessionDecision DecideIn(SessionContext context, SessionState state)
    {
        var added = Addition.Participant;
        if (SessionPolicy.RoleRefusal(context.Scene!, context.Scene!.PermissionsIn(state.Info, Caller), added, "$.participant") is { } refusal)
        {
            return SessionDecision.Refuse(refusal);
        }

        var addition = SessionDecision.Append(new SessionParticipantAdded { Participant = added });
        var present = state.Info.Participants.FirstOrDefault(added.IsSameAs);
        if (present == added)
        {
            return addition.NotMade();
        }

        return present is null && state.Info.Participants.Count >= context.Limits.MaximumParticipants
            ? addition.NotMade(SessionPolicy.TooManyParticipants(context.Limits.MaximumParticipants))
            : addition;
    }
}

/// <summary>Takes a participant out, also of a closed session: a right can always be taken away.</summary>
internal sealed record RemoveParticipant(Caller Caller, SessionParticipantRequest Removal, EventSource Source, IEventOrigin? Origin)
    : SessionChange(Caller, Removal, Source, Origin)
{
    protected override Permissions Needs => Permissions.SessionParticipants;

    protected override SessionDecision DecideIn(SessionContext context, SessionState state)
    {
        var removed = Removal.Participant with { Role = null };
        var removal = SessionDecision.Append(new SessionParticipantRemoved { Participant = removed }) with { IsForSealedToo = true };
        return state.Info.Participants.Any(removed.IsSameAs) ? removal : removal.NotMade();
    }
}
