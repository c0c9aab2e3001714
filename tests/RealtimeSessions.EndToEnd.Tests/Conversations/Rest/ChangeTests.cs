using System.Net;
using System.Text.Json;
using RealtimeSessions.EndToEnd.Tests.Deployments;

namespace RealtimeSessions.EndToEnd.Tests.Conversations.Rest;

/// <summary>A change changes what is sent and nothing else.</summary>
public abstract class ChangeTests(Deployment deployment) : ConversationTest(deployment)
{
    [Fact]
    public async Task Update_OfOneField_LeavesTheOthers()
    {
        var space = await SpaceAsync(Bob);
        var group = await GroupAsync(space, Bob);
        var id = (await FullAsync(space, group)).Id();
        object[] changes =
        [
            new { name = "Another" }, new { details = "Other #things" }, new { participants = Array.Empty<object>() }, new { groups = Array.Empty<object>() },
            new { stakeholder = 2 }, new { default_role = 3 }, new { external_objects = new[] { new { id = "x", name = "X" } } },
            new { participants = new[] { new { user_id = Bob.Id, role = 3 } } }, new { groups = new[] { new { group_id = group, role = 2 } } },
        ];
        foreach (var change in changes)
        {
            var before = await ReadAsync(Alice, id);
            var answer = await PutAsync(Alice, id, change);

            Assert.Equal(HttpStatusCode.OK, answer.Status);
            var after = answer.Body.One("conversations");
            var sent = JsonSerializer.SerializeToElement(change, JsonSerializerOptions.Web).EnumerateObject().Single();
            Assert.Equal(sent.Value.GetRawText(), after.GetProperty(sent.Name).GetRawText());
            Assert.All(
                before.EnumerateObject().Where(member => member.Name != sent.Name && member.Name != "updated_at"),
                member => Assert.Equal(member.Value.GetRawText(), after.GetProperty(member.Name).GetRawText()));
            Assert.InRange(UpdatedAt(after), UpdatedAt(before), long.MaxValue);
            Assert.Equal(after.GetRawText(), (await ReadAsync(Alice, id)).GetRawText());
        }
    }

    [Fact]
    public async Task Update_WithWhatWasRead_ChangesNothing()
    {
        var space = await SpaceAsync(Bob);
        var made = await FullAsync(space, await GroupAsync(space, Bob));

        var answer = await PutAsync(Alice, made.Id(), made);

        Assert.Equal((HttpStatusCode.OK, made.GetRawText()), (answer.Status, answer.Body.One("conversations").GetRawText()));
    }

    [Fact]
    public async Task Update_WithNothingOrNull_ChangesNothing()
    {
        var made = await ConversationAsync(new { name = "A conversation", details = "Details" });
        foreach (var change in new[] { new { }, (object)new { name = (string?)null, details = (string?)null, participants = (object?)null } })
        {
            Assert.Equal(made.GetRawText(), (await PutAsync(Alice, made.Id(), change)).Body.One("conversations").GetRawText());
        }
    }

    [Fact]
    public async Task Update_OfWhatStays_BreaksARule()
    {
        var (space, other) = (await SpaceAsync(), await SpaceAsync());
        var made = await ConversationAsync(new { name = "A conversation", space_id = space });

        (await PutAsync(Alice, made.Id(), new { space_id = other })).AssertBroken("$.conversations[0].space_id");
        (await PutAsync(Alice, made.Id(), new { name = "x", initial_comment = "late" })).AssertBroken("$.conversations[0].initial_comment");

        Assert.Equal(made.GetRawText(), (await ReadAsync(Alice, made.Id())).GetRawText());
    }

    [Fact]
    public async Task Update_OfTwoOrNone_CannotBeRead()
    {
        var id = (await ConversationAsync(new { name = "A conversation" })).Id();
        foreach (var body in new[] { Resources.Conversations(), Resources.Conversations(new { name = "a" }, new { name = "b" }) })
        {
            (await Alice.Here.CallAsync("PUT", $"conversations/{id}", body)).AssertRefused(HttpStatusCode.BadRequest, "invalid_argument", "$.conversations");
        }
    }

    [Fact]
    public async Task UpdateAndDelete_ByRole_AreForEditors()
    {
        var (carol, dave, space) = (await PersonAsync("carol"), await PersonAsync("dave"), 0L);
        space = await SpaceAsync(Bob, carol, dave);
        var id = (await ConversationAsync(new
        {
            name = "A conversation",
            space_id = space,
            participants = new[] { new { user_id = Bob.Id, role = 1 }, new { user_id = carol.Id, role = 2 } },
        })).Id();

        (await PutAsync(carol, id, new { name = "x" })).AssertForbidden();
        (await carol.Here.CallAsync("DELETE", $"conversations/{id}")).AssertForbidden();
        foreach (var stranger in new[] { dave, Mallory })
        {
            (await PutAsync(stranger, id, new { name = "x" })).AssertMissing("conversation_not_found");
            (await stranger.Here.CallAsync("DELETE", $"conversations/{id}")).AssertMissing("conversation_not_found");
            (await stranger.Here.CallAsync("GET", $"conversations/{id}")).AssertMissing("conversation_not_found");
        }

        Assert.Equal(HttpStatusCode.OK, (await PutAsync(Bob, id, new { name = "Bob's" })).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await Bob.Here.CallAsync("DELETE", $"conversations/{id}")).Status);
        (await Alice.Elsewhere.CallAsync("GET", $"conversations/{id}")).AssertMissing("conversation_not_found");
        (await Alice.Elsewhere.CallAsync("DELETE", $"conversations/{id}")).AssertMissing("conversation_not_found");
    }

    private Task<JsonElement> FullAsync(long space, long group) => ConversationAsync(new
    {
        name = "A conversation",
        details = "About #things",
        space_id = space,
        participants = new[] { new { user_id = Bob.Id } },
        groups = new[] { new { group_id = group, role = 1 } },
        external_objects = new[] { new { id = "crm-7", name = "Order 7", url = "https://crm.example/7" } },
    });

    private static long UpdatedAt(JsonElement conversation) => conversation.GetProperty("updated_at").GetInt64();

    [Collection(EmbeddedDeployment.Name)]
    public sealed class Embedded(EmbeddedDeployment deployment) : ChangeTests(deployment);

    [Collection(RedisDeployment.Name)]
    public sealed class Redis(RedisDeployment deployment) : ChangeTests(deployment);
}
