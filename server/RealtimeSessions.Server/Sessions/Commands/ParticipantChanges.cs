using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;
using RealtimeSessions.Server.Applications;
using RealtimeSessions.Server.Identity;

namespace RealtimeSessions.Server.Sessions.Commands;

/// <summary>Adds a participant, or gives him another role.</summary>
internal sealed record AddParticipant(Caller Caller, SessionParticipantRequest Addition, EventSource Source, IEventOrigin? Origin)
    : SessionChange(Caller, Addition, Source, Origin)
{
    protected override Permissions Needs => Permissions.SessionParticipants;

    protected override Decision DecideIn(CommandContext context, SessionState state)
    {
        var added = Addition.Participant;
        if (SessionPolicy.RoleRefusal(context.Application!, context.Application!.PermissionsIn(state.Info, Caller), added, "$.participant") is { } refusal)
        {
            return Decision.Refuse(refusal);
        }

        var present = state.Info.Participants.FirstOrDefault(added.IsSameAs);
        if (present == added && state.Info.Status == SessionStatus.Open)
        {
            return Decision.NothingByRights;
        }

        return present is null && state.Info.Participants.Count >= context.Limits.MaximumParticipants
            ? Decision.Refuse(SessionPolicy.TooManyParticipants(context.Limits.MaximumParticipants))
            : Decision.Append(new SessionParticipantAdded { Participant = added });
    }
}

/// <summary>Takes a participant out, also of a closed session: a right can always be taken away.</summary>
internal sealed record RemoveParticipant(Caller Caller, SessionParticipantRequest Removal, EventSource Source, IEventOrigin? Origin)
    : SessionChange(Caller, Removal, Source, Origin)
{
    protected override Permissions Needs => Permissions.SessionParticipants;

    protected override Decision DecideIn(CommandContext context, SessionState state) =>
        state.Info.Participants.FirstOrDefault(Removal.Participant.IsSameAs) is { } present
            ? Decision.Append(new SessionParticipantRemoved { Participant = present with { Role = null } }) with { IsForClosedToo = true }
            : Decision.NothingByRights;
}
