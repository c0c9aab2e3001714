using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Data;
using RealtimeSessions.Protocol.Requests;
using RealtimeSessions.Server.Identity;

namespace RealtimeSessions.Server.Sessions.Commands;

/// <summary>Makes a session: one event with the session and, where first data are given, one with them, in one append.</summary>
/// <param name="Caller">The creator.</param>
/// <param name="SessionId">The session's id, chosen.</param>
/// <param name="Creation">The request.</param>
/// <param name="Source">What it came through.</param>
internal sealed record CreateSession(Caller Caller, string SessionId, CreateSessionRequest Creation, EventSource Source)
    : SessionCommand(Caller, Creation, Source, Origin: null)
{
    protected override SessionDecision Decide(SessionContext context)
    {
        if (SessionPolicy.CreationRefusal(context.Scene, Caller) is { } refusal)
        {
            return SessionDecision.Refuse(refusal);
        }

        var application = context.Scene!.Application;
        var version = Creation.SessionVersion ?? application.PublishedVersion ?? application.DraftVersion ?? 0;
        if (!context.Scene.HasVersion(version))
        {
            return SessionDecision.Refuse(Error.InvalidArgument("$.sessionVersion", $"the application has no version {version}."));
        }

        if (RoleRefusal(context) is { } unfit)
        {
            return SessionDecision.Refuse(unfit);
        }

        var session = new Session
        {
            ApplicationId = application.ApplicationId,
            SessionId = SessionId,
            IsDraft = version == application.DraftVersion,
            Version = version,
            Name = Creation.Name,
            Description = Creation.Description ?? "",
            Participants = [.. Participants()],
            Properties = Creation.Properties ?? new Dictionary<string, string>(),
            CreatedBy = Caller.UserId,
            CreatedAt = context.Now,
            ModifiedBy = Caller.UserId,
            ModifiedAt = context.Now,
        };
        var created = new SessionCreated { Session = session };
        var data = MergePatch.Apply(JsonTree.Empty, Creation.Data is { IsNull: false } first ? first : JsonTree.Empty);
        if (data.Weight > context.Limits.MaximumDataBytes)
        {
            return SessionDecision.Refuse(SessionPolicy.DataTooLarge(context.Limits.MaximumDataBytes));
        }

        return (data.Equals(JsonTree.Empty) ? SessionDecision.Append(created) : SessionDecision.Append(created, new SessionDataUpdated { Data = data })) with
        {
            MakesLog = true,
        };
    }

    private Error? RoleRefusal(SessionContext context)
    {
        var named = Creation.Participants ?? [];
        var own = context.Scene!.PermissionsAsParticipant(Caller);
        return named.Select((participant, i) => SessionPolicy.RoleRefusal(context.Scene, own, participant, $"$.participants[{i}]"))
            .FirstOrDefault(refusal => refusal is not null);
    }

    /// <summary>The creator and those he named, each once; an entry of his own for the creator stands in place of the plain one.</summary>
    private IEnumerable<Participant> Participants()
    {
        var named = Creation.Participants ?? [];
        if (!named.Any(participant => participant.Type == ParticipantType.User && participant.Id == Caller.UserId))
        {
            yield return new Participant(Caller.UserId);
        }

        foreach (var participant in named.DistinctBy(participant => (participant.Type, participant.Id)))
        {
            yield return participant;
        }
    }
}
