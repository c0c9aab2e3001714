using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Conversations;

namespace RealtimeSessions.Client.Tests.Conversations;

/// <summary>Joining, reading and leaving a conversation.</summary>
public sealed class LiveConversationTests : ConversationTest
{
    [Fact]
    public async Task Join_ThatIsTaken_GivesTheLatestComments()
    {
        Hub.Comment("a", isTold: false);
        Hub.Comment("b", isTold: false);
        Hub.Comment("c", isTold: false);
        await using var client = Hub.Client();

        var conversation = await JoinAsync(client);

        Assert.Equal("b, c", Texts(conversation));
        Assert.Equal([2L, 3L], conversation.Comments.Select(comment => comment.Sequence));
        Assert.Equal(("Plans", true, 1L), (conversation.Info.Name, conversation.HasEarlier, conversation.UserId));
        Assert.Equal((new Position("e1", 3), SyncStatus.Synchronized), (conversation.Position, conversation.SyncStatus));
    }

    [Fact]
    public async Task Join_ThatIsRefused_ThrowsAndCanBeTriedAgain()
    {
        Hub.Refusal = ErrorCode.ConversationNotFound;
        await using var client = Hub.Client();

        var exception = await Assert.ThrowsAsync<RealtimeException>(() => JoinAsync(client));
        Hub.Refusal = null;
        await JoinAsync(client);

        Assert.Equal(ErrorCode.ConversationNotFound, exception.Code);
    }

    [Fact]
    public async Task Events_ThatComeInAnotherOrder_ShowInTheirs()
    {
        await using var client = Hub.Client();
        var conversation = await JoinAsync(client);
        var first = Hub.Comment("a", isTold: false);
        Hub.Comment("b");

        Assert.Equal(("", SyncStatus.Synchronizing), (Texts(conversation), conversation.SyncStatus));
        Hub.Tell(first);
        Hub.Tell(first);

        Assert.Equal("a, b", Texts(conversation));
        Assert.Equal((2L, SyncStatus.Synchronized), (conversation.Position.Sequence, conversation.SyncStatus));
    }

    [Fact]
    public async Task Events_OfWhichOneDoesNotCome_AreAskedForAgain()
    {
        await using var client = Hub.Client();
        var conversation = await JoinAsync(client);
        Hub.Comment("a", isTold: false);
        Hub.Comment("b");

        Hub.Time.Advance(TimeSpan.FromSeconds(10));
        var join = (JoinConversationRequest)(await Hub.CallsAsync("JoinConversation", count: 2))[1].Request;
        await UntilAsync(() => conversation.SyncStatus == SyncStatus.Synchronized);

        Assert.Equal(0, join.Since!.Sequence);
        Assert.Equal("a, b", Texts(conversation));
    }

    [Fact]
    public async Task Update_OfTheConversation_ReplacesItWhole()
    {
        await using var client = Hub.Client();
        var conversation = await JoinAsync(client);
        Hub.Comment("a");

        Hub.Rename("Other plans");

        Assert.Equal(("Other plans", 2L), (conversation.Info.Name, conversation.Position.Sequence));
        Assert.Equal("a", Texts(conversation));
    }

    [Fact]
    public async Task Reconnect_ThatCanResume_MissesNothing()
    {
        await using var client = Hub.Client();
        var conversation = await JoinAsync(client);
        var told = new List<string>();
        var isTold = new TaskCompletionSource();
        using var comments = conversation.OnCommentCreated(made =>
        {
            told.Add(made.Comment.Content);
            if (told.Count == 3)
            {
                isTold.SetResult();
            }
        });
        var last = Hub.Comment("a");
        Hub.Link.End();
        Hub.Comment("b", isTold: false);
        Hub.Comment("c", isTold: false);

        var join = (JoinConversationRequest)(await Hub.CallsAsync("JoinConversation", count: 2, timeGoesOn: true))[1].Request;
        await isTold.Task.WaitAsync(Patience);

        Assert.Equal(("e1", 1L, last.EventId), (join.Since!.Epoch, join.Since.Sequence, join.Since.EventId));
        Assert.Equal("a, b, c", Texts(conversation));
        Assert.Equal(["a", "b", "c"], told);
    }

