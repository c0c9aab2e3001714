using System.Text.Json.Serialization;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.Server.Conversations.Spaces;

/// <summary>
/// What happens in a space, as its log holds it: changes of the space, its members and its groups, which are made there, conversations, which are
/// made there too, and whatever happens in them, which is told there.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(SpaceOpened), "opened")]
[JsonDerivedType(typeof(SpaceCreated), "created")]
[JsonDerivedType(typeof(SpaceUpdated), "updated")]
[JsonDerivedType(typeof(SpaceDeleted), "deleted")]
[JsonDerivedType(typeof(ParticipantsAdded), "participants_added")]
[JsonDerivedType(typeof(ParticipantRemoved), "participant_removed")]
[JsonDerivedType(typeof(GroupCreated), "group_created")]
[JsonDerivedType(typeof(GroupUpdated), "group_updated")]
[JsonDerivedType(typeof(GroupDeleted), "group_deleted")]
[JsonDerivedType(typeof(ConversationFounded), "founded")]
[JsonDerivedType(typeof(ConversationTold), "told")]
internal abstract record SpaceEvent
{
    /// <summary>Whether it changes who may see or do what.</summary>
    [JsonIgnore]
    public bool ChangesRights => this is not (ConversationFounded or ConversationTold or SpaceUpdated) && this is not GroupUpdated { UserIds: null };

    /// <summary>Whether the catalog must follow it. What is told of conversations has been followed before.</summary>
    [JsonIgnore]
    public bool IsToBeFollowed => this is not ConversationTold;

    /// <summary>Who may see other conversations after it. Its deletion, which leaves nobody, aside.</summary>
    public virtual IEnumerable<long> ConcernedIds() => [];
}

/// <summary>The place of conversations that are in no space was opened.</summary>
internal sealed record SpaceOpened : SpaceEvent;

/// <summary>The space was made.</summary>
internal sealed record SpaceCreated(Space Space, IReadOnlyList<SpaceParticipant> Participants) : SpaceEvent;

/// <summary>The space was changed; what is null stays as it was.</summary>
internal sealed record SpaceUpdated(string? Name, string? Details) : SpaceEvent;

/// <summary>The space was deleted.</summary>
internal sealed record SpaceDeleted : SpaceEvent;

/// <summary>Users are members from now on, or have another role.</summary>
internal sealed record ParticipantsAdded(IReadOnlyList<SpaceParticipant> Participants) : SpaceEvent
{
    public override IEnumerable<long> ConcernedIds() => Participants.Select(participant => participant.UserId);
}

/// <summary>A user is no longer a member, of the space and of its groups.</summary>
internal sealed record ParticipantRemoved(long UserId) : SpaceEvent
{
    public override IEnumerable<long> ConcernedIds() => [UserId];
}

/// <summary>A group was made.</summary>
internal sealed record GroupCreated(Group Group) : SpaceEvent;

/// <summary>A group was changed; what is null stays as it was.</summary>
/// <param name="GroupId">The group.</param>
/// <param name="Name">Its name.</param>
/// <param name="UserIds">Its members.</param>
/// <param name="ChangedIds">Those who are in it now and were not, or were and are not.</param>
internal sealed record GroupUpdated(long GroupId, string? Name, IReadOnlyList<long>? UserIds, IReadOnlyList<long> ChangedIds) : SpaceEvent
{
    public override IEnumerable<long> ConcernedIds() => ChangedIds;
}

/// <summary>A group was deleted.</summary>
/// <param name="GroupId">The group.</param>
/// <param name="UserIds">Who was in it.</param>
internal sealed record GroupDeleted(long GroupId, IReadOnlyList<long> UserIds) : SpaceEvent
{
    public override IEnumerable<long> ConcernedIds() => UserIds;
}

/// <summary>A conversation is made: from here on it is, and its log follows. Nobody is told of it yet.</summary>
/// <param name="ConversationId">The conversation.</param>
/// <param name="Event">The first event of its log, as that stores it; it has the id and the time of this one.</param>
internal sealed record ConversationFounded(long ConversationId, RawJson Event) : SpaceEvent
{
    /// <summary>The first comment, as the conversation's log stores it; null: none.</summary>
    public RawJson? Comment { get; init; }

    /// <summary>The id of its event.</summary>
    public Guid CommentEventId { get; init; }
}

/// <summary>Something has happened in a conversation, with all that is needed to judge whom it concerns. In the space's log it has the id and the time
/// that it has in the conversation's.</summary>
/// <param name="ConversationId">The conversation.</param>
/// <param name="Sequence">Its place in the conversation's log.</param>
/// <param name="Event">The event as that log stores it.</param>
/// <param name="Audience">Whom the conversation is for after it; of a deletion, before it.</param>
internal sealed record ConversationTold(long ConversationId, long Sequence, RawJson Event, Audience Audience) : SpaceEvent
{
    /// <summary>Whom it was for before; null: for the same.</summary>
    public Audience? Former { get; init; }
}
