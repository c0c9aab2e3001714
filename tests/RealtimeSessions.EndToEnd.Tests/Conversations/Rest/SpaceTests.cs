using System.Net;
using System.Text.Json;
using RealtimeSessions.EndToEnd.Tests.Deployments;

namespace RealtimeSessions.EndToEnd.Tests.Conversations.Rest;

/// <summary>Spaces and who is in them.</summary>
public abstract class SpaceTests(Deployment deployment) : ConversationTest(deployment)
{
    private const int Owner = 1;
    private const int Participant = 2;

    [Fact]
    public async Task Space_FromFirstToLast_IsMadeReadChangedAndDeleted()
    {
        var made = await Alice.Here.CallAsync("POST", "spaces", Resources.Spaces(new { name = "A space", details = "Details" }));
        var space = made.Body.One("spaces");
        Assert.Equal((HttpStatusCode.Created, space.Text("href")), (made.Status, made.Headers.Location?.ToString()));
        Assert.Equal(["created_at", "details", "href", "id", "name", "updated_at"], space.EnumerateObject().Select(member => member.Name).Order());
        var address = $"spaces/{space.Id()}";
        Assert.Equal(space.GetRawText(), (await Alice.Elsewhere.DoAsync("GET", address)).One("spaces").GetRawText());

        var renamed = (await Alice.Here.DoAsync("PUT", address, Resources.Spaces(new { name = "Renamed" }))).One("spaces");
        Assert.Equal(("Renamed", "Details"), (renamed.Text("name"), renamed.Text("details")));
        Assert.Equal(renamed.GetRawText(), (await Alice.Here.DoAsync("PUT", address, Resources.Spaces(renamed))).One("spaces").GetRawText());
        Assert.Equal((long[])[space.Id()], (await Alice.Elsewhere.DoAsync("GET", "spaces")).Ids("spaces"));

        Assert.Equal(HttpStatusCode.NoContent, (await Alice.Here.CallAsync("DELETE", address)).Status);
        (await Alice.Elsewhere.CallAsync("GET", address)).AssertMissing("space_not_found");
        Assert.Empty((await Alice.Elsewhere.DoAsync("GET", "spaces")).Ids("spaces"));
    }

    [Fact]
    public async Task Participants_OfASpace_AreShownOnDemand()
    {
        var space = await SpaceAsync(Bob);
        string expected = $$"""[{"user_id":{{Alice.Id}},"role":{{Owner}}},{"user_id":{{Bob.Id}},"role":{{Participant}}}]""";

        Assert.False((await Bob.Elsewhere.DoAsync("GET", $"spaces/{space}")).One("spaces").TryGetProperty("participants", out _));
        Assert.Equal(expected, ParticipantsOf(await Bob.Elsewhere.DoAsync("GET", $"spaces/{space}?include=participants")));
        Assert.Equal(expected, ParticipantsOf(await Bob.Elsewhere.DoAsync("GET", "spaces?include=participants")));
        Assert.Equal(
            $$"""[{"user_id":{{Mallory.Id}},"role":{{Owner}}}]""",
            ParticipantsOf(await Mallory.Here.DoAsync("POST", "spaces?include=participants", Resources.Spaces(new { name = "Mine" }))));
    }

    [Fact]
    public async Task Changes_OfASpace_AreForItsOwners()
    {
        var space = $"spaces/{await SpaceAsync(Bob)}";
        (string Method, string Path, object? Body)[] calls =
        [
            ("PUT", space, Resources.Spaces(new { name = "x" })),
            ("DELETE", space, null),
            ("POST", $"{space}/participants", new { participants = new[] { new { user_id = Bob.Id, role = Owner } } }),
            ("DELETE", $"{space}/participants/{Alice.Id}", null),
        ];
        foreach (var (method, path, body) in calls)
        {
            (await Bob.Here.CallAsync(method, path, body)).AssertForbidden();
            (await Mallory.Here.CallAsync(method, path, body)).AssertMissing("space_not_found");
        }

        (await Mallory.Here.CallAsync("GET", space)).AssertMissing("space_not_found");
    }