    [Fact]
    public async Task Reconnect_ThatCannotResume_ReplacesWhatIsHeld()
    {
        await using var client = Hub.Client();
        var conversation = await JoinAsync(client);
        var reset = new TaskCompletionSource<Position>();
        using var resets = conversation.OnReset(reset.SetResult);
        Hub.Comment("a");
        Hub.Link.End();
        Hub.Epoch = "e2";
        Hub.Log.Clear();
        Hub.Comment("x", isTold: false);

        await UntilAsync(() => reset.Task.IsCompleted);

        Assert.Equal(new Position("e2", 1), await reset.Task);
        Assert.Equal("x", Texts(conversation));
    }

    [Fact]
    public async Task OnChange_TellsCommentsTheConversationAndTheOwnOnes()
    {
        await using var client = Hub.Client();
        var conversation = await JoinAsync(client);
        var told = new TaskCompletionSource();
        using var changes = conversation.OnChange(view =>
        {
            if (view is { Info.Name: "Other plans", Comments: [{ IsPending: false }, { IsPending: true }] })
            {
                told.TrySetResult();
            }
        });

        Hub.Comment("a");
        _ = conversation.SendCommentAsync("b");
        Hub.Rename("Other plans");

        await told.Task.WaitAsync(Patience);
        Hub.PutOut("deleted");
    }

    [Fact]
    public async Task Left_ByTheServer_EndsItAndWhatIsOnItsWay()
    {
        await using var client = Hub.Client();
        var conversation = await JoinAsync(client);
        var left = new TaskCompletionSource<string>();
        using var registration = conversation.OnLeft(left.SetResult);
        Hub.Comment("a");
        var sent = conversation.SendCommentAsync("b");
        Hub.PutOut("access_revoked", feed: new Position("e1", 5)); // That is about a feed.
        Assert.False(left.Task.IsCompleted);

        Hub.PutOut("access_revoked");
        Hub.Comment("c");

        Assert.Equal("access_revoked", await left.Task.WaitAsync(Patience));
        Assert.Equal(ClientErrors.Uncertain, (await Assert.ThrowsAsync<RealtimeException>(() => sent)).Code);
        Assert.Equal(("a", SyncStatus.Disconnected), (Texts(conversation), conversation.SyncStatus));
        Assert.Equal(ClientErrors.Left, Assert.Throws<RealtimeException>(() => { _ = conversation.SendCommentAsync("d"); }).Code);
        Assert.Equal(ClientErrors.Left, (await Assert.ThrowsAsync<RealtimeException>(() => conversation.LoadEarlierAsync())).Code);
    }

    [Fact]
    public async Task Feed_OfASpace_IsNotTheConversations()
    {
        await using var client = Hub.Client();
        var conversation = await JoinAsync(client);
        var first = Hub.Comment("a", isTold: false);

        Hub.Tell(first with { SpaceId = 3, Feed = new Position("e1", 5) });
        Assert.Equal(("", 0L), (Texts(conversation), conversation.Position.Sequence));
        Hub.Tell(first);

        Assert.Equal("a", Texts(conversation));
    }

    [Fact]
    public async Task Leave_ByTheLastWhoHasJoined_WaitsForAnswersAndTellsTheServer()
    {
        await using var client = Hub.Client();
        var first = await JoinAsync(client);
        var second = await JoinAsync(client);
        await first.DisposeAsync();
        var sent = second.SendCommentAsync("a");

        var leaving = second.LeaveAsync();
        var call = (await Hub.CallsAsync("CreateComment"))[0];
        Assert.False(leaving.IsCompleted);
        Hub.Answer(call, Hub.Accept(call));
        await leaving.WaitAsync(Patience);

        Assert.Equal(1, (await sent.WaitAsync(Patience)).Position.Sequence);
        Assert.Equal(["JoinConversation", "CreateComment", "LeaveConversation"], Hub.Link.Calls.Select(one => one.Method));
    }
}
