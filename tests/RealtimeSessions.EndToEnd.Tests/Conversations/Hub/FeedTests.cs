using RealtimeSessions.EndToEnd.Tests.Conversations.Setting;
using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.Testing;

namespace RealtimeSessions.EndToEnd.Tests.Conversations.Hub;

/// <summary>Who watches a space is told of the conversations that he sees there, and of no other.</summary>
public abstract class FeedTests(Deployment deployment) : ConversationTest(deployment)
{
    [Fact]
    public async Task Watch_OfConversationsOneSees_TellsOfTheirWholeLife()
    {
        var (space, bob) = await WatchAsync();

        var conversation = await Alice.MakeConversationAsync(
            new { name = "One", space_id = space, participants = new[] { new { user_id = Bob.Id } }, initial_comment = "Hello" });
        await Alice.CommentAsync(conversation, "A comment");
        await Alice.ChangeAsync(conversation, new { name = "Two" });
        await Alice.DeleteAsync(conversation);
        var told = await bob.TakeAsync(5);

        Assert.Equal(["ConversationCreated", "CommentCreated", "CommentCreated", "ConversationUpdated", "ConversationDeleted"], told.Select(callback => callback.Name));
        Assert.All(told, callback => Assert.Equal((conversation, space), (callback.Argument.Conversation(), callback.Argument.GetProperty("spaceId").GetInt64())));
        Assert.Equal([1, 2, 3, 4, 5], told.Sequences());
        Assert.Equal(Feeds(told).Order().Distinct(), Feeds(told));
        Assert.Equal("One", told[0].Argument.GetProperty("conversation").Text("name"));
        Assert.Equal(["Hello", "A comment"], told.Skip(1).Take(2).Select(callback => callback.Argument.Content()));
        Assert.Equal("Two", told[3].Argument.GetProperty("conversation").Text("name"));
        await bob.QuietAsync();
    }

    [Fact]
    public async Task Watch_OfConversationsOneDoesNotSee_TellsNothing()
    {
        var (space, bob) = await WatchAsync();
        var hidden = await Alice.MakeConversationAsync(space, Carol);
        await Alice.CommentAsync(hidden, "Not for Bob");
        await Alice.ChangeAsync(hidden, new { name = "Nor this" });
        await Alice.DeleteAsync(hidden);
        await Alice.MakeConversationAsync(new { name = "Mine", space_id = space, stakeholder = 0 });

        var seen = await Alice.MakeConversationAsync(space, Bob);

        Assert.Equal(seen, (await bob.NextAsync("ConversationCreated")).Conversation());
        await bob.QuietAsync();
    }

    [Fact]
    public async Task Watch_OfAConversationThatComesAndGoes_HasTheWholeAndThenTheEnd()
    {
        var (space, bob) = await WatchAsync();
        var conversation = await Alice.MakeConversationAsync(space, Carol);
        await Alice.CommentAsync(conversation, "Before");

        await Alice.InviteAsync(conversation, Bob, Carol);
        var come = await bob.NextAsync("ConversationUpdated");
        await Alice.CommentAsync(conversation, "Between");
        await bob.NextAsync("CommentCreated");
        await Alice.InviteAsync(conversation, Carol);
        await bob.LeavesAsync(conversation, "access_revoked", inFeed: true);
        await Alice.CommentAsync(conversation, "After");
        await Alice.DeleteAsync(conversation);
        var other = await Alice.MakeConversationAsync(space, Bob);

        var info = come.GetProperty("conversation");
        Assert.Equal(("A conversation", 2), (info.Text("name"), info.GetProperty("participants").GetArrayLength()));
        Assert.Equal(other, (await bob.NextAsync("ConversationCreated")).Conversation());
        await bob.QuietAsync();
    }

    [Fact]
    public async Task Watch_BesideAJoin_TellsTwice()
    {
        var (space, bob) = await WatchAsync();
        var conversation = await Alice.MakeConversationAsync(space, Bob);
        await bob.NextAsync("ConversationCreated");
        await bob.EnterAsync(conversation);

        await bob.CommentAsync(conversation, "Twice");
        var told = await bob.TakeAsync(2);

        Assert.Equal(["Twice", "Twice"], told.Select(callback => callback.Argument.Content()));
        Assert.Single(told, callback => callback.Argument.TryGetProperty("feed", out _));
        await Alice.InviteAsync(conversation);
        var left = await bob.TakeAsync(2);
        Assert.All(left, callback => Assert.Equal("ConversationLeft", callback.Name));
        Assert.Single(left, callback => callback.Argument.TryGetProperty("feed", out _));
        await bob.QuietAsync();
    }

