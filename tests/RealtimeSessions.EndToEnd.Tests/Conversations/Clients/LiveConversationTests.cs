using System.Collections.Concurrent;
using System.Globalization;
using RealtimeSessions.Client;
using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Conversations;

namespace RealtimeSessions.EndToEnd.Tests.Conversations.Clients;

/// <summary>Live conversations over connections that stand.</summary>
public abstract class LiveConversationTests(Deployment deployment) : ConversationClientTest(deployment)
{
    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Join_OfWhatIsThere_HasTheConversationAndItsComments(RealtimeProtocol protocol)
    {
        var bob = await UserAsync("bob");
        var conversationId = await Setting.CreateAsync(bob);
        await Setting.CommentAsync(conversationId, "a #roof", $"b @user:{bob}");

        var joined = await Open("bob", protocol).JoinConversationAsync(conversationId);

        Assert.Equal($"a #roof b @user:{bob}", Texts(joined.View));
        Assert.Equal(("Plans", false, bob), (joined.Info.Name, joined.HasEarlier, joined.UserId));
        Assert.Equal(["roof"], joined.Info.Tags);
        Assert.Equal([bob], joined.Comments[1].Comment.Mentions.Select(mention => mention.UserId!.Value));
        Assert.Equal((3L, SyncStatus.Synchronized), (joined.Position.Sequence, joined.SyncStatus));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Join_OfWhatOneDoesNotSee_IsRefused(RealtimeProtocol protocol)
    {
        var conversationId = await Setting.CreateAsync();

        var exception = await Assert.ThrowsAsync<RealtimeException>(() => Open("bob", protocol).JoinConversationAsync(conversationId));

        Assert.Equal(ErrorCode.ConversationNotFound, exception.Code);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Comments_OfTwo_ComeToBothInOneOrder(RealtimeProtocol protocol)
    {
        var (alice, bob) = await JoinBothAsync(protocol);
        var (told, last) = (new ConcurrentQueue<CommentCreated>(), new TaskCompletionSource());
        using var listening = bob.OnCommentCreated(comment =>
        {
            told.Enqueue(comment);
            if (comment.Sequence == 102)
            {
                last.TrySetResult();
            }
        });

        var first = alice.SendCommentAsync("a0", CommentPriority.Important);
        Assert.Equal("[a0]", Texts(alice.View));
        var sent = Enumerable.Range(1, 50).SelectMany(i => new[] { alice.SendCommentAsync($"a{i}"), bob.SendCommentAsync($"b{i}") }).ToArray();
        var acks = await Task.WhenAll([first, .. sent]).WaitAsync(Patience);
        await UntilAsync(alice, view => view.Comments.Count(comment => !comment.IsPending) == 101);
        await UntilAsync(bob, view => view.Comments.Count(comment => !comment.IsPending) == 101);

        Assert.Equal(alice.Comments.Select(one => (one.Sequence, one.Comment.CommentId, one.Comment.Content)), bob.Comments.Select(one => (one.Sequence, one.Comment.CommentId, one.Comment.Content)));
        Assert.Equal(Callbacks.Range(2, 102), alice.Comments.Select(comment => comment.Sequence!.Value));
        Assert.Equal(alice.Comments.Select(one => one.Comment.CommentId).Order(), acks.Select(ack => ack.CommentId).Order());
        Assert.Equal((CommentPriority.Important, 1), (bob.Comments.Single(one => one.Comment.Content == "a0").Comment.Priority, acks[0].Count));
        foreach (var (who, userId) in new[] { ('a', alice.UserId), ('b', bob.UserId) })
        {
            var own = bob.Comments.Where(comment => comment.Comment.CreatorId == userId).Select(comment => comment.Comment.Content);
            Assert.Equal(Enumerable.Range(who == 'a' ? 0 : 1, who == 'a' ? 51 : 50).Select(i => $"{who}{i}"), own);
        }

        // Handlers are told after what the view shows.
        await last.Task.WaitAsync(Patience);
        Assert.Equal(Callbacks.Range(2, 102), told.Select(one => one.Sequence));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Comment_ThatIsRefused_ShowsNoLongerAndBlocksNothing(RealtimeProtocol protocol)
    {
        var (alice, bob) = await JoinBothAsync(protocol);
        var (refused, both) = (new ConcurrentQueue<RefusedComment>(), new TaskCompletionSource());
        using var refusals = bob.OnRefused(comment =>
        {
            refused.Enqueue(comment);
            if (refused.Count == 2)
            {
                both.TrySetResult();
            }
        });

        Task<CommentAck>[] sent =
        [
            bob.SendCommentAsync("before"), bob.SendCommentAsync("@user:999999999"), bob.SendCommentAsync("between"),
            bob.SendCommentAsync(new string('x', 10_001)), bob.SendCommentAsync("after"),
        ];
        var outcomes = await Task.WhenAll(sent.Select(one => Record.ExceptionAsync(() => one))).WaitAsync(Patience);
        await UntilAsync(alice, "before between after");
        await UntilAsync(bob, "before between after");

        Assert.Equal(
            [null, ErrorCode.MentionNotFound, null, ErrorCode.InvalidArgument, null], outcomes.Select(outcome => (outcome as RealtimeException)?.Code));
        await both.Task.WaitAsync(Patience);
        Assert.Equal([ErrorCode.MentionNotFound, ErrorCode.InvalidArgument], refused.Select(comment => comment.Error.Code).OrderBy(code => code.Number));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task LoadEarlier_PageByPage_ComesToTheFirst(RealtimeProtocol protocol)
    {
        var conversationId = await Setting.CreateAsync();
        var contents = Enumerable.Range(0, 330).Select(i => i.ToString(CultureInfo.InvariantCulture)).ToArray();
        await Setting.CommentAsync(conversationId, contents);
        await Setting.ChangeAsync(conversationId, new { name = "Other plans" });
        var alice = await Open("alice", protocol).JoinConversationAsync(conversationId);
        Assert.Equal((contents[230], 100, true), (alice.Comments[0].Comment.Content, alice.Comments.Count, alice.HasEarlier));

        var loaded = new List<int>();
        while (alice.HasEarlier)
        {
            loaded.Add(await alice.LoadEarlierAsync(loaded.Count == 0 ? 30 : 100));
        }

        Assert.Equal([30, 100, 100], loaded);
        Assert.Equal(contents, alice.Comments.Select(comment => comment.Comment.Content));
        Assert.Equal(Callbacks.Range(2, 331), alice.Comments.Select(comment => comment.Sequence!.Value));
        Assert.Equal(0, await alice.LoadEarlierAsync());
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Change_OfTheConversation_IsThatOfBoth(RealtimeProtocol protocol)
    {
        var (alice, bob) = await JoinBothAsync(protocol);
        await bob.SendCommentAsync("so #soon");

        await Setting.ChangeAsync(alice.ConversationId, new { name = "Other plans", details = "#all of it" });

        foreach (var one in new[] { alice, bob })
        {
            await UntilAsync(one, view => view.Info.Name == "Other plans");
            Assert.Equal(["all", "soon"], one.Info.Tags.Order());
            Assert.Equal("so #soon", Texts(one.View));
        }
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Removal_OfAParticipant_EndsItForHim(RealtimeProtocol protocol)
    {
        var (alice, bob) = await JoinBothAsync(protocol);
        var left = new TaskCompletionSource<string>();
        using var leaving = bob.OnLeft(left.SetResult);
        await bob.SendCommentAsync("a");
        await UntilAsync(bob, "a");

        await Setting.ChangeAsync(alice.ConversationId, new { participants = Array.Empty<object>() });

        Assert.Equal("access_revoked", await left.Task.WaitAsync(Patience));
        Assert.Equal(ClientErrors.Left, Assert.Throws<RealtimeException>(() => { _ = bob.SendCommentAsync("b"); }).Code);
        await alice.SendCommentAsync("c");
        await UntilAsync(alice, "a c");
        Assert.Equal(("a", SyncStatus.Disconnected), (Texts(bob.View), bob.SyncStatus));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Deletion_EndsItForBoth(RealtimeProtocol protocol)
    {
        var (alice, bob) = await JoinBothAsync(protocol);

        await Setting.DeleteAsync(alice.ConversationId);

        foreach (var one in new[] { alice, bob })
        {
            var left = new TaskCompletionSource<string>();
            using var leaving = one.OnLeft(left.SetResult);
            Assert.Equal("deleted", await left.Task.WaitAsync(Patience));
        }
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Join_AfterLeaving_IsInAgain(RealtimeProtocol protocol)
    {
        var (alice, _) = await JoinBothAsync(protocol);
        var client = Open("bob", protocol);
        for (var i = 1; i <= 5; i++)
        {
            await using var again = await client.JoinConversationAsync(alice.ConversationId);
            _ = alice.SendCommentAsync($"{i}");
            await UntilAsync(again, string.Join(' ', Enumerable.Range(1, i)));
        }
    }

    [Collection(EmbeddedDeployment.Name)]
    public sealed class Embedded(EmbeddedDeployment deployment) : LiveConversationTests(deployment);

    [Collection(RedisDeployment.Name)]
    public sealed class Redis(RedisDeployment deployment) : LiveConversationTests(deployment);
}
