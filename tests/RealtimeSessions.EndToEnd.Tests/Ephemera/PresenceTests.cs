using System.Diagnostics;
using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.Testing;

namespace RealtimeSessions.EndToEnd.Tests.Ephemera;

/// <summary>Who is in a session, as its members are told, on whatever server they are.</summary>
public abstract class PresenceTests(Deployment deployment) : HubTest(deployment)
{
    /// <summary>Less than the 30 seconds after which a silent server's people are taken for gone.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Members_OfEveryServer_KnowEachOther()
    {
        var alice = await PresentClient.JoinAsync(await ConnectAsync("alice"), await SessionAsync(), new { color = "red" });
        await alice.UntilAsync("""{"alice":{"A":{"color":"red"}}}""", ("A", alice));
        Assert.Equal("SessionReset", Assert.Single(alice.Others).Name);

        var bob = await PresentClient.JoinAsync(await ConnectAsync("bob", Second), alice.Session);
        await bob.UntilAsync("""{"alice":{"A":{"color":"red"}},"bob":{"B":{}}}""", ("A", alice), ("B", bob));
        await alice.UntilAsync("""{"alice":{"A":{"color":"red"}},"bob":{"B":{}}}""", ("A", alice), ("B", bob));

        var also = await PresentClient.JoinAsync(await ConnectAsync("bob"), alice.Session, new { tab = 2 });
        await bob.UntilAsync("""{"alice":{"A":{"color":"red"}},"bob":{"B":{},"B2":{"tab":2}}}""", ("A", alice), ("B", bob), ("B2", also));
        Assert.Equal((1, 1), (alice.Wholes, alice.Differences));

        await bob.UpdateAsync(new { cursor = new { x = 1, y = 2 } });
        await alice.UpdateAsync(new { color = (string?)null, typing = true });
        await bob.UpdateAsync(new { cursor = new { x = 5 } });
        var all = """{"alice":{"A":{"typing":true}},"bob":{"B":{"cursor":{"x":5,"y":2}},"B2":{"tab":2}}}""";
        foreach (var member in (PresentClient[])[alice, bob, also])
        {
            await member.UntilAsync(all, ("A", alice), ("B", bob), ("B2", also));
        }

        await bob.Hub.CallAsync("LeaveSession", bob.Session.With());
        await alice.UntilAsync("""{"alice":{"A":{"typing":true}},"bob":{"B2":{"tab":2}}}""", ("A", alice), ("B2", also));
        var clock = Stopwatch.StartNew();
        also.Hub.Cut();
        await alice.UntilAsync("""{"alice":{"A":{"typing":true}}}""", ("A", alice));
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, Soon);
        Assert.Equal(1, alice.Wholes);
    }

    [Fact]
    public async Task JoinSession_WithAndWithoutPresence_TellsTheConnectionsIdAndShowsOnlyWhoWants()
    {
        var alice = await PresentClient.JoinAsync(await ConnectAsync("alice"), await SessionAsync());
        var bob = await ConnectAsync("bob", Second);
        foreach (var presence in (object?[])[false, null])
        {
            var joined = await bob.CallAsync("JoinSession", alice.Session.With(new { presence }));
            Assert.NotEqual(alice.ConnectionId, joined.GetProperty("connectionId").GetString());
            Assert.Equal("SessionReset", (await bob.TakeAsync(1))[0].Name);
            Assert.Equal("not_joined", (await bob.CallAsync("UpdatePresence", alice.Session.With(new { state = new { } })).RefusedAsync()).Code);
        }

        await alice.UpdateAsync(new { x = 1 });
        await alice.DrainAsync();
        Assert.Equal("SessionEventCreated", (await bob.TakeAsync(1))[0].Name);
        Assert.Equal(["alice"], alice.People!.Select(person => person.Key));
    }

    [Fact]
    public async Task JoinSession_FromAPosition_GetsEventsFirstAndThenWhoIsThere()
    {
        var alice = await PresentClient.JoinAsync(await ConnectAsync("alice"), await SessionAsync());
        var start = await alice.Hub.SendEventAsync(alice.Session, "0");
        for (var i = 1; i <= 100; i++)
        {
            await alice.Hub.SendEventAsync(alice.Session, $"{i}");
        }

        var bob = await ConnectAsync("bob", Second);
        var since = new { epoch = start.Epoch(), sequence = start.Sequence() };
        Assert.True((await bob.CallAsync("JoinSession", alice.Session.With(new { since, presence = true }))).GetProperty("recovered").GetBoolean());

        var told = await bob.TakeAsync(101);
        Assert.All(told.SkipLast(1), callback => Assert.Equal("SessionEventCreated", callback.Name));
        Assert.Equal("SessionPresence", told[^1].Name);
    }

    [Fact]
    public async Task Removed_Participant_IsGoneForEverybodyAndToldNothingMore()
    {
        var alice = await PresentClient.JoinAsync(await ConnectAsync("alice"), await SessionAsync());
        var bob = await PresentClient.JoinAsync(await ConnectAsync("bob", Second), alice.Session);
        await alice.UntilAsync("""{"alice":{"A":{}},"bob":{"B":{}}}""", ("A", alice), ("B", bob));
        await bob.UntilAsync("""{"alice":{"A":{}},"bob":{"B":{}}}""", ("A", alice), ("B", bob));

        await alice.Hub.CallAsync("RemoveSessionParticipant", alice.Session.With(new { participant = new { id = "bob" } }));

        await alice.UntilAsync("""{"alice":{"A":{}}}""", ("A", alice));
        await bob.UntilAsync(() => bob.Others[^1].Name == "SessionLeft");
        await alice.UpdateAsync(new { x = 1 });
        await alice.DrainAsync();
        Assert.False(bob.Hub.Callbacks.TryRead(out var more), $"{more}");
        Assert.Equal("not_joined", (await bob.UpdateAsync(new { x = 1 }).RefusedAsync()).Code);
        Assert.Equal("not_joined", (await bob.SendAsync("late").RefusedAsync()).Code);
    }

    [Fact]
    public async Task Joins_OfManyAtOnce_AreToldTogether()
    {
        const int count = 200;
        var alice = await PresentClient.JoinAsync(await ConnectAsync("alice"), await SessionAsync());
        await alice.UntilAsync("""{"alice":{"A":{}}}""", ("A", alice));
        var hubs = new List<HubClient>();
        for (var i = 0; i < count; i++)
        {
            hubs.Add(await ConnectAsync("bob", i % 2 == 0 ? First : Second));
        }

        var clock = Stopwatch.StartNew();
        var members = await Task.WhenAll(hubs.Select(hub => PresentClient.JoinAsync(hub, alice.Session)));
        await alice.UntilAsync(() => alice.People!["bob"]?.AsObject().Count == count);

        // Those of each server come in differences of their own.
        Assert.InRange(alice.Differences, 1, (2 * clock.Elapsed / TimeSpan.FromMilliseconds(50)) + 2);
        foreach (var member in members)
        {
            await member.UntilAsync(() => member.People?["bob"]?.AsObject().Count == count);
            Assert.Equal(1, member.Wholes);
        }

        clock.Restart();
        var before = alice.Differences;
        Array.ForEach(members, member => member.Hub.Cut());
        await alice.UntilAsync("""{"alice":{"A":{}}}""", ("A", alice));
        Assert.InRange(alice.Differences - before, 1, (2 * clock.Elapsed / TimeSpan.FromMilliseconds(50)) + 2);
    }

    [Fact]
    public async Task States_BeyondTheLimit_AreRefusedAndChangeNothing()
    {
        var alice = await PresentClient.JoinAsync(await ConnectAsync("alice"), await SessionAsync(), new { text = new string('x', 900) });
        var error = await alice.UpdateAsync(new { more = new string('x', 200) }).RefusedAsync();
        var join = await (await ConnectAsync("alice")).CallAsync("JoinSession", alice.Session.With(new { presence = new { text = new string('x', 1_100) } })).RefusedAsync();
        await alice.UpdateAsync(new { text = "short", more = new string('x', 200) });

        Assert.Equal(("data_too_large", 1024), (error.Code, error.Details.GetProperty("limit").GetInt32()));
        Assert.Equal("data_too_large", join.Code);
        await alice.UntilAsync("""{"alice":{"A":{"text":"short","more":"MORE"}}}""".Replace("MORE", new string('x', 200), StringComparison.Ordinal), ("A", alice));
    }

    /// <summary>A session that Bob takes part in.</summary>
    private async Task<SessionRef> SessionAsync() => await (await ConnectAsync("alice")).CreateSessionAsync(null, "bob");

    [Collection(EmbeddedDeployment.Name)]
    public sealed class Embedded(EmbeddedDeployment deployment) : PresenceTests(deployment);

    [Collection(RedisDeployment.Name)]
    public sealed class Redis(RedisDeployment deployment) : PresenceTests(deployment);
}
