using Microsoft.Extensions.Logging;
using RealtimeSessions.Client.Connecting;
using RealtimeSessions.Client.Live;
using RealtimeSessions.Client.Replicas;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Conversations;
using RealtimeSessions.Protocol.Requests;

namespace RealtimeSessions.Client.Conversations;

/// <summary>The live replica of a conversation. Thread-safe.</summary>
internal sealed class LiveConversationReplica : LiveReplica<ConversationReplica, ConversationEvent, CommentChange>
{
    /// <param name="conversationId">The conversation.</param>
    /// <param name="limits">How much is held.</param>
    /// <param name="logger">Where it says what a handler threw.</param>
    /// <param name="time">The clock.</param>
    public LiveConversationReplica(long conversationId, ReplicaLimits limits, ILogger logger, TimeProvider time)
        : this(conversationId, new ConversationReplica(conversationId, limits, static () => Guid.NewGuid().ToString("N")), logger, time)
    {
    }

    private LiveConversationReplica(long conversationId, ConversationReplica replica, ILogger logger, TimeProvider time)
        : base(replica, time)
    {
        ConversationId = conversationId;
        Notices = new ConversationNotices(logger, Lock, () => replica.Confirmed is null ? null : replica.View);
    }

    /// <summary>The conversation.</summary>
    public long ConversationId { get; }

    /// <summary>Whom it tells.</summary>
    public ConversationNotices Notices { get; }

    protected override INotices Told => Notices;

    public void OnReset(ConversationReset reset) => Step(replica => replica.OnReset(reset));

    /// <summary>Comments.</summary>
    /// <returns>Completes with the answer.</returns>
    /// <exception cref="RealtimeException">It is refused at once.</exception>
    public Task<CommentAck> Make(string content, CommentPriority priority)
    {
        var change = new CommentChange(content, priority, Now);
        Make<CommentChange>(replica => replica.Make(change) is { } refusal ? refusal : change);
        var answer = change.AnswerAsync();

        // Who does not wait for it is told as of a refusal.
        _ = answer.ContinueWith(static late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        return answer;
    }

    /// <summary>Puts the comments in front that come before those that are held.</summary>
    /// <param name="list">Reads comments.</param>
    /// <param name="limit">At most this many.</param>
    /// <returns>How many there were.</returns>
    public async Task<int> LoadEarlierAsync(Func<ListCommentsRequest, Task<CommentPage>> list, int limit)
    {
        var (confirmed, hasLeft) = Read(static replica => (replica.Confirmed!, replica.HasLeft));
        if (hasLeft)
        {
            throw new RealtimeException(new Error(ClientErrors.Left, "Left already."));
        }

        if (!confirmed.HasEarlier)
        {
            return 0;
        }

        var before = confirmed.Position with { Sequence = confirmed.First };
        var page = await list(new ListCommentsRequest { ConversationId = ConversationId, Before = before.Sequence, Limit = limit });
        var fits = false;
        Step(replica => fits = replica.OnEarlier(before, page));
        return fits ? page.Comments.Count : 0;
    }

    public override Task TellLeftAsync(IHubLink link) =>
        link.InvokeAsync<Empty>("LeaveConversation", new ConversationRequest { ConversationId = ConversationId }, CancellationToken.None);

    protected override Task JoinAsync(IHubLink link, ResumePosition? since)
    {
        var request = new JoinConversationRequest { ConversationId = ConversationId, Since = since };
        return AnswerAsync(
            link,
            link.InvokeAsync<JoinedConversation>("JoinConversation", request, CancellationToken.None),
            static (replica, joined) => replica.OnJoined(joined.Recovered, joined.UserId),
            static (replica, error) => replica.OnJoinRefused(error));
    }

    protected override Task SendAsync(IHubLink link, CommentChange change)
    {
        var request = new CreateCommentRequest
        {
            ConversationId = ConversationId,
            Content = change.Text,
            Priority = change.Priority,
            Timestamp = change.MadeAt,
            WriterId = change.WriterId,
            WriterSequence = change.WriterSequence,
        };
        return AnswerAsync(
            link,
            link.InvokeAsync<CommentAck>("CreateComment", request, CancellationToken.None),
            (replica, ack) => replica.OnAck(change, ack),
            (replica, error) => replica.OnError(change, error));
    }
}
