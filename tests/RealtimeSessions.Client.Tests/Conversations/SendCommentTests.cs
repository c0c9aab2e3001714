using System.Collections.Concurrent;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Conversations;

namespace RealtimeSessions.Client.Tests.Conversations;

/// <summary>Own comments: shown at once, in order, exactly once, whatever comes between.</summary>
public sealed class SendCommentTests : ConversationTest
{
    [Fact]
    public async Task Send_ThatIsAnsweredBeforeItsEvent_IsPendingUntilThat()
    {
        await using var client = Hub.Client();
        var conversation = await JoinAsync(client);

        var sent = conversation.SendCommentAsync("a", CommentPriority.Important);
        Assert.Equal("[a]", Texts(conversation));
        var call = (await Hub.CallsAsync("CreateComment"))[0];
        var made = Hub.Accept(call);
        Hub.Answer(call, made);
        var ack = await sent.WaitAsync(Patience);
        Assert.Equal(("[a]", SyncStatus.Synchronizing), (Texts(conversation), conversation.SyncStatus));
        Hub.Tell(made);

        Assert.Equal(("a", SyncStatus.Synchronized), (Texts(conversation), conversation.SyncStatus));
        Assert.Equal((1L, 100L, made.EventId, 1, false), (ack.Position.Sequence, ack.CommentId, ack.EventId, ack.Count, ack.Duplicate));
        var comment = conversation.Comments[0].Comment;
        Assert.Equal((CommentPriority.Important, 1), (comment.Priority, comment.Mentions.Count));
    }

    [Fact]
    public async Task Send_WhoseEventComesFirst_IsSettledByIt()
    {
        await using var client = Hub.Client();
        var conversation = await JoinAsync(client);

        var sent = conversation.SendCommentAsync("a");
        var call = (await Hub.CallsAsync("CreateComment"))[0];
        var made = Hub.Accept(call);
        Hub.Tell(made);
        var ack = await sent.WaitAsync(Patience);
        Hub.Answer(call, made);

        Assert.Equal((1L, 100L, made.EventId), (ack.Position.Sequence, ack.CommentId, ack.EventId));
        Assert.Equal(("a", SyncStatus.Synchronized), (Texts(conversation), conversation.SyncStatus));
    }

    [Fact]
    public async Task Send_BesideOthers_StaysBehindWhatIsConfirmed()
    {
        await using var client = Hub.Client();
        var conversation = await JoinAsync(client);

        _ = conversation.SendCommentAsync("mine");
        _ = conversation.SendCommentAsync("mine too");
        Hub.Comment("theirs");
        Assert.Equal("theirs, [mine], [mine too]", Texts(conversation));
        foreach (var call in await Hub.CallsAsync("CreateComment", count: 2))
        {
            Hub.Tell(Hub.Accept(call));
        }

        Assert.Equal("theirs, mine, mine too", Texts(conversation));
    }

    [Fact]
    public async Task Send_WithoutAConnection_GoesOutInOrderAfterIt()
    {
        await using var client = Hub.Client();
        var conversation = await JoinAsync(client);
        Hub.Link.End();
        await UntilAsync(() => conversation.SyncStatus == SyncStatus.Disconnected);

        Task<CommentAck>[] sent = [conversation.SendCommentAsync("a"), conversation.SendCommentAsync("b")];
        Assert.Equal("[a], [b]", Texts(conversation));
        var calls = await Hub.CallsAsync("CreateComment", count: 2, timeGoesOn: true);
        foreach (var call in calls)
        {
            Hub.Tell(Hub.Accept(call));
        }

        Assert.Equal([("a", 1, 1L), ("b", 1, 2L)], Sent(calls));
        Assert.Equal([1L, 2L], (await Task.WhenAll(sent).WaitAsync(Patience)).Select(ack => ack.Position.Sequence));
    }

