using System.Net;
using RealtimeSessions.EndToEnd.Tests.Deployments;

namespace RealtimeSessions.EndToEnd.Tests.Conversations.Rest;

/// <summary>What a conversation must be, and that several are made all or none.</summary>
public abstract class RuleTests(Deployment deployment) : ConversationTest(deployment)
{
    private const string Path = "$.conversations[0]";

    [Fact]
    public async Task Conversation_ThatBreaksARule_IsNeitherMadeNorChanged()
    {
        var (space, other) = (await SpaceAsync(Bob), await SpaceAsync(Mallory));
        var (group, foreign) = (await GroupAsync(space), await GroupAsync(other));
        var own = await ConversationAsync(new { name = "A conversation", space_id = space });
        (string Member, object Input)[] broken =
        [
            ("stakeholder", new { name = "x", space_id = space, stakeholder = 0, participants = new[] { new { user_id = Bob.Id } } }),
            ("stakeholder", new { name = "x", space_id = space, stakeholder = 0, groups = new[] { new { group_id = group } } }),
            ("participants[0].user_id", new { name = "x", space_id = space, participants = new[] { new { user_id = Mallory.Id } } }),
            ("participants[0].user_id", new { name = "x", space_id = space, participants = new[] { new { user_id = 999_999_999 } } }),
            ("participants[1].user_id", new { name = "x", space_id = space, participants = new[] { new { user_id = Bob.Id }, new { user_id = Bob.Id } } }),
            ("groups[0].group_id", new { name = "x", space_id = space, groups = new[] { new { group_id = foreign } } }),
            ("groups[1].group_id", new { name = "x", space_id = space, groups = new[] { new { group_id = group }, new { group_id = 999_999_999L } } }),
            ("groups[1].group_id", new { name = "x", space_id = space, groups = new[] { new { group_id = group }, new { group_id = group } } }),
        ];
        foreach (var (member, input) in broken)
        {
            (await CreateAsync(input)).AssertBroken($"{Path}.{member}:");
            (await PutAsync(Alice, own.Id(), input)).AssertBroken($"{Path}.{member}:");
        }

        Assert.Equal((long[])[own.Id()], await ListAsync(Alice, $"?space_id={space}"));
        Assert.Equal(own.GetRawText(), (await ReadAsync(Alice, own.Id())).GetRawText());
    }

    [Fact]
    public async Task Conversation_InNoSpace_IsForWhomItLists()
    {
        var group = await GroupAsync(await SpaceAsync(Bob), Bob);
        var made = await ConversationAsync(new { name = "Mine", stakeholder = 0, initial_comment = "A note" });

        Assert.False(made.TryGetProperty("space_id", out _));
        Assert.Equal((long[])[made.Id()], await ListAsync(Alice));
        Assert.Empty(await ListAsync(Bob));
        (await Bob.Elsewhere.CallAsync("GET", $"conversations/{made.Id()}")).AssertMissing("conversation_not_found");
        (await CreateAsync(new { name = "x", stakeholder = 2 })).AssertBroken($"{Path}.stakeholder:");
        (await CreateAsync(new { name = "x", groups = new[] { new { group_id = group } } })).AssertBroken($"{Path}.groups[0].group_id:");

        foreach (var stranger in (long[])[Mallory.Id, 999_999_999])
        {
            var participants = new[] { new { user_id = Bob.Id }, new { user_id = stranger } };
            (await PutAsync(Alice, made.Id(), new { stakeholder = 1, participants })).AssertBroken($"{Path}.participants[1].user_id:");
            (await CreateAsync(new { name = "x", participants })).AssertBroken($"{Path}.participants[1].user_id:");
        }

        await PutAsync(Alice, made.Id(), new { stakeholder = 1, participants = new[] { new { user_id = Bob.Id } } });
        Assert.Equal((long[])[made.Id()], await ListAsync(Bob));
        Assert.Equal("Mine", (await ReadAsync(Bob, made.Id())).Text("name"));
        (await PutAsync(Bob, made.Id(), new { name = "x" })).AssertForbidden();
        (await Mallory.Elsewhere.CallAsync("GET", $"conversations/{made.Id()}")).AssertMissing("conversation_not_found");

        Assert.Equal(HttpStatusCode.NoContent, (await Alice.Elsewhere.CallAsync("DELETE", $"conversations/{made.Id()}")).Status);
        Assert.Empty(await ListAsync(Alice));
        Assert.Empty(await ListAsync(Bob));
    }

