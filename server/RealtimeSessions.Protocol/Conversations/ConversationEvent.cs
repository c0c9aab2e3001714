using System.Text.Json.Serialization;

namespace RealtimeSessions.Protocol.Conversations;

/// <summary>
/// A change of a conversation, as every reader sees it. The first four members are the log's: they are absent in what is stored and
/// added when an event is sent.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "eventType")]
[JsonDerivedType(typeof(ConversationCreated), "conversation_created")]
[JsonDerivedType(typeof(ConversationUpdated), "conversation_updated")]
[JsonDerivedType(typeof(ConversationDeleted), "conversation_deleted")]
[JsonDerivedType(typeof(CommentCreated), "comment_created")]
public abstract record ConversationEvent
{
    /// <summary>The conversation.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    [JsonPropertyOrder(-1)]
    public long ConversationId { get; init; }

    /// <summary>Its place in the conversation's order: from 1, without gaps.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    [JsonPropertyOrder(-1)]
    public long Sequence { get; init; }

    /// <summary>Its id.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    [JsonPropertyOrder(-1)]
    public Guid EventId { get; init; }

    /// <summary>When it happened, by the server's clock.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    [JsonPropertyOrder(-1)]
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>What it came through.</summary>
    [JsonPropertyOrder(-1)]
    public EventSource Source { get; init; }

    /// <summary>The user who made it; 0 where the server itself did.</summary>
    [JsonPropertyOrder(-1)]
    public long UserId { get; init; }

    /// <summary>When it happened, by the client's clock; the server's where the client gave none.</summary>
    [JsonPropertyOrder(-1)]
    public DateTimeOffset Timestamp { get; init; }

    /// <summary>The writer's id, where one was given.</summary>
    [JsonPropertyOrder(-1)]
    public string? WriterId { get; init; }

    /// <summary>The writer's number, where one was given.</summary>
    [JsonPropertyOrder(-1)]
    public long? WriterSequence { get; init; }

    /// <summary>To a watcher of a space: the space. To a member of the conversation: null.</summary>
    [JsonPropertyOrder(1)]
    public long? SpaceId { get; init; }

    /// <summary>To a watcher of a space: the position in the space's feed. To a member of the conversation: null.</summary>
    [JsonPropertyOrder(1)]
    public Position? Feed { get; init; }
}

/// <summary>The conversation was made.</summary>
public sealed record ConversationCreated : ConversationEvent
{
    /// <summary>The conversation as it was made.</summary>
    public required Conversation Conversation { get; init; }
}

/// <summary>The conversation was changed; comments, and the tags that they bring, aside.</summary>
public sealed record ConversationUpdated : ConversationEvent
{
    /// <summary>The whole conversation as it is now.</summary>
    public required Conversation Conversation { get; init; }
}

/// <summary>The conversation was deleted. Watchers of the space are told; members of the conversation get <see cref="ConversationLeft"/>.</summary>
public sealed record ConversationDeleted : ConversationEvent;

/// <summary>Somebody has commented.</summary>
public sealed record CommentCreated : ConversationEvent
{
    /// <summary>The comment.</summary>
    public required Comment Comment { get; init; }
}
