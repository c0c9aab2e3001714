using System.Text.Json;
using RealtimeSessions.EndToEnd.Tests.Conversations.Setting;
using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.Testing;
using static RealtimeSessions.EndToEnd.Tests.Deployments.Callbacks;

namespace RealtimeSessions.EndToEnd.Tests.Conversations.Hub;

/// <summary>What is done in a conversation, over the hub or REST, reaches all who are in it, on both servers, in one order.</summary>
public abstract class CommentTests(Deployment deployment) : ConversationTest(deployment)
{
    private const int Pipelined = 200;

    [Fact]
    public async Task Comments_FromHubAndRestOnBothServers_ReachAllInOneOrderTheirMakersIncluded()
    {
        var (conversation, alice, bob) = await EnterAsync();
        var made = new List<long>();
        for (var n = 0; n < 10; n++)
        {
            made.Add((await alice.CommentAsync(conversation, $"{n}")).GetProperty("commentId").GetInt64());
            made.Add(await Alice.CommentAsync(conversation, $"{n}"));
            made.Add((await bob.CommentAsync(conversation, $"{n}")).GetProperty("commentId").GetInt64());
            made.Add(await Bob.CommentAsync(conversation, $"{n}"));
        }

        foreach (var client in new[] { alice, bob })
        {
            var received = await client.TakeAsync(made.Count);
            Assert.Equal(made, received.Select(callback => callback.Argument.GetProperty("comment").GetProperty("commentId").GetInt64()));
            Assert.Equal(Range(2, 1 + made.Count), received.Sequences());
            Assert.Equal(["hub", "rest"], received.Take(2).Select(callback => callback.Argument.Text("source")));
        }
    }

    [Fact]
    public async Task Comments_MadeAtOnceByManyConnections_ReachAllInOneOrderEachOnce()
    {
        var (conversation, alice, bob) = await EnterAsync();
        var acks = await Task.WhenAll(Enumerable.Range(0, 100).Select(n => (n % 2 == 0 ? alice : bob).CommentAsync(conversation, $"{n}")));

        var (first, second) = (await alice.TakeAsync(acks.Length), await bob.TakeAsync(acks.Length));

        Assert.Equal(Range(2, 1 + acks.Length), first.Sequences());
        Assert.Equal(first.Select(callback => callback.Argument.GetRawText()), second.Select(callback => callback.Argument.GetRawText()));
        Assert.Equal(
            acks.OrderBy(ack => ack.Sequence()).Select(ack => ack.Text("eventId")), first.Select(callback => callback.Argument.Text("eventId")));
    }

    [Fact]
    public async Task Comments_InAPipelineOfOneConnection_KeepTheirOrder()
    {
        var (conversation, alice, bob) = await EnterAsync();

        var acks = await Task.WhenAll(Enumerable.Range(0, Pipelined).Select(n => bob.CommentAsync(conversation, $"{n}", "pipeline", n + 1)));

        Assert.Equal(Range(2, 1 + Pipelined), acks.Select(ack => ack.Sequence()));
        foreach (var client in new[] { alice, bob })
        {
            Assert.Equal(Enumerable.Range(0, Pipelined).Select(n => $"{n}"), (await client.TakeAsync(Pipelined)).Select(callback => callback.Argument.Content()));
        }
    }

    [Fact]
    public async Task Comments_InAPipelineToSeveralConversations_KeepTheirOrderInEach()
    {
        var space = await Alice.MakeSpaceAsync(Bob);
        var conversations = new[] { await Alice.MakeConversationAsync(space, Bob), await Alice.MakeConversationAsync(space, Bob) };
        var bob = await ConnectAsync(Bob, Second);

        var acks = await Task.WhenAll(Enumerable.Range(0, Pipelined).Select(n => bob.CommentAsync(conversations[n % 2], $"{n}")));

        Assert.Equal(Range(2, 1 + (Pipelined / 2)), acks.Where((_, n) => n % 2 == 0).Select(ack => ack.Sequence()));
        Assert.Equal(Range(2, 1 + (Pipelined / 2)), acks.Where((_, n) => n % 2 == 1).Select(ack => ack.Sequence()));
    }

