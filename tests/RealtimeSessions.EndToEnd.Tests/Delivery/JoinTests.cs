using System.Text.Json;
using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.Testing;
using static RealtimeSessions.EndToEnd.Tests.Deployments.Callbacks;

namespace RealtimeSessions.EndToEnd.Tests.Delivery;

/// <summary>Who joins gets the state first, then every event; who leaves gets nothing more.</summary>
public abstract class JoinTests(Deployment deployment) : HubTest(deployment)
{
    private const int MaximumJoinedSessions = 100;

    [Fact]
    public async Task JoinSession_ForTheFirstTime_SendsTheStateThenEvents()
    {
        var alice = await ConnectAsync("alice");
        var bob = await ConnectAsync("bob", Second);
        var session = await alice.CreateSessionAsync(new { color = "red" }, "bob");
        var patched = await alice.PatchAsync(session, new { size = 1 });

        var joined = await bob.JoinAsync(session);
        var reset = await bob.NextAsync("SessionReset");
        await alice.PatchAsync(session, new { color = (string?)null });
        var update = await bob.NextAsync("SessionDataUpdated");

        Assert.False(joined.GetProperty("recovered").GetBoolean());
        Assert.Equal(patched.Sequence(), joined.Sequence());
        Assert.Equal("A session", joined.GetProperty("session").GetProperty("name").GetString());
        Assert.Equal(patched.GetProperty("position").GetRawText(), reset.GetProperty("position").GetRawText());
        Assert.Equal("{\"color\":\"red\",\"size\":1}", reset.GetProperty("data").GetRawText());
        Assert.Equal(patched.Sequence(), reset.GetProperty("dataSequence").GetInt64());
        Assert.Equal(patched.Sequence() + 1, update.Sequence());
        Assert.Equal("{\"color\":null}", update.GetProperty("data").GetRawText());
        Assert.Equal(
            ("demo", session.SessionId, "session_data_updated", "hub", "alice"),
            (Text(update, "applicationId"), Text(update, "sessionId"), Text(update, "eventType"), Text(update, "source"), Text(update, "userId")));
    }

    [Fact]
    public async Task JoinSession_WhileOthersWrite_MissesAndRepeatsNothing()
    {
        const int patches = 300, members = 10;
        var alice = await ConnectAsync("alice");
        var session = await alice.CreateSessionAsync(null, "bob");
        var writing = Enumerable.Range(1, patches).Select(i => alice.PatchAsync(session, new Dictionary<string, int> { [$"k{i}"] = i })).ToList();
        var readers = new List<HubClient>();
        for (var i = 0; i < members; i++)
        {
            readers.Add(await ConnectAsync("bob", i % 2 == 0 ? First : Second));
            await readers[i].JoinAsync(session);
        }

        var head = (await Task.WhenAll(writing)).Max(Callbacks.Sequence);
        foreach (var reader in readers)
        {
            var received = await reader.TakeThroughAsync(head);
            var start = received[0].Argument.Sequence();
            var before = received[0].Argument.GetProperty("data").EnumerateObject().Count();
            Assert.Equal("SessionReset", received[0].Name);
            Assert.Equal(start - 1, before);
            Assert.Equal(Range(start + 1, head), received.Skip(1).Sequences());
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task JoinSession_WithAndWithoutEcho_GetsOwnEventsOnlyIfAskedFor(bool echo)
    {
        var alice = await ConnectAsync("alice");
        var bob = await ConnectAsync("bob", Second);
        var session = await alice.CreateSessionAsync(null, "bob");
        await bob.JoinAsync(session, echo: echo);
        await bob.NextAsync("SessionReset");

        var own = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => bob.SendEventAsync(session, "own", i)));
        var last = await alice.SendEventAsync(session, "other");

        var received = await bob.TakeThroughAsync(last.Sequence());
        Assert.Equal(echo ? [.. own.Select(Callbacks.Sequence), last.Sequence()] : [last.Sequence()], received.Sequences());
    }

