using RealtimeSessions.Protocol.Conversations;

namespace RealtimeSessions.Client;

/// <summary>A comment as this client sees it. Immutable.</summary>
/// <param name="Comment">
/// The comment. Of one that is pending, <see cref="Comment.CommentId"/> is 0, <see cref="Comment.Mentions"/> is empty, and <see cref="Comment.CreatedAt"/> is by the
/// client's clock: the server has these to say.
/// </param>
/// <param name="Sequence">Its place in the conversation's order; null: it is an own one that is still on its way.</param>
public sealed record LiveComment(Comment Comment, long? Sequence)
{
    /// <summary>Whether it is an own one that is still on its way.</summary>
    public bool IsPending => Sequence is null;
}
