using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Conversations;

namespace RealtimeSessions.Client.Replicas;

/// <summary>The replica of a conversation: its log folded, the own comments that are pending behind its comments.</summary>
/// <param name="conversationId">The conversation.</param>
/// <param name="limits">How much is held.</param>
/// <param name="drawWriterId">Draws a new writer's id.</param>
internal sealed class ConversationReplica(long conversationId, ReplicaLimits limits, Func<string> drawWriterId)
    : LogReplica<ConversationEvent, CommentChange>(limits, drawWriterId)
{
    private ConversationView? _view;

    /// <summary>The fold of the log; null before the first reset.</summary>
    public ConfirmedConversation? Confirmed { get; private set; }

    public override Position? Position => Confirmed?.Position;

    /// <summary>The conversation as the application sees it.</summary>
    public ConversationView View => _view ??= new ConversationView(
        Confirmed!.Conversation, Confirmed.Comments.AddRange(Changes.All.Select(static change => change.Shown!)), Confirmed.HasEarlier);

    /// <summary>The user as whom the conversation was joined.</summary>
    public long UserId { get; private set; }

    protected override Guid? EventId => Confirmed?.EventId;

    /// <summary>The join is answered.</summary>
    /// <param name="recovered">Whether events follow; else a reset does.</param>
    /// <param name="userId">Who the caller is.</param>
    public void OnJoined(bool recovered, long userId)
    {
        if (!HasLeft)
        {
            UserId = userId;
            Accept(recovered);
        }
    }

    /// <summary>The state has come that replaces what there is.</summary>
    public void OnReset(ConversationReset reset)
    {
        if (!HasLeft)
        {
            Confirm(ConfirmedConversation.Of(reset));
            Complete(reset.Comments);
            Restart(reset.Position);
        }
    }

    /// <summary>A comment that was sent on this connection is answered.</summary>
    public void OnAck(CommentChange change, CommentAck ack)
    {
        if (change.Phase == ChangePhase.InFlight)
        {
            change.Identify(ack.CommentId);
            OnAck(change, new Ack(ack.Position, ack.Count) { EventId = ack.EventId, CreatedAt = ack.CreatedAt, Duplicate = ack.Duplicate });
        }
    }

    /// <summary>Earlier comments were read.</summary>
    /// <param name="before">What they come before, as it was when they were asked for.</param>
    /// <param name="page">They, newest first.</param>
    /// <returns>Whether they fit what is held now: a reset may have come between.</returns>
    public bool OnEarlier(Position before, CommentPage page)
    {
        if (HasLeft || Confirmed!.Position.Epoch != before.Epoch || Confirmed.First != before.Sequence)
        {
            return false;
        }

        Confirm(Confirmed.With(page));
        Complete(page.Comments.Reverse());
        return true;
    }

    /// <summary>The application comments.</summary>
    /// <returns>Why not, or null.</returns>
    public Error? Make(CommentChange change)
    {
        change.Show(conversationId, UserId);
        _view = null;
        return Add(change);
    }

    protected override long SequenceOf(ConversationEvent next) => next.Sequence;

    protected override long FirstSequenceOf(ConversationEvent next) => next.Sequence;

    protected override void Fold(ConversationEvent next)
    {
        Confirm(Confirmed!.After(next));
        if (next is CommentCreated made)
        {
            Complete(PlacedComment.Of(made, next.Sequence), next.EventId);
        }
    }

    /// <summary>The event comes: it has the mentions, which no Ack has.</summary>
    protected override ConversationEvent? AcknowledgedAt(Position next) => null;

    protected override void Forget(CommentChange change) => _view = null;

    protected override void End() => _view = null;

    /// <summary>Completes the own comments among those that were read, oldest first: whether their answers have come or not, they have their place.</summary>
    private void Complete(IEnumerable<PlacedComment> comments)
    {
        foreach (var placed in comments)
        {
            // Its event was not seen, so its id is not known.
            Complete(placed, Guid.Empty);
        }
    }

    /// <summary>Completes the own comment that has come to its place, if it is one: a writer is its user's.</summary>
    private void Complete(PlacedComment placed, Guid eventId)
    {
        if (placed.Comment.CreatorId == UserId && Changes.Find(placed.WriterId, placed.WriterSequence) is { } own)
        {
            own.Identify(placed.Comment.CommentId);
            Changes.Complete(
                own, new Ack(Confirmed!.Position with { Sequence = placed.Sequence }, Count: 1) { EventId = eventId, CreatedAt = placed.Comment.CreatedAt });
        }
    }

    private void Confirm(ConfirmedConversation confirmed) => (Confirmed, _view) = (confirmed, null);
}