    [Fact]
    public async Task JoinSession_WithoutEcho_OtherConnectionsOfTheUserGetTheEvents()
    {
        var alice = await ConnectAsync("alice");
        var other = await ConnectAsync("alice");
        var session = await alice.CreateSessionAsync();
        await alice.JoinAsync(session);
        await other.JoinAsync(session);
        await other.NextAsync("SessionReset");

        var answer = await alice.SendEventAsync(session, "hello", "é😀\u0001");

        var received = await other.NextAsync("SessionEventCreated");
        Assert.Equal(answer.Sequence(), received.Sequence());
        Assert.Equal("é😀\u0001", Text(received, "data"));
    }

    [Fact]
    public async Task JoinSession_Again_ReplacesTheFirst()
    {
        var alice = await ConnectAsync("alice");
        var session = await alice.CreateSessionAsync();
        foreach (var echo in (bool[])[false, true])
        {
            await alice.JoinAsync(session, echo: echo);
            await alice.NextAsync("SessionReset");
        }

        await alice.SendEventAsync(session, "one");
        var last = await alice.SendEventAsync(session, "two");

        Assert.Equal([last.Sequence() - 1, last.Sequence()], (await alice.TakeAsync(2)).Sequences());
        await alice.JoinAsync(session);
        await alice.NextAsync("SessionReset");
    }

    [Fact]
    public async Task LeaveSession_AfterJoin_EndsTheEvents()
    {
        var alice = await ConnectAsync("alice");
        var bob = await ConnectAsync("bob", Second);
        var session = await alice.CreateSessionAsync(null, "bob");
        await bob.JoinAsync(session);
        await bob.NextAsync("SessionReset");

        await bob.CallAsync("LeaveSession", session.With());
        await alice.SendEventAsync(session, "unheard");
        await bob.CallAsync("LeaveSession", session.With());
        var joined = await bob.JoinAsync(session);

        Assert.Equal(joined.Sequence(), (await bob.NextAsync("SessionReset")).Sequence());
    }

    [Fact]
    public async Task JoinSession_BeyondTheLimit_IsRefused()
    {
        var alice = await ConnectAsync("alice");
        var sessions = new List<SessionRef>();
        for (var i = 0; i <= MaximumJoinedSessions; i++)
        {
            sessions.Add(await alice.CreateSessionAsync());
        }

        await Task.WhenAll(sessions.Take(MaximumJoinedSessions).Select(session => alice.JoinAsync(session)));
        var error = await alice.JoinAsync(sessions[^1]).RefusedAsync();
        await alice.JoinAsync(sessions[0]);
        await alice.CallAsync("LeaveSession", sessions[0].With());
        await alice.JoinAsync(sessions[^1]);

        Assert.Equal("limit_exceeded", error.Code);
        Assert.Equal(MaximumJoinedSessions, error.Details.GetProperty("limit").GetInt32());
    }

    [Fact]
    public async Task CloseSession_WithMembers_TellsThem()
    {
        var alice = await ConnectAsync("alice");
        var bob = await ConnectAsync("bob", Second);
        var session = await alice.CreateSessionAsync(null, "bob");
        await bob.JoinAsync(session);
        await bob.NextAsync("SessionReset");

        await alice.CallAsync("CloseSession", session.With());

        Assert.Equal("closed", Text((await bob.NextAsync("SessionClosed")).GetProperty("session"), "status"));
        Assert.Equal("closed", Text((await bob.JoinAsync(session)).GetProperty("session"), "status"));
    }

    private static string? Text(JsonElement element, string member) => element.GetProperty(member).GetString();

    [Collection(EmbeddedDeployment.Name)]
    public sealed class Embedded(EmbeddedDeployment deployment) : JoinTests(deployment);

    [Collection(RedisDeployment.Name)]
    public sealed class Redis(RedisDeployment deployment) : JoinTests(deployment);
}