    [Fact]
    public async Task Send_WhoseAnswerWasLost_IsFoundInWhatFollows()
    {
        await using var client = Hub.Client();
        var conversation = await JoinAsync(client);
        var sent = conversation.SendCommentAsync("a");
        var made = Hub.Accept((await Hub.CallsAsync("CreateComment"))[0]);

        Hub.Link.End();
        await Hub.CallsAsync("JoinConversation", count: 2, timeGoesOn: true);
        var ack = await sent.WaitAsync(Patience);

        Assert.Equal((made.EventId, false), (ack.EventId, ack.Duplicate));
        Assert.Equal("a", Texts(conversation));
        Assert.Single(await Hub.CallsAsync("CreateComment"));
    }

    [Fact]
    public async Task Send_WhoseAnswerWasLostBeforeAReset_IsFoundInIt()
    {
        await using var client = Hub.Client();
        var conversation = await JoinAsync(client);
        var sent = conversation.SendCommentAsync("a");
        var made = Hub.Accept((await Hub.CallsAsync("CreateComment"))[0]);
        Hub.Link.End();
        Hub.Epoch = "e2"; // So the join brings the state.

        await Hub.CallsAsync("JoinConversation", count: 2, timeGoesOn: true);
        var ack = await sent.WaitAsync(Patience);

        Assert.Equal((false, 1, 1L, 100L), (ack.Duplicate, ack.Count, ack.Position.Sequence, ack.CommentId));
        Assert.Equal((made.CreatedAt, Guid.Empty), (ack.CreatedAt, ack.EventId));
        Assert.Equal("a", Texts(conversation));
        Assert.Single(await Hub.CallsAsync("CreateComment"));
    }

    [Fact]
    public async Task Send_WhoseAnswerWasLostLongBeforeAReset_IsADuplicate()
    {
        await using var client = Hub.Client();
        var conversation = await JoinAsync(client);
        var sent = conversation.SendCommentAsync("a");
        var made = Hub.Accept((await Hub.CallsAsync("CreateComment"))[0]);
        Hub.Link.End();
        Hub.Comment("b", isTold: false);
        Hub.Comment("c", isTold: false);
        Hub.Epoch = "e2"; // So the join brings the state, which has the latest two.

        var calls = await Hub.CallsAsync("CreateComment", count: 2, timeGoesOn: true);
        Assert.Equal("b, c, [a]", Texts(conversation));
        Hub.Answer(calls[1], made, isDuplicate: true);
        var ack = await sent.WaitAsync(Patience);

        Assert.Equal([("a", 1, 1L), ("a", 1, 1L)], Sent(calls));
        Assert.Equal((true, 0, 1L), (ack.Duplicate, ack.Count, ack.Position.Sequence));
        Assert.Equal(("b, c", SyncStatus.Synchronized), (Texts(conversation), conversation.SyncStatus));
    }

    [Fact]
    public async Task Send_ThatIsRefused_ShowsNoLongerAndTheRestGoesOn()
    {
        await using var client = Hub.Client();
        var conversation = await JoinAsync(client);
        var told = new TaskCompletionSource<RefusedComment>();
        using var refusals = conversation.OnRefused(told.SetResult);
        var refused = conversation.SendCommentAsync("@user:99", CommentPriority.Important);
        var next = conversation.SendCommentAsync("b");

        var calls = await Hub.CallsAsync("CreateComment", count: 2);
        calls[0].Fail(ErrorCode.MentionNotFound);
        calls[1].Fail(ErrorCode.WriterGap);
        calls = await Hub.CallsAsync("CreateComment", count: 3);
        Hub.Tell(Hub.Accept(calls[2]));

        var exception = await Assert.ThrowsAsync<RealtimeException>(() => refused);
        Assert.Equal(ErrorCode.MentionNotFound, exception.Code);
        Assert.Equal(new RefusedComment("@user:99", CommentPriority.Important, exception.Error), await told.Task.WaitAsync(Patience));
        Assert.Equal([("@user:99", 1, 1L), ("b", 1, 2L), ("b", 2, 1L)], Sent(calls));
        Assert.Equal(1, (await next.WaitAsync(Patience)).Position.Sequence);
        Assert.Equal("b", Texts(conversation));
    }

