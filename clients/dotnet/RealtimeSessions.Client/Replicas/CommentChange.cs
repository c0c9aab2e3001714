using RealtimeSessions.Protocol.Conversations;
using RealtimeSessions.Protocol.Data;

namespace RealtimeSessions.Client.Replicas;

/// <summary>An own comment on its way.</summary>
/// <param name="text">What it says.</param>
/// <param name="content">The same, as JSON.</param>
/// <param name="priority">How important it is.</param>
/// <param name="madeAt">When it was made.</param>
internal sealed class CommentChange(string text, JsonTree content, CommentPriority priority, DateTimeOffset madeAt)
    : QueuedChange(content, content.Weight, madeAt)
{
    public CommentChange(string text, CommentPriority priority, DateTimeOffset madeAt)
        : this(text, JsonTree.From(text), priority, madeAt)
    {
    }

    public string Text => text;

    public CommentPriority Priority => priority;

    /// <summary>The number that its answer, or its event, gave first.</summary>
    public long? CommentId { get; private set; }

    /// <summary>As the application sees it while it is pending; null: it was not taken.</summary>
    public LiveComment? Shown { get; private set; }

    /// <summary>Its number is known.</summary>
    public void Identify(long commentId) => CommentId ??= commentId;

    /// <summary>It is taken, and shows.</summary>
    /// <param name="conversationId">Where.</param>
    /// <param name="userId">Who has made it.</param>
    public void Show(long conversationId, long userId) => Shown = new LiveComment(
        new Comment { CommentId = 0, ConversationId = conversationId, CreatorId = userId, Content = text, Priority = priority, CreatedAt = MadeAt }, Sequence: null);

    /// <summary>The answer as the application gets it.</summary>
    public async Task<CommentAck> AnswerAsync()
    {
        var ack = await Settled;
        return new CommentAck(ack.Position, ack.Count)
        {
            CommentId = CommentId!.Value,
            EventId = ack.EventId!.Value,
            CreatedAt = ack.CreatedAt!.Value,
            Duplicate = ack.Duplicate,
        };
    }
}
