using System.Text.Json;
using RealtimeSessions.EndToEnd.Tests.Conversations.Setting;
using RealtimeSessions.EndToEnd.Tests.Deployments;

namespace RealtimeSessions.EndToEnd.Tests.Conversations.Hub;

/// <summary>A watcher of a space goes on where it was, and hears of positions where there was nothing for it.</summary>
public abstract class FeedResumeTests(Deployment deployment) : ConversationTest(deployment)
{
    [Fact]
    public async Task Watch_SinceTheLastFeed_LosesAndDoublesNothing()
    {
        var (space, _, conversation, hidden) = await MakeAsync();
        var bob = await ConnectAsync(Bob, Second);
        await bob.BeginWatchAsync(space);
        var expected = new List<string>();
        var received = new List<string>();
        for (var round = 0; round < 10; round++)
        {
            for (var n = 0; n < 5; n++)
            {
                expected.Add($"{round}.{n}");
                await Alice.CommentAsync(conversation, expected[^1]);
                await Alice.CommentAsync(hidden, "Not for Bob");
            }

            // It goes on from somewhere in the midst of them.
            var taken = await bob.TakeAsync(round % 5 + 1);
            received.AddRange(taken.Select(callback => callback.Argument.Content()));
            bob = await ConnectAsync(Bob, round % 2 == 0 ? First : Second);
            var watched = await bob.WatchAsync(space, taken[^1].Argument.GetProperty("feed"));
            Assert.True(watched.GetProperty("recovered").GetBoolean());
            received.AddRange((await bob.TakeAsync(expected.Count - received.Count)).Select(callback => callback.Argument.Content()));
            await bob.QuietAsync();
        }

        Assert.Equal(expected, received);
    }

    [Fact]
    public async Task Watch_SinceBeforeOwnMembershipChanged_BeginsAnewWhereItDid()
    {
        var (space, group, conversation, hidden) = await MakeAsync();
        var bob = await ConnectAsync(Bob, Second);
        var reset = await bob.BeginWatchAsync(space);
        bob.Cut();
        await Alice.CommentAsync(conversation, "Before");
        await Alice.SetGroupAsync(group, Bob);
        await Alice.CommentAsync(hidden, "After");

        var again = await ConnectAsync(Bob);
        var watched = await again.WatchAsync(space, reset.At());
        var told = await again.TakeAsync(2);

        Assert.True(watched.GetProperty("recovered").GetBoolean());
        Assert.Equal(["SpaceFeedReset", "CommentCreated"], told.Select(callback => callback.Name));
        Assert.Equal((reset.Sequence() + 2, reset.Sequence() + 3), (told[0].Argument.Sequence(), Feed(told[1].Argument)));
        Assert.Equal("After", told[1].Argument.Content());
        await again.QuietAsync();
    }

    [Fact]
    public async Task Watch_SinceBeforeWhatOneHasNeverSeen_DoesNotTellOfIt()
    {
        var (space, group, _, hidden) = await MakeAsync();
        var bob = await ConnectAsync(Bob, Second);
        var reset = await bob.BeginWatchAsync(space);
        bob.Cut();

        // While Bob is out, it is for everybody; when he is back, it is not; and the group is not his before it is no longer for the group.
        await Alice.RemoveFromSpaceAsync(space, Bob);
        await Alice.ChangeAsync(hidden, new { stakeholder = 2 });
        await Alice.CommentAsync(hidden, "For everybody but Bob");
        await Alice.ChangeAsync(hidden, new { stakeholder = 1 });
        await Alice.CommentAsync(hidden, "For the group");
        await Alice.ChangeAsync(hidden, new { groups = Array.Empty<object>() });
        await Alice.AddToSpaceAsync(space, Bob);
        await Alice.SetGroupAsync(group, Bob);

        var again = await ConnectAsync(Bob);
        await again.WatchAsync(space, reset.At());
        var seen = await Alice.MakeConversationAsync(space, Bob);
        var told = await again.TakeAsync(2);

        Assert.Equal(["SpaceFeedReset", "ConversationCreated"], told.Select(callback => callback.Name));
        Assert.Equal(seen, told[^1].Argument.Conversation());
        await again.QuietAsync();
    }

    [Fact]
    public async Task Watch_SinceWhileAConversationWasHidden_IsToldThatItIsGone()
    {
        var (space, _, conversation, _) = await MakeAsync();
        var bob = await ConnectAsync(Bob, Second);
        var reset = await bob.BeginWatchAsync(space);
        bob.Cut();
        await Alice.InviteAsync(conversation);
        await Alice.CommentAsync(conversation, "Not for Bob");

        var again = await ConnectAsync(Bob);
        await again.WatchAsync(space, reset.At());

        await again.LeavesAsync(conversation, "access_revoked", inFeed: true);
        await again.QuietAsync();
    }

    [Fact]
    public async Task Watch_SinceWhereNothingContinues_BeginsAnew()
    {
        var (space, _, _, _) = await MakeAsync();
        var bob = await ConnectAsync(Bob, Second);
        var head = await bob.BeginWatchAsync(space);

        foreach (var since in new[] { head.At(sequence: head.Sequence() + 1), (object)new { epoch = "other", sequence = 1 } })
        {
            Assert.False((await bob.WatchAsync(space, since)).GetProperty("recovered").GetBoolean());
            Assert.Equal(head.Sequence(), (await bob.NextAsync("SpaceFeedReset")).Sequence());
        }

        Assert.True((await bob.WatchAsync(space, head.At())).GetProperty("recovered").GetBoolean());
        await bob.QuietAsync();
    }

    [Fact]
    public async Task Position_WhereNothingWasForTheWatcher_ComesAllTheSame()
    {
        var (space, _, conversation, hidden) = await MakeAsync();
        var bob = await ConnectAsync(Bob, Second);
        var reset = await bob.BeginWatchAsync(space);
        await Alice.CommentAsync(hidden, "Not for Bob");

        var position = await bob.NextAsync("SpaceFeedPosition");
        await Alice.CommentAsync(conversation, "For Bob");
        bob.Cut();
        var again = await ConnectAsync(Bob);
        var watched = await again.WatchAsync(space, position.At());

        Assert.Equal((space, reset.Epoch(), reset.Sequence() + 1), (position.GetProperty("spaceId").GetInt64(), position.Epoch(), position.Sequence()));
        Assert.True(watched.GetProperty("recovered").GetBoolean());
        Assert.Equal("For Bob", (await again.NextAsync("CommentCreated")).Content());
        await again.QuietAsync();
    }

    private static long Feed(JsonElement argument) => argument.GetProperty("feed").GetProperty("sequence").GetInt64();

    /// <summary>A space with a conversation for Bob, and one for a group that he is not in.</summary>
    private async Task<(long Space, long Group, long Conversation, long Hidden)> MakeAsync()
    {
        var space = await Alice.MakeSpaceAsync(Bob, Carol);
        var group = await Alice.MakeGroupAsync(space);
        var hidden = await Alice.MakeConversationAsync(new { name = "Hidden", space_id = space, groups = new[] { new { group_id = group } } });
        return (space, group, await Alice.MakeConversationAsync(space, Bob), hidden);
    }

    [Collection(EmbeddedDeployment.Name)]
    public sealed class Embedded(EmbeddedDeployment deployment) : FeedResumeTests(deployment);

    [Collection(RedisDeployment.Name)]
    public sealed class Redis(RedisDeployment deployment) : FeedResumeTests(deployment);
}