    [Fact]
    public async Task Watch_WhenOwnMembershipChanges_BeginsAnew()
    {
        var space = await Alice.MakeSpaceAsync(Bob, Carol);
        var group = await Alice.MakeGroupAsync(space, Carol);
        var conversation = await Alice.MakeConversationAsync(new { name = "For a group", space_id = space, groups = new[] { new { group_id = group } } });
        var (bob, carol) = (await ConnectAsync(Bob, Second), await ConnectAsync(Carol));
        await bob.BeginWatchAsync(space);
        await carol.BeginWatchAsync(space);

        await Alice.CommentAsync(conversation, "Not for Bob");
        await Alice.SetGroupAsync(group, Bob, Carol);
        await bob.NextAsync("SpaceFeedReset");
        await Alice.CommentAsync(conversation, "For Bob");
        Assert.Equal("For Bob", (await bob.NextAsync("CommentCreated")).Content());
        await Alice.SetGroupAsync(group, Carol);
        await bob.NextAsync("SpaceFeedReset");
        await Alice.CommentAsync(conversation, "Nothing");
        await Alice.AddToSpaceAsync(space, Bob, role: 1);
        await bob.NextAsync("SpaceFeedReset");
        await Alice.Rest.DoAsync("DELETE", $"groups/{group}");

        // Of all this Carol has been in the group, until it was deleted.
        Assert.Equal(["Not for Bob", "For Bob", "Nothing"], (await carol.TakeAsync(3)).Select(callback => callback.Argument.Content()));
        await carol.NextAsync("SpaceFeedReset");
        await Alice.CommentAsync(conversation, "For nobody");
        var other = await Alice.MakeConversationAsync(space, Bob, Carol);
        foreach (var client in new[] { bob, carol })
        {
            Assert.Equal(other, (await client.NextAsync("ConversationCreated")).Conversation());
            await client.QuietAsync();
        }
    }

    [Fact]
    public async Task Watch_ByWhoIsRemovedFromTheSpace_Ends()
    {
        var (space, bob) = await WatchAsync();
        var conversation = await Alice.MakeConversationAsync(space, Bob, Carol);
        await bob.NextAsync("ConversationCreated");
        var carol = await ConnectAsync(Carol, Second);
        await carol.BeginWatchAsync(space);

        await Alice.RemoveFromSpaceAsync(space, Bob);
        await LeavesFeedAsync(bob, space, "access_revoked");
        await Alice.CommentAsync(conversation, "Not for Bob");
        await carol.NextAsync("CommentCreated");

        Assert.Equal("space_not_found", (await bob.WatchAsync(space).RefusedAsync()).Code);
        await bob.QuietAsync();
        await Alice.AddToSpaceAsync(space, Bob);
        await bob.BeginWatchAsync(space);
        await Alice.CommentAsync(conversation, "For Bob again");
        Assert.Equal("For Bob again", (await bob.NextAsync("CommentCreated")).Content());
    }

    [Fact]
    public async Task Watch_OfASpaceThatIsDeleted_Ends()
    {
        var (space, bob) = await WatchAsync();
        var alice = await ConnectAsync(Alice);
        await alice.BeginWatchAsync(space);

        await Alice.Rest.DoAsync("DELETE", $"spaces/{space}");

        foreach (var client in new[] { alice, bob })
        {
            await LeavesFeedAsync(client, space, "deleted");
            Assert.Equal("space_not_found", (await client.WatchAsync(space).RefusedAsync()).Code);
            await client.QuietAsync();
        }
    }

    [Fact]
    public async Task Watch_ByWhoIsNoMember_FindsNothing()
    {
        var space = await Alice.MakeSpaceAsync(Bob);
        var carol = await ConnectAsync(Carol, Second);

        Assert.Equal("space_not_found", (await carol.WatchAsync(space).RefusedAsync()).Code);
        Assert.Equal("space_not_found", (await carol.WatchAsync(space + 1_000_000).RefusedAsync()).Code);
    }

    [Fact]
    public async Task Unwatch_AfterWatch_EndsIt()
    {
        var (space, bob) = await WatchAsync();
        var alice = await ConnectAsync(Alice, Second);
        await alice.BeginWatchAsync(space);

        await bob.CallAsync("UnwatchSpace", new { spaceId = space });
        await Alice.MakeConversationAsync(space, Bob);
        await alice.NextAsync("ConversationCreated");

        await bob.QuietAsync();
    }

    private static IEnumerable<long> Feeds(IEnumerable<HubCallback> told) =>
        told.Select(callback => callback.Argument.GetProperty("feed").GetProperty("sequence").GetInt64()).ToArray();

    private static async Task LeavesFeedAsync(HubClient client, long space, string reason)
    {
        var left = await client.NextAsync("SpaceFeedLeft");
        Assert.Equal((space, reason), (left.GetProperty("spaceId").GetInt64(), left.Text("reason")));
    }

    /// <summary>A space of all three, which Bob watches.</summary>
    private async Task<(long Space, HubClient Bob)> WatchAsync()
    {
        var space = await Alice.MakeSpaceAsync(Bob, Carol);
        var bob = await ConnectAsync(Bob, Second);
        await bob.BeginWatchAsync(space);
        return (space, bob);
    }

    [Collection(EmbeddedDeployment.Name)]
    public sealed class Embedded(EmbeddedDeployment deployment) : FeedTests(deployment);

    [Collection(RedisDeployment.Name)]
    public sealed class Redis(RedisDeployment deployment) : FeedTests(deployment);
}
