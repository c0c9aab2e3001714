using System.Net;
using System.Text.Json;
using RealtimeSessions.EndToEnd.Tests.Deployments;

namespace RealtimeSessions.EndToEnd.Tests.Rest;

/// <summary>Every endpoint does what it says, once; what was changed on one server is read on the other.</summary>
public abstract class EndpointTests(Deployment deployment) : HubTest(deployment)
{
    [Fact]
    public async Task Applications_FromFirstToLast_AreMadeReadChangedAndDeleted()
    {
        using var alice = await RestClient.SignInAsync(First, "alice");
        using var elsewhere = await RestClient.SignInAsync(Second, "alice");
        var id = $"app-{Guid.NewGuid():N}"[..20];

        var made = await alice.CallAsync("POST", "applications", new { applicationId = id, name = "An application" });
        Assert.Equal(HttpStatusCode.Created, made.Status);
        Assert.Equal(new Uri(First.Address, $"/api/v1/applications/{id}"), made.Headers.Location);
        Assert.Equal("An application", Text(await elsewhere.DoAsync("GET", $"applications/{id}"), "name"));
        Assert.Contains((await elsewhere.DoAsync("GET", "applications")).GetProperty("applications").EnumerateArray(), one => Text(one, "applicationId") == id);
        Assert.Equal("new", Text(await alice.DoAsync("PATCH", $"applications/{id}", new { description = "new" }), "description"));
        Assert.Equal(1, (await alice.DoAsync("POST", $"applications/{id}/publish")).GetProperty("publishedVersion").GetInt32());
        var version = await alice.CallAsync("POST", $"applications/{id}/versions");
        Assert.Equal((HttpStatusCode.Created, 2), (version.Status, version.Body.GetProperty("draftVersion").GetInt32()));

        Assert.Equal(HttpStatusCode.NoContent, (await alice.CallAsync("DELETE", $"applications/{id}")).Status);
        Assert.Equal("application_not_found", (await elsewhere.CallAsync("GET", $"applications/{id}")).Code);
    }

    [Fact]
    public async Task Roles_FromFirstToLast_AreMadeReadChangedAndDeleted()
    {
        using var alice = await RestClient.SignInAsync(First, "alice");
        var id = $"app-{Guid.NewGuid():N}"[..20];
        await alice.DoAsync("POST", "applications", new { applicationId = id, name = "An application" });
        const string name = "Guests / visitors?";
        var role = $"applications/{id}/roles/{Uri.EscapeDataString(name)}";

        var made = await alice.CallAsync("POST", $"applications/{id}/roles", new { name, permissions = new[] { "session:read:any" } });
        Assert.Equal(HttpStatusCode.Created, made.Status);
        Assert.Equal(new Uri(First.Address, "/api/v1/" + role).AbsoluteUri, made.Headers.Location!.AbsoluteUri);
        Assert.Equal(name, Text(await alice.DoAsync("GET", role), "name"));
        Assert.Equal(4, (await alice.DoAsync("GET", $"applications/{id}/roles")).GetProperty("roles").GetArrayLength());
        Assert.Equal("d", Text(await alice.DoAsync("PATCH", role, new { description = "d" }), "description"));
        var given = await alice.DoAsync("POST", role + "/participants", new { id = "https://issuer/7", type = "user" });
        Assert.Equal("https://issuer/7", Text(given.GetProperty("participants")[0], "id"));
        var taken = await alice.DoAsync("DELETE", role + "/participants/user/https%3A%2F%2Fissuer%2F7");
        Assert.Equal(0, taken.GetProperty("participants").GetArrayLength());
        Assert.Equal(HttpStatusCode.NoContent, (await alice.CallAsync("DELETE", role)).Status);
        Assert.Equal("role_not_found", (await alice.CallAsync("GET", role)).Code);
    }

