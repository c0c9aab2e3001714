using System.Text.Json;
using RealtimeSessions.EndToEnd.Tests.Conversations.Setting;
using RealtimeSessions.EndToEnd.Tests.Deployments;
using static RealtimeSessions.EndToEnd.Tests.Deployments.Callbacks;

namespace RealtimeSessions.EndToEnd.Tests.Conversations.Hub;

/// <summary>A connection that joins a conversation has all of it, and goes on where it was.</summary>
public abstract class JoinTests(Deployment deployment) : ConversationTest(deployment)
{
    private const int HeldComments = 100;
    private const int MaximumJoined = 100;

    [Fact]
    public async Task Join_WithoutSince_BeginsWithTheStateAndGoesOnWithEvents()
    {
        var conversation = await MakeAsync();
        await Bob.CommentAsync(conversation, "First #roof");
        var bob = await ConnectAsync(Bob, Second);

        var joined = await bob.JoinAsync(conversation);
        var reset = await bob.NextAsync("ConversationReset");
        await Alice.CommentAsync(conversation, "Second");
        var next = await bob.NextAsync("CommentCreated");

        Assert.False(joined.GetProperty("recovered").GetBoolean());
        Assert.Equal(Bob.Id, joined.GetProperty("userId").GetInt64());
        Assert.Equal((2, 2), (joined.Sequence(), reset.Sequence()));
        Assert.Equal(joined.Epoch(), reset.Epoch());
        Assert.Equal((conversation, false), (reset.Conversation(), reset.GetProperty("hasEarlier").GetBoolean()));
        Assert.Equal(("A conversation", "roof"), (Info(reset).Text("name"), Info(reset).GetProperty("tags")[0].GetString()));
        Assert.Equal(Info(joined).GetRawText(), Info(reset).GetRawText());
        var comment = Assert.Single(reset.GetProperty("comments").EnumerateArray());
        Assert.Equal((2, "First #roof"), (comment.GetProperty("sequence").GetInt64(), comment.Content()));
        Assert.Equal((3, "Second", Alice.Id), (next.Sequence(), next.Content(), next.GetProperty("userId").GetInt64()));
        Assert.Equal(("comment_created", "rest"), (next.Text("eventType"), next.Text("source")));
    }

    [Fact]
    public async Task Join_WithMoreCommentsThanAreHeld_HasTheLatestAndListsTheRest()
    {
        var conversation = await MakeAsync();
        var bob = await ConnectAsync(Bob, Second);
        await Task.WhenAll(Enumerable.Range(1, HeldComments + 20).Select(n => bob.CommentAsync(conversation, $"{n}")));

        var reset = await bob.EnterAsync(conversation);
        var before = reset.GetProperty("comments")[0].GetProperty("sequence").GetInt64();
        var page = await bob.CallAsync("ListComments", new { conversationId = conversation, before });

        Assert.True(reset.GetProperty("hasEarlier").GetBoolean());
        Assert.False(page.GetProperty("hasEarlier").GetBoolean());
        Assert.Equal(
            Enumerable.Range(1, HeldComments + 20).Select(n => $"{n}"), Contents(page).Reverse().Concat(Contents(reset)));
    }

    [Fact]
    public async Task Join_SinceWhereItWas_GoesOnWithoutLossOrReset()
    {
        var conversation = await MakeAsync();
        var bob = await ConnectAsync(Bob, Second);
        await bob.EnterAsync(conversation);
        var last = await bob.CommentAsync(conversation, "Seen");
        await bob.NextAsync("CommentCreated");
        bob.Cut();
        var comments = Enumerable.Range(1, 30).Select(n => $"Missed {n}").ToArray();
        foreach (var comment in comments)
        {
            await Alice.CommentAsync(conversation, comment);
        }

        // On either server.
        foreach (var server in new[] { First, Second })
        {
            var again = await ConnectAsync(Bob, server);
            var joined = await again.JoinAsync(conversation, last.At(eventId: last.Text("eventId")));
            var missed = await again.TakeAsync(comments.Length);

            Assert.True(joined.GetProperty("recovered").GetBoolean());
            Assert.All(missed, callback => Assert.Equal("CommentCreated", callback.Name));
            Assert.Equal(comments, missed.Select(callback => callback.Argument.Content()));
            Assert.Equal(Range(3, 2 + comments.Length), missed.Sequences());
            await again.QuietAsync();
        }
    }

