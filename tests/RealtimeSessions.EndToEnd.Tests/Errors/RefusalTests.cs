using System.Text.Json;
using RealtimeSessions.EndToEnd.Tests.Deployments;

namespace RealtimeSessions.EndToEnd.Tests.Errors;

/// <summary>What cannot be done is answered with a code.</summary>
public abstract class RefusalTests(Deployment deployment) : HubTest(deployment)
{
    [Fact]
    public async Task Changes_AfterClose_AreRefusedOnEveryServer()
    {
        var alice = await ConnectAsync("alice");
        var bob = await ConnectAsync("bob", Second);
        var session = await alice.CreateSessionAsync(null, "bob");
        await alice.SendEventAsync(session, "before", null, "writer", 1);
        await bob.GetDataAsync(session);
        await alice.CallAsync("CloseSession", session.With());

        foreach (var client in new[] { alice, bob })
        {
            Assert.Equal("session_closed", (await client.SendEventAsync(session, "after").RefusedAsync()).Code);
            Assert.Equal("session_closed", (await client.PatchAsync(session, new { a = 1 }).RefusedAsync()).Code);
            Assert.Equal("session_closed", (await client.CallAsync("CloseSession", session.With()).RefusedAsync()).Code);
        }

        var retried = await alice.SendEventAsync(session, "before", null, "writer", 1);
        Assert.True(retried.GetProperty("duplicate").GetBoolean());
        Assert.Equal(
            ["session_created", "session_event_created", "session_closed"],
            (await bob.ListEventsAsync(session)).Select(next => next.GetProperty("eventType").GetString()));
    }

    [Fact]
    public async Task AnyMethod_ByANonParticipant_DoesNotFindTheSession()
    {
        var alice = await ConnectAsync("alice");
        var dave = await ConnectAsync("dave", Second);
        var session = await alice.CreateSessionAsync(null, "bob");

        foreach (var call in (Task<JsonElement>[])
            [
                dave.PatchAsync(session, new { a = 1 }), dave.SendEventAsync(session, "hello"), dave.JoinAsync(session), dave.GetDataAsync(session),
                dave.CallAsync("GetSession", session.With()), dave.CallAsync("CloseSession", session.With()),
                dave.CallAsync("ListSessionEvents", session.With()),
            ])
        {
            Assert.Equal("session_not_found", (await call.RefusedAsync()).Code);
        }

        Assert.Single(await alice.ListEventsAsync(session));
    }

    [Fact]
    public async Task AnyMethod_OnASessionThatDoesNotExist_DoesNotFindIt()
    {
        var alice = await ConnectAsync("alice");
        foreach (var session in new[] { SessionRef.New(), new SessionRef("not an id"), new SessionRef("") })
        {
            foreach (var call in (Task<JsonElement>[])
                [
                    alice.JoinAsync(session), alice.PatchAsync(session, new { a = 1 }), alice.SendEventAsync(session, "hello"), alice.GetDataAsync(session),
                ])
            {
                Assert.Equal("session_not_found", (await call.RefusedAsync()).Code);
            }
        }

        var nowhere = await alice.CallAsync("ListSessions", new { applicationId = "nowhere" }).RefusedAsync();
        Assert.Equal("application_not_found", nowhere.Code);
    }

    [Theory]
    [InlineData("5")]
    [InlineData("\"text\"")]
    [InlineData("[{}]")]
    [InlineData("true")]
    [InlineData("null")]
    public async Task PatchSessionData_WithDataThatIsNoObject_IsRefused(string data)
    {
        var alice = await ConnectAsync("alice");
        var session = await alice.CreateSessionAsync();

        var error = await alice.PatchAsync(session, JsonSerializer.Deserialize<JsonElement>(data)).RefusedAsync();

        Assert.Equal("invalid_argument", error.Code);
        Assert.Equal("$.data", error.Details.GetProperty("path").GetString());
        Assert.Single(await alice.ListEventsAsync(session));
    }

    [Fact]
    public async Task Change_WithAWriterNumberTooHigh_SaysWhichIsExpected()
    {
        var alice = await ConnectAsync("alice");
        var session = await alice.CreateSessionAsync();
        await alice.SendEventAsync(session, "one", null, "writer", 1);

        var error = await alice.SendEventAsync(session, "three", null, "writer", 3).RefusedAsync();

        Assert.Equal("writer_gap", error.Code);
        Assert.Equal(2, error.Details.GetProperty("expected").GetInt64());
    }

    [Collection(EmbeddedDeployment.Name)]
    public sealed class Embedded(EmbeddedDeployment deployment) : RefusalTests(deployment);

    [Collection(RedisDeployment.Name)]
    public sealed class Redis(RedisDeployment deployment) : RefusalTests(deployment);
}