    [Fact]
    public async Task Members_OfASpace_ComeGoAndGetRoles()
    {
        var id = await SpaceAsync();
        var (space, participants) = ($"spaces/{id}", $"spaces/{id}/participants");

        var added = await Alice.Here.CallAsync("POST", participants, new { participants = new object[] { new { email = Bob.Email.ToUpperInvariant() }, new { user_id = Mallory.Id } } });
        Assert.Equal((HttpStatusCode.Created, added.Body.One("spaces").Text("href")), (added.Status, added.Headers.Location?.ToString()));
        Assert.Equal(3, added.Body.One("spaces").GetProperty("participants").GetArrayLength());
        await Bob.Elsewhere.DoAsync("GET", space);

        Assert.Equal(HttpStatusCode.NoContent, (await Bob.Here.CallAsync("DELETE", $"{participants}/{Bob.Id}")).Status);
        (await Bob.Elsewhere.CallAsync("GET", space)).AssertMissing("space_not_found");
        Assert.Empty((await Bob.Elsewhere.DoAsync("GET", "spaces")).Ids("spaces"));
        (await Alice.Here.CallAsync("DELETE", $"{participants}/{Bob.Id}")).AssertMissing("user_not_found");

        (await Alice.Here.CallAsync("DELETE", $"{participants}/{Alice.Id}")).AssertBroken();
        (await Alice.Here.CallAsync("POST", participants, new { participants = new[] { new { user_id = Alice.Id, role = Participant } } })).AssertBroken();
        await Alice.Here.DoAsync("POST", participants, new { participants = new[] { new { user_id = Mallory.Id, role = Owner } } });
        Assert.Equal(HttpStatusCode.NoContent, (await Alice.Elsewhere.CallAsync("DELETE", $"{participants}/{Alice.Id}")).Status);
        Assert.Equal($$"""[{"user_id":{{Mallory.Id}},"role":{{Owner}}}]""", ParticipantsOf(await Mallory.Here.DoAsync("GET", $"{space}?include=participants")));
    }

    [Fact]
    public async Task Members_ThatDoNotExist_AreNotAddedNorIsAnybodyElse()
    {
        var id = await SpaceAsync();
        foreach (var nobody in new object[] { new { user_id = 999_999_999 }, new { email = "nobody@example.com" } })
        {
            object[] participants = [new { user_id = Bob.Id }, nobody];
            (await Alice.Here.CallAsync("POST", $"spaces/{id}/participants", new { participants })).AssertMissing("user_not_found");
            (await Alice.Here.CallAsync("POST", "spaces", Resources.Spaces(new { name = "x", participants }))).AssertMissing("user_not_found");
        }

        (await Bob.Elsewhere.CallAsync("GET", $"spaces/{id}")).AssertMissing("space_not_found");
        Assert.Equal((long[])[id], (await Alice.Elsewhere.DoAsync("GET", "spaces")).Ids("spaces"));
    }

    [Fact]
    public async Task Member_WhoLeaves_SeesNothingOfItsConversations()
    {
        var space = await SpaceAsync(Bob);
        var id = (await ConversationAsync(new { name = "A conversation", space_id = space, participants = new[] { new { user_id = Bob.Id } } })).Id();
        var own = (await Bob.Here.DoAsync("POST", "conversations", Resources.Conversations(new { name = "Bob's", space_id = space }))).One("conversations").Id();
        Assert.Equal((long[])[own, id], await ListAsync(Bob));

        await Bob.Here.DoAsync("DELETE", $"spaces/{space}/participants/{Bob.Id}");

        Assert.Empty(await ListAsync(Bob));
        foreach (var conversation in new[] { id, own })
        {
            (await Bob.Elsewhere.CallAsync("GET", $"conversations/{conversation}")).AssertMissing("conversation_not_found");
        }
    }

    [Fact]
    public async Task Delete_OfASpace_TakesWhatIsInItAway()
    {
        var space = await SpaceAsync(Bob);
        var group = await GroupAsync(space, Bob);
        var id = (await ConversationAsync(new { name = "A conversation", space_id = space, stakeholder = 2, initial_comment = "x" })).Id();
        var kept = (await ConversationAsync(new { name = "Another" })).Id();
        var comment = (await Bob.Here.DoAsync("GET", $"comments?resource_type=conversation&resource_id={id}")).One("comments").Id();

        await Alice.Here.DoAsync("DELETE", $"spaces/{space}");

        foreach (var person in new[] { Alice, Bob })
        {
            (await person.Elsewhere.CallAsync("GET", $"conversations/{id}")).AssertMissing("conversation_not_found");
            (await person.Elsewhere.CallAsync("GET", $"comments/{comment}")).AssertMissing("comment_not_found");
            (await person.Elsewhere.CallAsync("GET", $"groups/{group}")).AssertMissing("group_not_found");
            (await person.Elsewhere.CallAsync("GET", $"conversations?space_id={space}")).AssertMissing("space_not_found");
        }

        Assert.Equal((long[])[kept], await ListAsync(Alice));
        Assert.Empty(await ListAsync(Bob));
        (await Alice.Elsewhere.CallAsync("POST", "conversations", Resources.Conversations(new { name = "x", space_id = space }))).AssertMissing("space_not_found");
    }

    private static string ParticipantsOf(JsonElement body) => body.One("spaces").GetProperty("participants").GetRawText();

    [Collection(EmbeddedDeployment.Name)]
    public sealed class Embedded(EmbeddedDeployment deployment) : SpaceTests(deployment);

    [Collection(RedisDeployment.Name)]
    public sealed class Redis(RedisDeployment deployment) : SpaceTests(deployment);
}
