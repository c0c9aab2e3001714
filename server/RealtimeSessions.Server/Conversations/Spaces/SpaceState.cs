using System.Collections.Immutable;

namespace RealtimeSessions.Server.Conversations.Spaces;

/// <summary>The fold of a space's log: the space, its members and its groups. Conversations have logs of their own.</summary>
internal sealed record SpaceState
{
    /// <summary>The space; null: it is the place of conversations that are in none.</summary>
    public Space? Info { get; init; }

    /// <summary>The members and their roles, by their numbers.</summary>
    public ImmutableSortedDictionary<long, SpaceRole> Members { get; init; } = ImmutableSortedDictionary<long, SpaceRole>.Empty;

    /// <summary>The groups, by their numbers.</summary>
    public ImmutableSortedDictionary<long, SpaceGroup> Groups { get; init; } = ImmutableSortedDictionary<long, SpaceGroup>.Empty;

    /// <summary>The conversations that were made and have not been told of: their logs may not be there yet.</summary>
    public ImmutableSortedDictionary<long, Founding> Foundings { get; init; } = ImmutableSortedDictionary<long, Founding>.Empty;

    /// <summary>The sequence of the event that changed rights last: the guard by which an append is judged.</summary>
    public long RightsSequence { get; init; }

    /// <summary>For members who have come to see other conversations by a change of members or groups: the sequence of the last such event.</summary>
    public ImmutableSortedDictionary<long, long> ConcernedAt { get; init; } = ImmutableSortedDictionary<long, long>.Empty;

    /// <summary>The sequence of the last event that the catalog must follow.</summary>
    public long FollowedSequence { get; init; }

    /// <summary>True once the space was deleted.</summary>
    public bool IsDeleted { get; init; }

    /// <summary>Whether a user is a member; in the place of conversations that are in no space, everybody is.</summary>
    public bool HasMember(long userId) => !IsDeleted && (Info is null || Members.ContainsKey(userId));

    /// <summary>The groups that a user is in.</summary>
    public IEnumerable<long> GroupsOf(long userId) => Groups.Values.Where(group => group.Members.Contains(userId)).Select(group => group.Info.GroupId);

    public SpaceView View => new(Info!, [.. Members.Select(member => new SpaceParticipant(member.Key, member.Value))]);
}

/// <summary>A group, ready to judge by.</summary>
/// <param name="Info">The group.</param>
/// <param name="Members">Its members.</param>
internal sealed record SpaceGroup(Group Info, ImmutableHashSet<long> Members)
{
    public static SpaceGroup Of(Group group) => new(group, [.. group.UserIds]);
}

/// <summary>The making of a conversation.</summary>
/// <param name="Founded">How its log begins.</param>
/// <param name="EventId">The id of the first event.</param>
/// <param name="CreatedAt">When it was made.</param>
internal sealed record Founding(ConversationFounded Founded, Guid EventId, DateTimeOffset CreatedAt);
