using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.Testing;

namespace RealtimeSessions.EndToEnd.Tests.Ephemera;

/// <summary>What members signal to each other, on whatever server they are.</summary>
public abstract class SignalTests(Deployment deployment) : HubTest(deployment)
{
    private const int ReceiveBuffer = 16 * 1024;

    [Fact]
    public async Task SendSignal_ToAllAndToOne_ReachesThoseAndNeverItsSender()
    {
        var (alice, bob, also) = await JoinedAsync();
        var silent = await ConnectAsync("carol", Second);
        await silent.CallAsync("JoinSession", alice.Session.With());
        await silent.NextAsync("SessionReset");
        await ReachAsync(alice, silent);

        await alice.SendAsync("all", new { x = 1.5 });
        await alice.SendAsync("one", to: "bob");
        await bob.SendAsync("self", to: "bob");
        await bob.SendAsync("nobody", to: "nobody");
        await also.SendAsync("last");

        foreach (var (member, expected) in new[] { (alice, "last"), (bob, "all one last"), (also, "all one self") })
        {
            await member.UntilAsync(() => member.Signals.Count() >= expected.Split(' ').Length);
            Assert.Equal(expected.Split(' ').Order(), member.Signals.Select(signal => signal.Argument.GetProperty("name").GetString()).Order());
        }

        var all = bob.Signals.Single(signal => signal.Argument.GetProperty("name").GetString() == "all").Argument;
        Assert.Equal(
            $$$"""{"applicationId":"demo","sessionId":"{{{alice.Session.SessionId}}}","userId":"alice","connectionId":"{{{alice.ConnectionId}}}","name":"all","data":{"x":1.5}}""",
            all.GetRawText());
        foreach (var member in (PresentClient[])[alice, bob, also])
        {
            await member.DrainAsync();
        }

        Assert.Equal((1, 3, 3), (alice.Signals.Count(), bob.Signals.Count(), also.Signals.Count()));
        var heard = new List<string?>();
        while (heard.LastOrDefault() != "last")
        {
            heard.Add((await silent.NextAsync("SessionSignal")).GetProperty("name").GetString());
        }

        Assert.Equal(["all", "last"], heard.Where(name => name != "ready"));
    }

    [Fact]
    public async Task SendSignal_OneAfterTheOther_KeepTheirOrderAndAreNotStored()
    {
        const int count = 90;
        var (alice, bob, also) = await JoinedAsync();
        await Task.WhenAll(Enumerable.Range(0, count).Select(i => alice.SendAsync($"{i}")));

        foreach (var member in (PresentClient[])[bob, also])
        {
            await member.UntilAsync(() => member.Signals.Count() == count);
            Assert.Equal(Enumerable.Range(0, count).Select(i => $"{i}"), member.Signals.Select(signal => signal.Argument.GetProperty("name").GetString()));
        }

        Assert.Single(await alice.Hub.ListEventsAsync(alice.Session));
    }

    [Fact]
    public async Task SendSignal_TooManyOrTooLarge_IsRefused()
    {
        var (alice, bob, _) = await JoinedAsync();

        var large = await alice.SendAsync("large", new string('x', 4 * 1024)).RefusedAsync();
        Assert.Equal(("payload_too_large", 4 * 1024), (large.Code, large.Details.GetProperty("limit").GetInt32()));
        await alice.SendAsync("fits", new string('x', (4 * 1024) - 2));

        var sent = Enumerable.Range(0, 1_000).Select(i => alice.SendAsync($"{i}")).ToArray();
        await Task.WhenAll(sent.Select(call => call.ContinueWith(_ => { }, TaskScheduler.Default)));
        var refused = Assert.IsType<HubCallException>(sent.First(call => call.IsFaulted).Exception!.InnerException);
        Assert.Equal(("rate_limited", 1), (refused.Code, refused.Details.GetProperty("retryAfter").GetInt32()));
        Assert.InRange(sent.Count(call => call.IsCompletedSuccessfully), 99, 999);
        await bob.SendAsync("another connection");
    }

