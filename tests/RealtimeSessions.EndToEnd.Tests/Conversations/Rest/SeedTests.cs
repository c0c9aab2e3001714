using System.Text.Json;
using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.Testing;

namespace RealtimeSessions.EndToEnd.Tests.Conversations.Rest;

/// <summary>The requests that the description of the resource gives as examples, as they stand there.</summary>
public sealed class SeedTests
{
    private const string ForEveryone = """
        {
          "conversations": [{
            "name": "new conversation",
            "space_id": 9,
            "stakeholder": 2,
            "initial_comment": "mitigation description goes here"
          }]
        }
        """;

    private const string ForAGroup = """
        {
          "conversations": [{
            "name": "new conversation",
            "space_id": 9,
            "groups": [{"group_id": 11, "role": 1 }]
          }]
        }
        """;

    private const string ForUsersAndGroups = """
        {
          "conversations": [{
            "name": "new conversation",
            "space_id": 9,
            "participants": [{"user_id": 14, "role": 1},{"user_id":15, "role": 2}],
            "groups": [{"group_id": 11, "role": 1 },{"group_id": 12, "role": 2 }]
          }]
        }
        """;

    [Theory]
    [InlineData(EmbeddedDeployment.Name)]
    [InlineData(RedisDeployment.Name)]
    public async Task Requests_OfTheDescription_DoWhatItSays(string engine)
    {
        await using var fresh = await FreshServer.StartAsync(engine);
        var server = fresh.Process;
        var token = await BuildAsync(server);
        var address = new Uri(server.Address, "/api/v1/conversations");

        JsonElement[] made =
        [
            await CreateAsync(address, token, ForEveryone, 1, """{"participants":[],"groups":[],"stakeholder":2}"""),
            await CreateAsync(address, token, ForAGroup, 2, """{"participants":[],"groups":[{"group_id":11,"role":1}],"stakeholder":1}"""),
            await CreateAsync(address, token, ForUsersAndGroups, 3,
                """{"participants":[{"user_id":14,"role":1},{"user_id":15,"role":2}],"groups":[{"group_id":11,"role":1},{"group_id":12,"role":2}],"stakeholder":1}"""),
        ];

        var comments = (await Curl.SendAsync("GET", new Uri(server.Address, "/api/v1/comments?resource_type=conversation&resource_id=1"), token)).Body;
        Assert.Equal("mitigation description goes here", comments.One("comments").Text("content"));
        await ListAsync(address, token, made);
        await DeleteAsync(address, token);
        server.AssertNoErrors();
    }

    /// <summary>Makes users 1 to 15, spaces 1 to 9 and groups 1 to 12, the last two in space 9.</summary>
    private static async Task<string> BuildAsync(ServerProcess server)
    {
        for (var user = 1; user <= 15; user++)
        {
            using var rest = await RestClient.SignInAsync(server, $"user-{user}");
            Assert.Equal(user, (await rest.DoAsync("GET", "userinfo")).One("users").Id());
        }

        using var owner = await RestClient.SignInAsync(server, "user-1");
        for (var space = 1; space <= 9; space++)
        {
            await owner.DoAsync("POST", "spaces", Resources.Spaces(new { name = "A space", participants = new[] { new { user_id = 14 }, new { user_id = 15 } } }));
        }

        var ten = Enumerable.Range(1, 10).Select(_ => new { name = "A group", space_id = 8 });
        var two = Enumerable.Range(11, 2).Select(_ => new { name = "A group", space_id = 9 });
        await owner.DoAsync("POST", "groups", new { groups = ten });
        Assert.Equal((long[])[11, 12], (await owner.DoAsync("POST", "groups", new { groups = two })).Ids("groups"));
        return await server.SignInAsync("user-1");
    }

    private static async Task<JsonElement> CreateAsync(Uri address, string token, string request, long id, string expected)
    {
        var answer = await Curl.SendAsync("POST", address, token, request);
        Assert.True(answer.Status == 201, $"{answer.Status} {answer.Body}");
        Assert.Equal($"{address}/{id}", answer.Location);
        var made = answer.Body.One("conversations");
        Assert.Equal(
            ["created_at", "creator_id", "default_role", "details", "external_objects", "groups", "href", "id", "name", "participants", "space_id", "stakeholder", "tags", "updated_at"],
            made.EnumerateObject().Select(member => member.Name).Order());
        Assert.Equal(
            (id, "new conversation", $"{address}/{id}", "", 9, 1, 2, "[]", "[]"),
            (made.Id(), made.Text("name"), made.Text("href"), made.Text("details"), Number(made, "space_id"), Number(made, "creator_id"),
                Number(made, "default_role"), made.GetProperty("tags").GetRawText(), made.GetProperty("external_objects").GetRawText()));
        Assert.All(
            JsonSerializer.Deserialize<JsonElement>(expected).EnumerateObject(),
            member => Assert.Equal(member.Value.GetRawText(), made.GetProperty(member.Name).GetRawText()));
        Assert.InRange(Number(made, "created_at"), DateTimeOffset.UtcNow.AddMinutes(-5).ToUnixTimeMilliseconds(), DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
        Assert.Equal(Number(made, "created_at"), Number(made, "updated_at"));
        var read = await Curl.SendAsync("GET", new Uri(answer.Location!), token);
        Assert.Equal((200, made.GetRawText()), (read.Status, read.Body.One("conversations").GetRawText()));
        return made;
    }

    private static async Task ListAsync(Uri address, string token, JsonElement[] made)
    {
        var all = (await Curl.SendAsync("GET", address, token)).Body.GetProperty("conversations").EnumerateArray().Select(one => one.GetRawText());
        Assert.Equal(made.Reverse().Select(one => one.GetRawText()), all);
        Assert.Equal(200, (await Curl.SendAsync("PUT", new Uri($"{address}/1"), token, """{"conversations":[{"details":"changed"}]}""")).Status);

        Assert.Equal((long[])[3, 2, 1], await IdsAsync("?order_by=created_at"));
        Assert.Equal((long[])[1, 3, 2], await IdsAsync("?order_by=updated_at"));
        Assert.Equal((long[])[3, 2, 1], await IdsAsync("?space_id=9"));
        Assert.Empty(await IdsAsync("?space_id=8"));

        async Task<long[]> IdsAsync(string query) => (await Curl.SendAsync("GET", new Uri(address + query), token)).Body.Ids("conversations");
    }

    private static async Task DeleteAsync(Uri address, string token)
    {
        var deleted = await Curl.SendAsync("DELETE", new Uri($"{address}/2"), token);
        Assert.Equal((204, JsonValueKind.Undefined), (deleted.Status, deleted.Body.ValueKind));

        var gone = await Curl.SendAsync("GET", new Uri($"{address}/2"), token);
        Assert.Equal((404, "urn:realtime-sessions:error:conversation_not_found"), (gone.Status, gone.Body.Text("problemType")));
        Assert.Equal((long[])[3, 1], (await Curl.SendAsync("GET", address, token)).Body.Ids("conversations"));
    }

    private static long Number(JsonElement item, string member) => item.GetProperty(member).GetInt64();
}
