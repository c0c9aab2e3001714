namespace RealtimeSessions.Protocol.Conversations;

/// <summary>A conversation without its comments.</summary>
public sealed record Conversation
{
    /// <summary>Its number, from 1.</summary>
    public required long ConversationId { get; init; }

    /// <summary>1 to 200 characters.</summary>
    public required string Name { get; init; }

    /// <summary>At most 4,000 characters; may be empty.</summary>
    public string Details { get; init; } = "";

    /// <summary>The space it is in; null: none.</summary>
    public long? SpaceId { get; init; }

    /// <summary>The user who made it.</summary>
    public required long CreatorId { get; init; }

    /// <summary>The users listed, each once.</summary>
    public IReadOnlyList<UserEntry> Participants { get; init; } = [];

    /// <summary>The groups of the space listed, each once.</summary>
    public IReadOnlyList<GroupEntry> Groups { get; init; } = [];

    /// <summary>Whom it is for.</summary>
    public Stakeholder Stakeholder { get; init; } = Stakeholder.Group;

    /// <summary>The role of those who have none by an entry.</summary>
    public ConversationRole DefaultRole { get; init; } = ConversationRole.Viewer;

    /// <summary>The hashtags of its name, details and comments, without their sign, in lower case, as they came; at most 100.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The records of other systems, and the sessions of this hub, that it is linked with.</summary>
    public IReadOnlyList<ExternalObject> ExternalObjects { get; init; } = [];

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed; comments aside, and the tags that they bring.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>A user listed in a conversation.</summary>
/// <param name="UserId">The user's number.</param>
/// <param name="Role">His role; null: the conversation's default.</param>
public sealed record UserEntry(long UserId, ConversationRole? Role = null);

/// <summary>A group listed in a conversation.</summary>
/// <param name="GroupId">The group's number.</param>
/// <param name="Role">The role of its members; null: the conversation's default.</param>
public sealed record GroupEntry(long GroupId, ConversationRole? Role = null);

/// <summary>Something elsewhere that a conversation is linked with.</summary>
/// <param name="Id">Its id there, 1 to 200 characters; <c>session:{applicationId}/{sessionId}</c>: a session of this hub.</param>
/// <param name="Name">What it is called, 1 to 200 characters.</param>
/// <param name="Url">Where it is; null: not told.</param>
public sealed record ExternalObject(string Id, string Name, string? Url = null);

/// <summary>Whom a conversation is for. Written as its number.</summary>
public enum Stakeholder
{
    /// <summary>Only for who made it.</summary>
    JustMe = 0,

    /// <summary>For the users and groups listed.</summary>
    Group = 1,

    /// <summary>For every member of its space.</summary>
    Everyone = 2,
}

/// <summary>What somebody may do in a conversation. Written as its number; of two, the lower one permits more.</summary>
public enum ConversationRole
{
    /// <summary>Reads, comments, changes, invites and deletes.</summary>
    Editor = 1,

    /// <summary>Reads and comments.</summary>
    Viewer = 2,

    /// <summary>Reads.</summary>
    CollaborationComplete = 3,
}
