using System.Collections.Immutable;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Conversations;

namespace RealtimeSessions.Client.Replicas;

/// <summary>The fold of a conversation's log up to a position.</summary>
/// <param name="Conversation">The conversation.</param>
/// <param name="Comments">Its latest comments, oldest first.</param>
/// <param name="HasEarlier">Whether there are comments before them.</param>
/// <param name="Position">The position.</param>
/// <param name="EventId">The id of the event there, where it was seen.</param>
internal sealed record ConfirmedConversation(
    Conversation Conversation, ImmutableList<LiveComment> Comments, bool HasEarlier, Position Position, Guid? EventId)
{
    /// <summary>Before which sequence comments are not held.</summary>
    public long First => Comments is [{ Sequence: { } sequence }, ..] ? sequence : Position.Sequence + 1;

    /// <summary>The state that a reset brings.</summary>
    public static ConfirmedConversation Of(ConversationReset reset) =>
        new(reset.Conversation, [.. reset.Comments.Select(Place)], reset.HasEarlier, reset.Position, EventId: null);

    /// <summary>The state after the event that is next.</summary>
    public ConfirmedConversation After(ConversationEvent next)
    {
        var after = this with { Position = Position with { Sequence = next.Sequence }, EventId = next.EventId };
        return next switch
        {
            CommentCreated made => after with { Comments = Comments.Add(new LiveComment(made.Comment, next.Sequence)) },
            ConversationUpdated updated => after with { Conversation = updated.Conversation },
            ConversationCreated created => after with { Conversation = created.Conversation },
            _ => after,
        };
    }

    /// <summary>The state with the comments in front that come before <see cref="First"/>.</summary>
    /// <param name="page">They, newest first.</param>
    public ConfirmedConversation With(CommentPage page) =>
        this with { Comments = Comments.InsertRange(0, page.Comments.Reverse().Select(Place)), HasEarlier = page.HasEarlier };

    private static LiveComment Place(PlacedComment placed) => new(placed.Comment, placed.Sequence);
}