    [Fact]
    public async Task Send_ThatTheServerCannotTake_IsSentAgainUnderItsNumber()
    {
        await using var client = Hub.Client();
        var conversation = await JoinAsync(client);
        var sent = conversation.SendCommentAsync("a");

        (await Hub.CallsAsync("CreateComment"))[0].Fail(ErrorCode.Unavailable);
        var calls = await Hub.CallsAsync("CreateComment", count: 2, timeGoesOn: true);
        Hub.Answer(calls[1], Hub.Accept(calls[1]));

        Assert.Equal([("a", 1, 1L), ("a", 1, 1L)], Sent(calls));
        Assert.Equal(1, (await sent.WaitAsync(Patience)).Count);
    }

    [Fact]
    public async Task Send_WhoseWriterTheServerHasForgotten_IsUncertainWhereItMayHaveBeenMade()
    {
        await using var client = Hub.Client();
        var conversation = await JoinAsync(client);
        var first = conversation.SendCommentAsync("a");
        var call = (await Hub.CallsAsync("CreateComment"))[0];
        Hub.Tell(Hub.Accept(call));
        await first.WaitAsync(Patience);
        var uncertain = conversation.SendCommentAsync("b");
        await Hub.CallsAsync("CreateComment", count: 2);
        Hub.Link.End();
        await UntilAsync(() => conversation.SyncStatus == SyncStatus.Disconnected);
        var next = conversation.SendCommentAsync("c");

        var calls = await Hub.CallsAsync("CreateComment", count: 4, timeGoesOn: true);
        calls[2].Fail(ErrorCode.WriterGap);
        calls[3].Fail(ErrorCode.WriterGap);
        calls = await Hub.CallsAsync("CreateComment", count: 5);
        Hub.Tell(Hub.Accept(calls[4]));

        Assert.Equal([("a", 1, 1L), ("b", 1, 2L), ("b", 1, 2L), ("c", 1, 3L), ("c", 2, 1L)], Sent(calls));
        Assert.Equal(ClientErrors.Uncertain, (await Assert.ThrowsAsync<RealtimeException>(() => uncertain)).Code);
        Assert.Equal(2, (await next.WaitAsync(Patience)).Position.Sequence);
        Assert.Equal("a, c", Texts(conversation));
    }

    [Fact]
    public async Task Send_BeyondWhatMayWait_FailsAtOnce()
    {
        await using var client = Hub.Client(options => (options.MaximumPendingChanges, options.MaximumMessageBytes) = (1, 2048));
        var conversation = await JoinAsync(client);
        Assert.Equal(
            ErrorCode.PayloadTooLarge, Assert.Throws<RealtimeException>(() => { _ = conversation.SendCommentAsync(new string('a', 1023)); }).Code);
        var sent = conversation.SendCommentAsync("a");

        Assert.Equal(ClientErrors.QueueFull, Assert.Throws<RealtimeException>(() => { _ = conversation.SendCommentAsync("b"); }).Code);

        Assert.Equal("[a]", Texts(conversation));
        var call = (await Hub.CallsAsync("CreateComment"))[0];
        Hub.Tell(Hub.Accept(call));
        await sent.WaitAsync(Patience);
        _ = conversation.SendCommentAsync("b");
        Assert.Equal("a, [b]", Texts(conversation));
        Hub.PutOut("deleted");
    }

    [Fact]
    public async Task OnCommentCreated_TellsOwnOnesInTheirPlace()
    {
        await using var client = Hub.Client();
        var conversation = await JoinAsync(client);
        var (told, count) = (new ConcurrentQueue<string>(), new SemaphoreSlim(0));
        using var comments = conversation.OnCommentCreated(made =>
        {
            told.Enqueue(made.Comment.Content);
            count.Release();
        });

        _ = conversation.SendCommentAsync("b");
        var call = (await Hub.CallsAsync("CreateComment"))[0];
        Hub.Comment("a");
        var made = Hub.Accept(call);
        Hub.Answer(call, made);
        Hub.Tell(made);
        await count.WaitAsync(Patience);
        await count.WaitAsync(Patience);

        Assert.Equal(["a", "b"], told);
    }
}
