namespace RealtimeSessions.EndToEnd.Tests.Conversations.Visibility;

/// <summary>A comment that was made.</summary>
/// <param name="Conversation">Where, as the model numbers it.</param>
/// <param name="Sequence">Its place there.</param>
/// <param name="Sent">When it was sent.</param>
/// <param name="Answered">When the answer had come.</param>
internal sealed record Made(int Conversation, long Sequence, TimeSpan Sent, TimeSpan Answered);

/// <summary>A comment that somebody was told of.</summary>
/// <param name="At">When.</param>
/// <param name="CommentId">The comment.</param>
internal sealed record Delivery(TimeSpan At, long CommentId);

/// <summary>One attempt to join a conversation or to watch the space, and what came of it.</summary>
/// <param name="asked">When it was made.</param>
/// <param name="since">From where on; null: anew.</param>
internal sealed class Stay(TimeSpan asked, long? since)
{
    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TimeSpan Asked => asked;

    public TimeSpan? Answered { get; private set; }

    /// <summary>Whether it was let in; null: there was no answer.</summary>
    public bool? IsAdmitted { get; private set; }

    /// <summary>Up to where it was told; null: of nothing yet.</summary>
    public long? Last { get; set; } = since;

    public List<Delivery> Deliveries { get; } = [];

    /// <summary>When it was told to begin anew: what was just before need not have come.</summary>
    public List<TimeSpan> Resets { get; } = [];

    /// <summary>When it was told that this is over; null: it is not.</summary>
    public TimeSpan? LeftAt { get; private set; }

    public Task Left => _left.Task;

    public void Admit(TimeSpan at) => (Answered, IsAdmitted) = (at, true);

    public void Refuse(TimeSpan at) => (Answered, IsAdmitted) = (at, false);

    public void Leave(TimeSpan at)
    {
        LeftAt = at;
        _left.TrySetResult();
    }
}