    [Fact]
    public async Task SendSignal_FromOutsideOrInAClosedSession_IsRefused()
    {
        var (alice, bob, _) = await JoinedAsync();
        var other = await ConnectAsync("bob", Second);
        Assert.Equal("not_joined", (await other.SignalAsync(alice.Session, "outside").RefusedAsync()).Code);
        Assert.Equal("not_joined", (await other.SignalAsync(SessionRef.New(), "nowhere").RefusedAsync()).Code);

        await alice.Hub.CallAsync("AddSessionParticipant", alice.Session.With(new { participant = new { id = "carol" } }));
        await bob.Hub.CallAsync("LeaveSession", alice.Session.With());
        Assert.Equal("not_joined", (await bob.SendAsync("left").RefusedAsync()).Code);

        await alice.Hub.CallAsync("CloseSession", alice.Session.With());
        var carol = await PresentClient.JoinAsync(await ConnectAsync("carol", Second), alice.Session);
        Assert.Equal("session_closed", (await carol.SendAsync("closed").RefusedAsync()).Code);
        await carol.UpdateAsync(new { reading = true });
        await alice.UntilAsync(() => alice.People?["carol"]?[carol.ConnectionId]?["reading"]?.GetValue<bool>() == true);
    }

    [Fact]
    public async Task AMember_ThatReadsNothing_GetsNoSignalsButEveryEventAndThenWhoIsThere()
    {
        const int events = 2_000;
        var alice = await PresentClient.JoinAsync(await ConnectAsync("alice"), await SessionAsync());
        var slow = await PresentClient.JoinAsync(await ConnectAsync("bob", Second, ReceiveBuffer), alice.Session);
        await slow.UntilAsync("""{"alice":{"A":{}},"bob":{"B":{}}}""", ("A", alice), ("B", slow));
        slow.Hub.PauseReading();
        var text = new string('x', 4_000);
        for (var i = 0; i < events; i += 50)
        {
            await Task.WhenAll(Enumerable.Range(i, 50).Select(n => alice.Hub.SendEventAsync(alice.Session, "step", new { n, text })));
        }

        for (var i = 0; i < 50; i++)
        {
            await alice.SendAsync("lost", i);
            await alice.UpdateAsync(new { i });
        }

        var joining = await PresentClient.JoinAsync(await ConnectAsync("alice"), alice.Session);
        slow.Hub.ResumeReading();
        await slow.UntilAsync("""{"alice":{"A":{"i":49},"A2":{}},"bob":{"B":{}}}""", ("A", alice), ("A2", joining), ("B", slow));

        var steps = slow.Others.Where(callback => callback.Name == "SessionEventCreated").Select(callback => callback.Argument.GetProperty("data").GetProperty("n").GetInt32());
        Assert.Equal(Enumerable.Range(0, events), steps);
        Assert.Empty(slow.Signals);
        Assert.InRange(slow.Wholes, 2, 3);
        Assert.InRange(slow.Differences, 0, 5);
        await alice.SendAsync("heard");
        await slow.UntilAsync(() => slow.Signals.Any());
    }

    /// <summary>Signals to Carol until she hears one: who has just come is not at the head at once.</summary>
    private static async Task ReachAsync(PresentClient sender, HubClient carol)
    {
        using var patience = new CancellationTokenSource(Callbacks.Patience);
        do
        {
            await sender.SendAsync("ready", to: "carol");
            await Task.Delay(20, patience.Token);
        }
        while (!carol.Callbacks.TryRead(out _));
    }

    /// <summary>Alice on one server, Bob on both; everybody knows all three.</summary>
    private async Task<(PresentClient Alice, PresentClient Bob, PresentClient Also)> JoinedAsync()
    {
        var session = await SessionAsync();
        var alice = await PresentClient.JoinAsync(await ConnectAsync("alice"), session);
        var bob = await PresentClient.JoinAsync(await ConnectAsync("bob", Second), session);
        var also = await PresentClient.JoinAsync(await ConnectAsync("bob"), session);
        foreach (var member in (PresentClient[])[alice, bob, also])
        {
            await member.UntilAsync("""{"alice":{"A":{}},"bob":{"B":{},"B2":{}}}""", ("A", alice), ("B", bob), ("B2", also));
        }

        return (alice, bob, also);
    }

    private async Task<SessionRef> SessionAsync() => await (await ConnectAsync("alice")).CreateSessionAsync(null, "bob", "carol");

    [Collection(EmbeddedDeployment.Name)]
    public sealed class Embedded(EmbeddedDeployment deployment) : SignalTests(deployment);

    [Collection(RedisDeployment.Name)]
    public sealed class Redis(RedisDeployment deployment) : SignalTests(deployment);
}
