namespace RealtimeSessions.Protocol.Conversations;

/// <summary>The answer to a join.</summary>
/// <param name="Conversation">The conversation.</param>
/// <param name="Position">Where what follows begins.</param>
/// <param name="Recovered">True: the events after <c>since</c> follow. False: <see cref="ConversationReset"/> comes first.</param>
/// <param name="UserId">The caller's number.</param>
public sealed record JoinedConversation(Conversation Conversation, Position Position, bool Recovered, long UserId);

/// <summary>This replaces whatever the client holds of a conversation.</summary>
/// <param name="ConversationId">The conversation's number.</param>
/// <param name="Conversation">The conversation.</param>
/// <param name="Comments">Its latest comments, oldest first, 100 at most, each with its place.</param>
/// <param name="HasEarlier">Whether there are comments before them (<see cref="ListCommentsRequest"/>).</param>
/// <param name="Position">What it is as of.</param>
public sealed record ConversationReset(
    long ConversationId, Conversation Conversation, IReadOnlyList<PlacedComment> Comments, bool HasEarlier, Position Position);

/// <summary>A comment, and where in the conversation's order it stands.</summary>
/// <param name="Sequence">The sequence of its event.</param>
/// <param name="Comment">The comment.</param>
public sealed record PlacedComment(long Sequence, Comment Comment)
{
    /// <summary>The writer's id, where one was given: so its maker knows it, whether or not he has heard an answer.</summary>
    public string? WriterId { get; init; }

    /// <summary>The writer's number, where one was given.</summary>
    public long? WriterSequence { get; init; }

    /// <summary>The comment of an event.</summary>
    public static PlacedComment Of(CommentCreated created, long sequence) =>
        new(sequence, created.Comment) { WriterId = created.WriterId, WriterSequence = created.WriterSequence };
}

/// <summary>The connection is out of the conversation.</summary>
/// <param name="ConversationId">The conversation.</param>
/// <param name="Reason"><c>access_revoked</c>, <c>deleted</c> or <c>too_slow</c>.</param>
public sealed record ConversationLeft(long ConversationId, string Reason)
{
    /// <summary>To a watcher of a space: the position in the space's feed. To a member of the conversation: null.</summary>
    public Position? Feed { get; init; }
}

/// <summary>What commenting has done.</summary>
/// <param name="Position">The position of the comment; of a duplicate, that of the writer's last comment.</param>
/// <param name="Count">1; 0 for a duplicate.</param>
public sealed record CommentAck(Position Position, int Count)
{
    /// <summary>The comment; of a duplicate, the writer's last one.</summary>
    public long CommentId { get; init; }

    /// <summary>The id of its event.</summary>
    public Guid EventId { get; init; }

    /// <summary>When it was made, by the server's clock.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>True if the writer's number had been used: the comment was made before.</summary>
    public bool Duplicate { get; init; }
}

/// <summary>Comments, newest first.</summary>
/// <param name="Comments">The comments, each with its place.</param>
/// <param name="HasEarlier">Whether there are comments before the last of them.</param>
public sealed record CommentPage(IReadOnlyList<PlacedComment> Comments, bool HasEarlier);

/// <summary>The answer to a watch.</summary>
/// <param name="Position">Where in the space's feed what follows begins.</param>
/// <param name="Recovered">True: the changes after <c>since</c> follow. False: <c>FeedReset</c> comes first.</param>
public sealed record WatchedSpace(Position Position, bool Recovered);

/// <summary>The callback <c>SpaceFeedReset</c>: list the conversations of the space anew; what changes from this position on follows.</summary>
/// <param name="SpaceId">The space.</param>
/// <param name="Position">Where in its feed that is.</param>
public sealed record SpaceFeedReset(long SpaceId, Position Position);

/// <summary>The callback <c>SpaceFeedPosition</c>: everything up to here has been sent, as far as it was for this watcher.</summary>
/// <param name="SpaceId">The space.</param>
/// <param name="Position">Where in its feed that is.</param>
public sealed record SpaceFeedPosition(long SpaceId, Position Position);

/// <summary>The callback <c>SpaceFeedLeft</c>: the connection no longer watches the space.</summary>
/// <param name="SpaceId">The space.</param>
/// <param name="Reason"><c>access_revoked</c>, <c>deleted</c> or <c>too_slow</c>.</param>
public sealed record SpaceFeedLeft(long SpaceId, string Reason);