    [Fact]
    public async Task Comment_UnderAWritersNumber_IsMadeOnceAndTellsOfAGap()
    {
        var (conversation, alice, bob) = await EnterAsync();
        var elsewhere = await ConnectAsync(Bob);

        var one = await bob.CommentAsync(conversation, "One", "w", 1);
        var again = await elsewhere.CommentAsync(conversation, "One", "w", 1);
        var gap = await elsewhere.CommentAsync(conversation, "Three", "w", 3).RefusedAsync();
        var two = await elsewhere.CommentAsync(conversation, "Two", "w", 2);
        var others = await alice.CommentAsync(conversation, "Alice's", "w", 1);
        var late = await bob.CommentAsync(conversation, "One", "w", 1);

        Assert.Equal((2, 1, false), (one.Sequence(), one.GetProperty("count").GetInt32(), one.GetProperty("duplicate").GetBoolean()));
        Assert.Equal((2, 0, true), (again.Sequence(), again.GetProperty("count").GetInt32(), again.GetProperty("duplicate").GetBoolean()));
        Assert.Equal(one.GetProperty("commentId").GetInt64(), again.GetProperty("commentId").GetInt64());
        Assert.Equal(("writer_gap", 2), (gap.Code, gap.Details.GetProperty("expected").GetInt64()));
        Assert.Equal((3, 4), (two.Sequence(), others.Sequence()));
        Assert.Equal((3, two.GetProperty("commentId").GetInt64()), (late.Sequence(), late.GetProperty("commentId").GetInt64()));
        foreach (var client in new[] { alice, bob })
        {
            var received = await client.TakeAsync(3);
            Assert.Equal(["One", "Two", "Alice's"], received.Select(callback => callback.Argument.Content()));
            Assert.Equal(
                [("w", 1L), ("w", 2), ("w", 1)],
                received.Select(callback => (callback.Argument.Text("writerId"), callback.Argument.GetProperty("writerSequence").GetInt64())));
            await client.QuietAsync();
        }
    }

    [Fact]
    public async Task Comment_RefusedInAPipeline_DoesNotHoldTheOthersUp()
    {
        var (conversation, alice, bob) = await EnterAsync();

        var before = bob.CommentAsync(conversation, "Before");
        var empty = bob.CommentAsync(conversation, "");
        var stranger = bob.CommentAsync(conversation, "@user:999999999");
        var elsewhere = bob.CommentAsync(999_999_999, "Nowhere");
        var after = bob.CommentAsync(conversation, "After");

        Assert.Equal((2, 3), ((await before).Sequence(), (await after).Sequence()));
        Assert.Equal("invalid_argument", (await empty.RefusedAsync()).Code);
        Assert.Equal("mention_not_found", (await stranger.RefusedAsync()).Code);
        Assert.Equal("conversation_not_found", (await elsewhere.RefusedAsync()).Code);
        Assert.Equal(["Before", "After"], (await alice.TakeAsync(2)).Select(callback => callback.Argument.Content()));
    }

    [Fact]
    public async Task Update_OfAnything_CarriesTheWholeConversation()
    {
        var (conversation, alice, bob) = await EnterAsync();
        await bob.CommentAsync(conversation, "A comment #leak");
        await Alice.ChangeAsync(conversation, new { details = "On the #roof", default_role = 1 });

        foreach (var client in new[] { alice, bob })
        {
            await client.NextAsync("CommentCreated");
            var updated = await client.NextAsync("ConversationUpdated");
            var info = updated.GetProperty("conversation");

            Assert.Equal((3, "conversation_updated", Alice.Id), (updated.Sequence(), updated.Text("eventType"), updated.GetProperty("userId").GetInt64()));
            Assert.Equal((conversation, "A conversation", "On the #roof"), (info.Conversation(), info.Text("name"), info.Text("details")));
            Assert.Equal((1, 1), (info.GetProperty("defaultRole").GetInt32(), info.GetProperty("stakeholder").GetInt32()));
            Assert.Equal(Bob.Id, Assert.Single(info.GetProperty("participants").EnumerateArray()).GetProperty("userId").GetInt64());
            Assert.Equal(["leak", "roof"], info.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()).Order());
            Assert.Equal((Alice.Id, JsonValueKind.Array), (info.GetProperty("creatorId").GetInt64(), info.GetProperty("externalObjects").ValueKind));
        }
    }

    private async Task<(long Conversation, HubClient Alice, HubClient Bob)> EnterAsync()
    {
        var conversation = await Alice.MakeConversationAsync(await Alice.MakeSpaceAsync(Bob), Bob);
        var (alice, bob) = (await ConnectAsync(Alice), await ConnectAsync(Bob, Second));
        await alice.EnterAsync(conversation);
        await bob.EnterAsync(conversation);
        return (conversation, alice, bob);
    }

    [Collection(EmbeddedDeployment.Name)]
    public sealed class Embedded(EmbeddedDeployment deployment) : CommentTests(deployment);

    [Collection(RedisDeployment.Name)]
    public sealed class Redis(RedisDeployment deployment) : CommentTests(deployment);
}
