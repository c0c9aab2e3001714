using RealtimeSessions.EndToEnd.Tests.Conversations.Setting;
using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.Testing;

namespace RealtimeSessions.EndToEnd.Tests.Conversations.Hub;

/// <summary>Who ceases to see a conversation that he has joined is told so, whatever it was by, and nothing more.</summary>
public abstract class RevocationTests(Deployment deployment) : ConversationTest(deployment)
{
    [Fact]
    public async Task Deletion_OfTheConversation_TakesEverybodyOut()
    {
        var conversation = await Alice.MakeConversationAsync(await Alice.MakeSpaceAsync(Bob), Bob);
        var (alice, bob) = (await ConnectAsync(Alice), await ConnectAsync(Bob, Second));
        await alice.EnterAsync(conversation);
        await bob.EnterAsync(conversation);

        await Alice.DeleteAsync(conversation);

        foreach (var client in new[] { alice, bob })
        {
            await client.LeavesAsync(conversation, "deleted");
            Assert.Equal("conversation_not_found", (await client.JoinAsync(conversation).RefusedAsync()).Code);
            Assert.Equal("conversation_not_found", (await client.CommentAsync(conversation, "Late").RefusedAsync()).Code);
            await client.QuietAsync();
        }
    }

    [Fact]
    public async Task Deletion_OfTheSpace_TakesEverybodyOut()
    {
        var space = await Alice.MakeSpaceAsync(Bob);
        var conversation = await Alice.MakeConversationAsync(space, Bob);
        var (alice, bob) = (await ConnectAsync(Alice), await ConnectAsync(Bob, Second));
        await alice.EnterAsync(conversation);
        await bob.EnterAsync(conversation);

        await Alice.Rest.DoAsync("DELETE", $"spaces/{space}");

        foreach (var client in new[] { alice, bob })
        {
            await client.LeavesAsync(conversation, "deleted");
            Assert.Equal("conversation_not_found", (await client.JoinAsync(conversation).RefusedAsync()).Code);
            await client.QuietAsync();
        }
    }

    [Fact]
    public async Task Removal_FromTheParticipants_EndsAndIsNotShown()
    {
        var conversation = await Alice.MakeConversationAsync(await Alice.MakeSpaceAsync(Bob, Carol), Bob, Carol);
        await RevokesAsync(conversation, () => Alice.InviteAsync(conversation, Carol), () => Alice.InviteAsync(conversation, Carol, Bob), told: 1);
    }

    [Fact]
    public async Task Removal_OfTheGroup_EndsAndIsNotShown()
    {
        var space = await Alice.MakeSpaceAsync(Bob, Carol);
        var group = await Alice.MakeGroupAsync(space, Bob);
        object With(params long[] groups) => new
        {
            name = "For a group",
            space_id = space,
            participants = new[] { new { user_id = Carol.Id } },
            groups = groups.Select(id => new { group_id = id }),
        };
        var conversation = await Alice.MakeConversationAsync(With(group));
        await RevokesAsync(conversation, () => Alice.ChangeAsync(conversation, With()), () => Alice.ChangeAsync(conversation, With(group)), told: 1);
    }

    [Fact]
    public async Task Removal_FromTheGroup_Ends()
    {
        var space = await Alice.MakeSpaceAsync(Bob, Carol);
        var group = await Alice.MakeGroupAsync(space, Bob, Carol);
        var conversation = await Alice.MakeConversationAsync(new { name = "For a group", space_id = space, groups = new[] { new { group_id = group } } });
        await RevokesAsync(conversation, () => Alice.SetGroupAsync(group, Carol), () => Alice.SetGroupAsync(group, Bob, Carol), told: 0);
    }

    [Fact]
    public async Task Removal_FromTheSpace_Ends()
    {
        var space = await Alice.MakeSpaceAsync(Bob, Carol);
        var conversation = await Alice.MakeConversationAsync(space, Bob, Carol);
        await RevokesAsync(conversation, () => Alice.RemoveFromSpaceAsync(space, Bob), () => Alice.AddToSpaceAsync(space, Bob), told: 0);
    }

    [Fact]
    public async Task Departure_FromTheSpaceByOneself_Ends()
    {
        var space = await Alice.MakeSpaceAsync(Bob, Carol);
        var conversation = await Alice.MakeConversationAsync(space, Bob, Carol);
        await RevokesAsync(conversation, () => Bob.RemoveFromSpaceAsync(space, Bob), () => Alice.AddToSpaceAsync(space, Bob), told: 0);
    }