    [Fact]
    public async Task Sessions_FromFirstToLast_AreMadeReadChangedAndDeleted()
    {
        using var alice = await RestClient.SignInAsync(First, "alice");
        using var elsewhere = await RestClient.SignInAsync(Second, "alice");
        var (id, room) = ($"s-{Guid.NewGuid():N}", $"room {Guid.NewGuid():N}");
        const string sessions = "applications/demo/sessions";

        var made = await alice.CallAsync("POST", sessions, new { sessionId = id, name = "A session", properties = new { room } });
        Assert.Equal(HttpStatusCode.Created, made.Status);
        Assert.Equal(new Uri(First.Address, $"/api/v1/{sessions}/{id}"), made.Headers.Location);
        var again = await alice.CallAsync("POST", sessions, new { sessionId = id, name = "A session" });
        Assert.Equal((HttpStatusCode.OK, null), (again.Status, again.Headers.Location));
        Assert.False(again.Body.GetProperty("created").GetBoolean());

        Assert.Equal(id, Text(await elsewhere.DoAsync("GET", $"{sessions}/{id}"), "sessionId"));
        var page = await elsewhere.DoAsync("GET", $"{sessions}?status=open&limit=5&properties[room]={Uri.EscapeDataString(room)}");
        Assert.Equal(id, Text(Assert.Single(page.GetProperty("sessions").EnumerateArray()), "sessionId"));
        var named = await alice.DoAsync("PATCH", $"{sessions}/{id}", new { name = "Renamed", ifSequence = 1 });
        Assert.Equal(2, named.Sequence());
        Assert.Equal("conflict", (await alice.CallAsync("PATCH", $"{sessions}/{id}", new { name = "Again", ifSequence = 1 })).Code);
        await alice.DoAsync("PUT", $"{sessions}/{id}/properties", new { room = "blue" });
        await alice.DoAsync("POST", $"{sessions}/{id}/participants", new { id = "reviewers", type = "group" });
        Assert.Equal("conflict", (await alice.CallAsync("DELETE", $"{sessions}/{id}/participants/group/reviewers?ifSequence=1")).Code);
        await alice.DoAsync("DELETE", $"{sessions}/{id}/participants/group/reviewers");
        await alice.DoAsync("POST", $"{sessions}/{id}/close");

        var session = await elsewhere.DoAsync("GET", $"{sessions}/{id}");
        Assert.Equal(
            ("Renamed", "blue", "closed", 1),
            (Text(session, "name"), Text(session.GetProperty("properties"), "room"), Text(session, "status"), session.GetProperty("participants").GetArrayLength()));
        Assert.Equal("session_closed", (await alice.CallAsync("PATCH", $"{sessions}/{id}", new { name = "x" })).Code);
        Assert.Equal(HttpStatusCode.NoContent, (await alice.CallAsync("DELETE", $"{sessions}/{id}")).Status);
        Assert.Equal("session_not_found", (await elsewhere.CallAsync("GET", $"{sessions}/{id}")).Code);
    }

    [Fact]
    public async Task Changes_OverRest_ReachTheHubAsEventsOfTheirOwnSource()
    {
        using var alice = await RestClient.SignInAsync(First, "alice");
        var member = await ConnectAsync("alice", Second);
        var session = await member.CreateSessionAsync();
        await member.JoinAsync(session);
        await member.NextAsync("SessionReset");

        var events = $"applications/demo/sessions/{session.SessionId}/events";
        var ack = await alice.CallAsync("POST", events, new { name = "bell", data = new { n = 1 } }, "application/json",
            ("Writer-Id", "w"), ("Writer-Sequence", "1"), ("Client-Timestamp", "2026-11-21T12:00:00+01:00"));

        var told = await member.NextAsync("SessionEventCreated");
        Assert.Equal(ack.Body.Sequence(), told.Sequence());
        Assert.Equal(
            ("rest", "w", 1, "2026-11-21T11:00:00Z"),
            (Text(told, "source"), Text(told, "writerId"), told.GetProperty("writerSequence").GetInt32(), Text(told, "timestamp")));
        await alice.DoAsync("POST", events, new { name = "horn" });
        var found = await alice.DoAsync("GET", events + "?names=horn&names=drum&after=1&limit=10");
        Assert.Equal("horn", Text(Assert.Single(found.GetProperty("events").EnumerateArray()), "name"));
    }

    private static string? Text(JsonElement value, string member) => value.GetProperty(member).GetString();
}

[Collection(EmbeddedDeployment.Name)]
public sealed class EmbeddedEndpointTests(EmbeddedDeployment deployment) : EndpointTests(deployment);

[Collection(RedisDeployment.Name)]
public sealed class RedisEndpointTests(RedisDeployment deployment) : EndpointTests(deployment);