    [Fact]
    public async Task Conversation_InASpaceOfOthers_IsNotMade()
    {
        var space = await SpaceAsync(Bob);

        (await Mallory.Here.CallAsync("POST", "conversations", Resources.Conversations(new { name = "x", space_id = space }))).AssertMissing("space_not_found");
        (await CreateAsync(new { name = "x", space_id = 999_999_999 })).AssertMissing("space_not_found");
        (await Mallory.Here.CallAsync("GET", $"conversations?space_id={space}")).AssertMissing("space_not_found");
    }

    [Fact]
    public async Task Create_OfFiveWithOneBad_MakesNone()
    {
        var (space, other) = (await SpaceAsync(Bob), await SpaceAsync());
        object good = new { name = "Good", space_id = space, initial_comment = "Fine" };
        (HttpStatusCode Status, string Code, object Input)[] bad =
        [
            (HttpStatusCode.UnprocessableEntity, "rule_broken", new { name = "Bad", space_id = space, participants = new[] { new { user_id = Mallory.Id } } }),
            (HttpStatusCode.UnprocessableEntity, "rule_broken", new { name = "Bad", space_id = other }),
            (HttpStatusCode.UnprocessableEntity, "rule_broken", new { name = "Bad", space_id = space, external_object = new { id = "session:demo/nothing" } }),
            (HttpStatusCode.NotFound, "mention_not_found", new { name = "Bad", space_id = space, initial_comment = $"@user:{Mallory.Id}" }),
            (HttpStatusCode.BadRequest, "invalid_argument", new { space_id = space }),
        ];
        foreach (var (status, code, input) in bad)
        {
            (await CreateAsync(good, good, good, input, good)).AssertRefused(status, code);
        }

        Assert.Empty(await ListAsync(Alice));
    }

    [Fact]
    public async Task Create_OfSeveral_MakesAllInOrder()
    {
        var space = await SpaceAsync(Bob);
        var names = Enumerable.Range(0, 100).Select(i => $"Number {i}").ToArray();

        var made = await CreateAsync([.. names.Select(name => (object)new { name, space_id = space, initial_comment = name })]);

        Assert.Equal(HttpStatusCode.Created, made.Status);
        var all = made.Body.GetProperty("conversations").EnumerateArray().ToArray();
        Assert.Equal(names, all.Select(one => one.Text("name")));
        Assert.Equal(all[0].Text("href"), made.Headers.Location?.ToString());
        var listed = (await Alice.Elsewhere.DoAsync("GET", "conversations?per_page=100")).GetProperty("conversations").EnumerateArray().ToArray();
        Assert.Equal(all.OrderBy(one => one.Id()).Select(one => one.GetRawText()), listed.OrderBy(one => one.Id()).Select(one => one.GetRawText()));
        var comments = await Task.WhenAll(all.Select(one => Alice.Elsewhere.DoAsync("GET", $"comments?resource_type=conversation&resource_id={one.Id()}")));
        Assert.Equal(names, comments.Select(found => found.One("comments").Text("content")));
    }

    private Task<RestAnswer> CreateAsync(params object[] conversations) =>
        Alice.Here.CallAsync("POST", "conversations", Resources.Conversations(conversations));

    [Collection(EmbeddedDeployment.Name)]
    public sealed class Embedded(EmbeddedDeployment deployment) : RuleTests(deployment);

    [Collection(RedisDeployment.Name)]
    public sealed class Redis(RedisDeployment deployment) : RuleTests(deployment);
}