    [Fact]
    public async Task Stakeholder_ChangedFromEveryone_EndsAndIsNotShown()
    {
        var space = await Alice.MakeSpaceAsync(Bob, Carol);
        var conversation = await Alice.MakeConversationAsync(
            new { name = "For everyone", space_id = space, stakeholder = 2, participants = new[] { new { user_id = Carol.Id } } });
        await RevokesAsync(
            conversation, () => Alice.ChangeAsync(conversation, new { stakeholder = 1 }), () => Alice.ChangeAsync(conversation, new { stakeholder = 2 }), told: 1);
    }

    [Fact]
    public async Task Creator_RemovedFromTheSpace_IsOutToo()
    {
        var space = await Alice.MakeSpaceAsync(Bob, Carol);
        var conversation = await Bob.MakeConversationAsync(space, Alice, Carol);
        await RevokesAsync(conversation, () => Alice.RemoveFromSpaceAsync(space, Bob), () => Alice.AddToSpaceAsync(space, Bob), told: 0);
    }

    [Fact]
    public async Task Removal_WhileCommentsComeWithoutPause_IsTheEnd()
    {
        var conversation = await Alice.MakeConversationAsync(await Alice.MakeSpaceAsync(Bob, Carol), Bob, Carol);
        var (alice, bob, carol) = (await ConnectAsync(Alice), await ConnectAsync(Bob, Second), await ConnectAsync(Carol, Second));
        for (var round = 0; round < 5; round++)
        {
            var reset = await bob.EnterAsync(conversation);
            await carol.EnterAsync(conversation);
            var before = Enumerable.Range(0, 100).Select(n => alice.CommentAsync(conversation, $"{n}")).ToArray();
            await bob.TakeAsync(1);

            var removal = Alice.InviteAsync(conversation, Carol);
            var after = Enumerable.Range(0, 100).Select(n => alice.CommentAsync(conversation, $"{n}")).ToArray();
            await Task.WhenAll([removal, .. before, .. after]);
            var received = await carol.TakeAsync(201);
            var shut = received.Single(callback => callback.Name == "ConversationUpdated").Argument.Sequence();
            var told = new List<HubCallback>();
            while (told is not [.., { Name: "ConversationLeft" }])
            {
                told.AddRange(await bob.TakeAsync(1));
            }

            // One was taken before; the update that shuts him out is not for him.
            Assert.Equal(Callbacks.Range(reset.Sequence() + 2, shut - 1), told.SkipLast(1).Sequences());
            await bob.QuietAsync();
            await Alice.InviteAsync(conversation, Bob, Carol);
            await carol.NextAsync("ConversationUpdated");
        }
    }

    /// <summary>Takes the right to see a conversation, which Carol keeps, from Bob, and gives it back.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="revoke">Takes the right.</param>
    /// <param name="restore">Gives it back.</param>
    /// <param name="told">Of how many events of the conversation those hear who stay, at each of the two.</param>
    private async Task RevokesAsync(long conversation, Func<Task> revoke, Func<Task> restore, int told)
    {
        var (bob, carol) = (await ConnectAsync(Bob, Second), await ConnectAsync(Carol, Second));
        await bob.EnterAsync(conversation);
        await carol.EnterAsync(conversation);
        var seen = await bob.CommentAsync(conversation, "Seen");
        await bob.NextAsync("CommentCreated");
        await carol.NextAsync("CommentCreated");

        await revoke();
        await bob.LeavesAsync(conversation, "access_revoked");
        await carol.CommentAsync(conversation, "Not for Bob");
        var callbacks = await carol.TakeAsync(told + 1);
        Assert.Equal("Not for Bob", callbacks[^1].Argument.Content());
        Assert.Equal("conversation_not_found", (await bob.JoinAsync(conversation).RefusedAsync()).Code);
        Assert.Equal("conversation_not_found", (await bob.JoinAsync(conversation, seen.At()).RefusedAsync()).Code);
        Assert.Equal("conversation_not_found", (await bob.CommentAsync(conversation, "Again").RefusedAsync()).Code);
        Assert.Equal("conversation_not_found", (await bob.CallAsync("ListComments", new { conversationId = conversation }).RefusedAsync()).Code);
        await bob.QuietAsync();

        await restore();
        var joined = await bob.JoinAsync(conversation, seen.At());
        var missed = await bob.TakeAsync((2 * told) + 1);
        await carol.CommentAsync(conversation, "Welcome");

        Assert.True(joined.GetProperty("recovered").GetBoolean());
        Assert.Equal(Callbacks.Range(seen.Sequence() + 1, seen.Sequence() + 1 + (2 * told)), missed.Sequences());
        Assert.Equal("Welcome", (await bob.NextAsync("CommentCreated")).Content());
        await bob.QuietAsync();
    }

    [Collection(EmbeddedDeployment.Name)]
    public sealed class Embedded(EmbeddedDeployment deployment) : RevocationTests(deployment);

    [Collection(RedisDeployment.Name)]
    public sealed class Redis(RedisDeployment deployment) : RevocationTests(deployment);
}
