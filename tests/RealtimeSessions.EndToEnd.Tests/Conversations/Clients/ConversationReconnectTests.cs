using System.Collections.Concurrent;
using RealtimeSessions.Client;
using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.Protocol.Conversations;

namespace RealtimeSessions.EndToEnd.Tests.Conversations.Clients;

/// <summary>Live conversations over connections that are lost.</summary>
public abstract class ConversationReconnectTests(Deployment deployment) : ConversationClientTest(deployment)
{
    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Comments_MadeOffline_ArriveInOrderAndOnce(RealtimeProtocol protocol)
    {
        var gate = Gate();
        var (alice, bob) = await JoinBothAsync(protocol, gate);
        gate.IsShut = true;
        gate.Cut();
        await UntilAsync(alice, SyncStatus.Disconnected);

        var sent = Enumerable.Range(0, 200).Select(i => alice.SendCommentAsync($"{i}")).ToArray();
        await bob.SendCommentAsync("bob's");
        Assert.Equal(string.Join(' ', Enumerable.Range(0, 200).Select(i => $"[{i}]")), Texts(alice.View));
        gate.IsShut = false;
        var acks = await Task.WhenAll(sent).WaitAsync(Patience);

        await AssertOnceInOrderAsync(alice, bob, 200);
        Assert.Equal(Callbacks.Range(3, 202), acks.Select(ack => ack.Position.Sequence));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Comments_WhileTheConnectionIsCutAgainAndAgain_ArriveInOrderAndOnce(RealtimeProtocol protocol)
    {
        var gate = Gate();
        var (alice, bob) = await JoinBothAsync(protocol, gate);
        var doubled = new ConcurrentQueue<string>();
        using var watching = alice.OnChange(view =>
        {
            if (view.Comments.DistinctBy(comment => comment.Comment.Content).Count() < view.Comments.Count)
            {
                doubled.Enqueue(Texts(view));
            }
        });
        var sent = new List<Task<CommentAck>>();
        for (var i = 0; i < 200; i++)
        {
            sent.Add(alice.SendCommentAsync($"{i}"));
            if (i % 40 == 20)
            {
                var held = gate.HoldAnswers();
                sent.Add(alice.SendCommentAsync($"{++i}"));
                await held.WaitAsync(Patience);
                await UntilAsync(bob, view => view.Comments.Count > i / 2);
                gate.Cut();
                gate.Release();

                // What is made after the cut is answered on the next connection only.
                sent.Add(alice.SendCommentAsync($"{++i}"));
                await sent[i].WaitAsync(Patience);
            }
        }

        await Task.WhenAll(sent).WaitAsync(Patience);

        await AssertOnceInOrderAsync(alice, bob, 200);
        Assert.Empty(doubled);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Comments_OfOthersMeanwhile_AreEachToldOnce(RealtimeProtocol protocol)
    {
        var gate = Gate();
        var (alice, bob) = await JoinBothAsync(protocol, gate);
        var (told, last) = (new ConcurrentQueue<long>(), new TaskCompletionSource());
        using var listening = alice.OnCommentCreated(made =>
        {
            told.Enqueue(made.Sequence);
            if (made.Sequence == 121)
            {
                last.SetResult();
            }
        });
        for (var i = 0; i < 4; i++)
        {
            gate.Cut();
            await Task.WhenAll(Enumerable.Range(0, 30).Select(n => bob.SendCommentAsync($"{i}.{n}")));
        }

        await UntilAsync(alice, view => view.Comments is [.., { Sequence: 121 }]);
        await UntilAsync(bob, view => view.Comments is [.., { Sequence: 121 }]);
        await UntilAsync(alice, SyncStatus.Synchronized);
        Assert.Equal(bob.Comments, alice.Comments, static (one, other) => one.Sequence == other.Sequence && one.Comment.CommentId == other.Comment.CommentId);
        await last.Task.WaitAsync(Patience);
        Assert.Equal(Callbacks.Range(2, 121), told);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Removal_WhileOffline_IsToldByTheRefusedJoin(RealtimeProtocol protocol)
    {
        var gate = Gate();
        var conversationId = await Setting.CreateAsync(await UserAsync("bob"));
        var bob = await Open("bob", protocol, gate).JoinConversationAsync(conversationId);
        var left = new TaskCompletionSource<string>();
        using var leaving = bob.OnLeft(left.SetResult);
        gate.IsShut = true;
        gate.Cut();
        await UntilAsync(bob, SyncStatus.Disconnected);
        var sent = bob.SendCommentAsync("unheard");

        await Setting.ChangeAsync(conversationId, new { participants = Array.Empty<object>() });
        gate.IsShut = false;

        Assert.Equal("conversation_not_found", await left.Task.WaitAsync(Patience));
        Assert.Equal(ClientErrors.Left, (await Assert.ThrowsAsync<RealtimeException>(() => sent)).Code);
        Assert.Equal("", Texts(bob.View));
    }

    /// <summary>Both, and the server, have alice's comments 0, 1, 2, … once and in this order.</summary>
    private async Task AssertOnceInOrderAsync(LiveConversation alice, LiveConversation bob, int count)
    {
        await UntilAsync(alice, SyncStatus.Synchronized);
        var head = alice.Position.Sequence;
        await UntilAsync(bob, view => view.Comments is [.., { Sequence: { } sequence }] && sequence == head);
        var server = await ListAsync(Open("alice"), alice.ConversationId);
        Assert.Equal(server.Select(placed => (placed.Sequence, placed.Comment.CommentId)), bob.Comments.Select(one => (one.Sequence!.Value, one.Comment.CommentId)));
        Assert.Equal(server.Select(placed => (placed.Sequence, placed.Comment.CommentId)), alice.Comments.Select(one => (one.Sequence!.Value, one.Comment.CommentId)));
        var own = server.Where(placed => placed.Comment.CreatorId == alice.UserId).Select(placed => placed.Comment.Content);
        Assert.Equal(Enumerable.Range(0, count).Select(i => $"{i}"), own);
    }

    [Collection(EmbeddedDeployment.Name)]
    public sealed class Embedded(EmbeddedDeployment deployment) : ConversationReconnectTests(deployment);

    [Collection(RedisDeployment.Name)]
    public sealed class Redis(RedisDeployment deployment) : ConversationReconnectTests(deployment);
}
