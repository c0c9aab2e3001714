namespace RealtimeSessions.Server.Conversations.Spaces;

/// <summary>A space without its members and groups.</summary>
/// <param name="SpaceId">Its number.</param>
/// <param name="Name">1 to 200 characters.</param>
/// <param name="Details">At most 4,000 characters; may be empty.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it was last changed; its members and groups aside.</param>
internal sealed record Space(long SpaceId, string Name, string Details, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

/// <summary>A member of a space.</summary>
/// <param name="UserId">The user's number.</param>
/// <param name="Role">What he may do in it.</param>
internal sealed record SpaceParticipant(long UserId, SpaceRole Role);

/// <summary>What a member may do in a space. Written as its number.</summary>
internal enum SpaceRole
{
    /// <summary>Changes it, its members and its groups.</summary>
    Owner = 1,

    /// <summary>Makes conversations in it.</summary>
    Participant = 2,
}

/// <summary>A group of members of a space.</summary>
/// <param name="GroupId">Its number.</param>
/// <param name="SpaceId">The space.</param>
/// <param name="Name">1 to 200 characters.</param>
/// <param name="UserIds">Its members, each once.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
internal sealed record Group(
    long GroupId, long SpaceId, string Name, IReadOnlyList<long> UserIds, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);
