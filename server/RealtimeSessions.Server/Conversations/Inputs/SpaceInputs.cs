using RealtimeSessions.Server.Conversations.Spaces;

namespace RealtimeSessions.Server.Conversations.Inputs;

/// <summary>A space to be made, or to be changed; what is null stays as it is.</summary>
internal sealed record SpaceInput : IResourceInput
{
    /// <summary>1 to 200 characters. Must be given where a space is made.</summary>
    public string? Name { get; init; }

    /// <summary>At most 4,000 characters. Default: empty.</summary>
    public string? Details { get; init; }

    /// <summary>The members besides the caller; only where a space is made. Default: none.</summary>
    public IReadOnlyList<SpaceParticipantInput>? Participants { get; init; }

    /// <summary>Means nothing.</summary>
    public long? Id { get; init; }

    /// <summary>Means nothing.</summary>
    public string? Href { get; init; }

    /// <summary>Means nothing.</summary>
    public long? CreatedAt { get; init; }

    /// <summary>Means nothing.</summary>
    public long? UpdatedAt { get; init; }
}

/// <summary>A user to become a member of a space, or to get another role there: given by his number or by his e-mail address.</summary>
internal sealed record SpaceParticipantInput : IResourceInput
{
    /// <summary>The user's number.</summary>
    public long? UserId { get; init; }

    /// <summary>His e-mail address, in the place of his number.</summary>
    public string? Email { get; init; }

    /// <summary>Default: participant.</summary>
    public SpaceRole? Role { get; init; }
}

/// <summary>A group to be made, or to be changed; what is null stays as it is.</summary>
internal sealed record GroupInput : IResourceInput
{
    /// <summary>1 to 200 characters. Must be given where a group is made.</summary>
    public string? Name { get; init; }

    /// <summary>The space it is made in; must be given there. It cannot be changed.</summary>
    public long? SpaceId { get; init; }

    /// <summary>Its members, all of them, who must be members of the space. Default: none.</summary>
    public IReadOnlyList<long>? UserIds { get; init; }

    /// <summary>Means nothing.</summary>
    public long? Id { get; init; }

    /// <summary>Means nothing.</summary>
    public string? Href { get; init; }

    /// <summary>Means nothing.</summary>
    public long? CreatedAt { get; init; }

    /// <summary>Means nothing.</summary>
    public long? UpdatedAt { get; init; }
}