    [Fact]
    public async Task Join_SinceWhereNothingContinues_BeginsAnew()
    {
        var conversation = await MakeAsync();
        var bob = await ConnectAsync(Bob, Second);
        var one = await bob.CommentAsync(conversation, "One");
        var two = await bob.CommentAsync(conversation, "Two");
        var impossible = new Dictionary<string, object>
        {
            ["another epoch"] = new { epoch = "other", sequence = 2 },
            ["beyond the head"] = two.At(sequence: 4),
            ["another event there"] = two.At(sequence: 2, eventId: two.Text("eventId")),
        };

        foreach (var (what, since) in impossible)
        {
            var joined = await bob.JoinAsync(conversation, since);
            var reset = await bob.NextAsync("ConversationReset");
            Assert.False(joined.GetProperty("recovered").GetBoolean(), what);
            Assert.Equal(["One", "Two"], Contents(reset));
        }

        Assert.True((await bob.JoinAsync(conversation, one.At(eventId: one.Text("eventId")))).GetProperty("recovered").GetBoolean());
        Assert.Equal("Two", (await bob.NextAsync("CommentCreated")).Content());
        await bob.QuietAsync();
    }

    [Fact]
    public async Task Join_ByWhoIsNoParticipant_FindsNothing()
    {
        var conversation = await Alice.MakeConversationAsync(await Alice.MakeSpaceAsync(Bob), Alice);
        var (bob, carol) = (await ConnectAsync(Bob, Second), await ConnectAsync(Carol, Second));

        foreach (var (client, id) in new[] { (bob, conversation), (carol, conversation), (bob, conversation + 1_000_000) })
        {
            var codes = new[]
            {
                await client.JoinAsync(id).RefusedAsync(),
                await client.CommentAsync(id, "Psst").RefusedAsync(),
                await client.CallAsync("ListComments", new { conversationId = id }).RefusedAsync(),
            };
            Assert.All(codes, refused => Assert.Equal("conversation_not_found", refused.Code));
        }
    }

    [Fact]
    public async Task Leave_AfterJoin_EndsTheStreamAndGivesTheSeatBack()
    {
        var conversation = await MakeAsync();
        var (alice, bob) = (await ConnectAsync(Alice, Second), await ConnectAsync(Bob, Second));
        await alice.EnterAsync(conversation);
        await bob.EnterAsync(conversation);

        await bob.CallAsync("LeaveConversation", new { conversationId = conversation });
        await alice.CommentAsync(conversation, "Without Bob");
        await alice.NextAsync("CommentCreated");

        await bob.QuietAsync();
        await bob.CallAsync("LeaveConversation", new { conversationId = conversation });
    }

    [Fact]
    public async Task Join_OfMoreThanAConnectionMayHave_IsRefusedUntilOneIsLeft()
    {
        var space = await Alice.MakeSpaceAsync();
        object Make(int i) => new { name = $"{i}", space_id = space };
        var most = await Alice.MakeConversationsAsync([.. Enumerable.Range(0, MaximumJoined).Select(Make)]);
        var conversations = most.Append(await Alice.MakeConversationAsync(Make(MaximumJoined))).ToArray();
        var alice = await ConnectAsync(Alice);

        await Task.WhenAll(conversations.SkipLast(1).Select(id => alice.JoinAsync(id)));
        Assert.Equal("limit_exceeded", (await alice.JoinAsync(conversations[^1]).RefusedAsync()).Code);
        await alice.JoinAsync(conversations[0]);
        await alice.CallAsync("LeaveConversation", new { conversationId = conversations[0] });
        await alice.JoinAsync(conversations[^1]);
    }

    private static JsonElement Info(JsonElement answer) => answer.GetProperty("conversation");

    private static IEnumerable<string> Contents(JsonElement answer) => answer.GetProperty("comments").EnumerateArray().Select(placed => placed.Content());

    private async Task<long> MakeAsync() => await Alice.MakeConversationAsync(await Alice.MakeSpaceAsync(Bob), Bob);

    [Collection(EmbeddedDeployment.Name)]
    public sealed class Embedded(EmbeddedDeployment deployment) : JoinTests(deployment);

    [Collection(RedisDeployment.Name)]
    public sealed class Redis(RedisDeployment deployment) : JoinTests(deployment);
}
