using RealtimeSessions.Protocol.Conversations;

namespace RealtimeSessions.Server.Conversations;

/// <summary>Whom a conversation is for: as much of it as it takes to say who sees it.</summary>
/// <param name="CreatorId">Who made it.</param>
/// <param name="Stakeholder">Whom it is for.</param>
internal sealed record Audience(long CreatorId, Stakeholder Stakeholder)
{
    /// <summary>The users listed; null: none.</summary>
    public IReadOnlyList<long>? UserIds { get; init; }

    /// <summary>The groups listed; null: none.</summary>
    public IReadOnlyList<long>? GroupIds { get; init; }

    /// <summary>The audience of a conversation.</summary>
    public static Audience Of(Conversation conversation) => new(conversation.CreatorId, conversation.Stakeholder)
    {
        UserIds = conversation.Participants is [] ? null : [.. conversation.Participants.Select(entry => entry.UserId)],
        GroupIds = conversation.Groups is [] ? null : [.. conversation.Groups.Select(entry => entry.GroupId)],
    };

    /// <summary>Whether two are for the same, as far as their own words go.</summary>
    public bool IsSameAs(Audience other) =>
        CreatorId == other.CreatorId && Stakeholder == other.Stakeholder
        && (UserIds ?? []).SequenceEqual(other.UserIds ?? []) && (GroupIds ?? []).SequenceEqual(other.GroupIds ?? []);
}
