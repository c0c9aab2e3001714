using RealtimeSessions.Protocol.Requests;

namespace RealtimeSessions.Protocol.Conversations;

/// <summary>A request about a conversation.</summary>
public record ConversationRequest
{
    /// <summary>The conversation.</summary>
    public required long ConversationId { get; init; }
}

/// <summary>Joins a conversation.</summary>
public sealed record JoinConversationRequest : ConversationRequest
{
    /// <summary>Where the client was. Default: nowhere, and it gets the state.</summary>
    public ResumePosition? Since { get; init; }
}

/// <summary>Comments.</summary>
public sealed record CreateCommentRequest : ConversationRequest, IChangeRequest
{
    /// <summary>1 to 10,000 characters. <c>@user:14</c>, <c>@user:bob@example.com</c> and <c>@group:11</c> mention participants.</summary>
    public required string Content { get; init; }

    /// <summary>How important it is. Default: normal.</summary>
    public CommentPriority? Priority { get; init; }

    /// <inheritdoc/>
    public DateTimeOffset? Timestamp { get; init; }

    /// <inheritdoc/>
    public string? WriterId { get; init; }

    /// <inheritdoc/>
    public long? WriterSequence { get; init; }
}

/// <summary>Reads comments, newest first.</summary>
public sealed record ListCommentsRequest : ConversationRequest
{
    /// <summary>Only comments before the one at this sequence of the conversation. Default: from the newest on.</summary>
    public long? Before { get; init; }

    /// <summary>At most this many, 1 to 1,000. Default 100.</summary>
    public int? Limit { get; init; }
}

/// <summary>A request about a space.</summary>
public record SpaceRequest
{
    /// <summary>The space.</summary>
    public required long SpaceId { get; init; }
}

/// <summary>Watches the conversations of a space.</summary>
public sealed record WatchSpaceRequest : SpaceRequest
{
    /// <summary>Where the client was in the space's feed. Default: nowhere, and it is told to list the conversations.</summary>
    public ResumePosition? Since { get; init; }
}
