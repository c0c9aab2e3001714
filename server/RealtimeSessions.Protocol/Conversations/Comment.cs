namespace RealtimeSessions.Protocol.Conversations;

/// <summary>A comment. It never changes.</summary>
public sealed record Comment
{
    /// <summary>Its number, from 1; a later comment of the same conversation does not always have a higher one.</summary>
    public required long CommentId { get; init; }

    /// <summary>The conversation it is in.</summary>
    public required long ConversationId { get; init; }

    /// <summary>The user who made it.</summary>
    public required long CreatorId { get; init; }

    /// <summary>1 to 10,000 characters.</summary>
    public required string Content { get; init; }

    /// <summary>How important it is.</summary>
    public CommentPriority Priority { get; init; }

    /// <summary>Who is mentioned in it, each once.</summary>
    public IReadOnlyList<Mention> Mentions { get; init; } = [];

    /// <summary>When it was made, by the server's clock.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>A user or a group that is mentioned.</summary>
public sealed record Mention
{
    /// <summary>The user; null: it is a group.</summary>
    public long? UserId { get; init; }

    /// <summary>The group; null: it is a user.</summary>
    public long? GroupId { get; init; }
}

/// <summary>How important a comment is. Written as its number.</summary>
public enum CommentPriority
{
    /// <summary>As any other.</summary>
    Normal = 0,

    /// <summary>Important.</summary>
    Important = 1,
}
