using System.Collections.Concurrent;
using RealtimeSessions.Client;
using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Conversations;

namespace RealtimeSessions.EndToEnd.Tests.Conversations.Clients;

/// <summary>The feed of a space while its conversations change, and connections are cut.</summary>
public abstract class SpaceFeedTests(Deployment deployment) : ConversationClientTest(deployment)
{
    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Feed_WhoseConnectionsAreCut_TellsWhatAnotherTells(RealtimeProtocol protocol)
    {
        var gate = Gate();
        var bob = await UserAsync("bob");
        var conversationId = await Setting.CreateAsync(bob);
        var client = Open("bob", protocol, gate);
        await using var conversation = await client.JoinConversationAsync(conversationId);
        var spaceId = conversation.Info.SpaceId!.Value;
        await using var cut = await client.WatchSpaceAsync(spaceId);
        await using var uncut = await Open("bob", protocol).WatchSpaceAsync(spaceId);
        var (atCut, atUncut) = (Listen(cut), Listen(uncut));
        var left = new TaskCompletionSource<string>();
        using var leaving = cut.OnLeft(left.SetResult);

        for (var round = 0; round < 60; round++)
        {
            switch (round % 5)
            {
                case 0: await Setting.ChangeAsync(conversationId, new { name = $"name {round}" }); break;
                case 3 when round % 20 == 3:
                    await Setting.ChangeAsync(conversationId, new { participants = Array.Empty<object>() });
                    await Setting.ChangeAsync(conversationId, new { participants = new[] { new { user_id = bob } } });
                    break;
                default: await Setting.CommentAsync(conversationId, $"comment {round}"); break;
            }

            if (round % 12 == 7)
            {
                gate.Cut();
            }
        }

        await Setting.DeleteAsync(conversationId);
        var told = await Task.WhenAll(atCut(), atUncut());

        Assert.Equal(told[1].Select(next => (next.Position, next.Event?.EventId)), told[0].Select(next => (next.Position, next.Event?.EventId)));
        Assert.Equal((15, 45, 3), (Count<ConversationUpdated>(), Count<CommentCreated>(), told[0].Count(next => next.Event is null)));
        Assert.Equal(told[0].Select(next => next.Position.Sequence).Distinct().Order(), told[0].Select(next => next.Position.Sequence));
        Assert.Equal(SyncStatus.Disconnected, conversation.SyncStatus);

        using var alice = await RestClient.SignInAsync(First, "alice");
        await alice.DoAsync("DELETE", $"spaces/{spaceId}/participants/{bob}");
        Assert.Equal("access_revoked", await left.Task.WaitAsync(Patience));

        int Count<T>() => told[0].Count(next => next.Event is T);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Watch_OfAnUnknownSpace_IsRefused(RealtimeProtocol protocol)
    {
        var exception = await Assert.ThrowsAsync<RealtimeException>(() => Open("bob", protocol).WatchSpaceAsync(999_999_999));

        Assert.Equal(ErrorCode.SpaceNotFound, exception.Code);
    }

    /// <returns>What was told until the conversation was deleted.</returns>
    private static Func<Task<List<SpaceEvent>>> Listen(SpaceFeed feed)
    {
        var told = new BlockingCollection<SpaceEvent>();
        feed.OnEvent(told.Add);
        return () => Task.Run(() =>
        {
            var all = new List<SpaceEvent>();
            while (told.TryTake(out var next, Patience))
            {
                if (next.Event is ConversationDeleted)
                {
                    return all;
                }

                all.Add(next);
            }

            throw new TimeoutException("The end has not come.");
        });
    }

    [Collection(EmbeddedDeployment.Name)]
    public sealed class Embedded(EmbeddedDeployment deployment) : SpaceFeedTests(deployment);

    [Collection(RedisDeployment.Name)]
    public sealed class Redis(RedisDeployment deployment) : SpaceFeedTests(deployment);
}
