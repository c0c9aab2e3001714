using System.Collections.Concurrent;
using System.Globalization;
using RealtimeSessions.Client;
using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.EndToEnd.Tests.Clients;

/// <summary>Live sessions over connections that are lost.</summary>
public abstract class ReconnectTests(Deployment deployment) : ClientTest(deployment)
{
    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Patches_MadeOffline_ArriveInOrderAndOnce(RealtimeProtocol protocol)
    {
        var gate = Gate();
        var (alice, bob) = await JoinBothAsync(protocol, gate);
        gate.IsShut = true;
        gate.Cut();
        await UntilAsync(alice, SyncStatus.Disconnected);

        var acks = Enumerable.Range(0, 1_000).Select(i => alice.PatchAsync(Tree($$"""{"n": {{i}}, "k{{i}}": 1}"""))).ToArray();
        Assert.Equal((1_000, 1_001), (alice.PendingChanges, alice.Data.Members.Count));
        await bob.PatchAsync(Tree("""{"bob": 1}"""));
        gate.IsShut = false;
        await Task.WhenAll(acks).WaitAsync(Patience);
        await UntilAsync(alice.OnChange, () => alice.Data, data => data.Members.Count == 1_002);
        await UntilAsync(bob, alice.Data.ToString());

        await AssertOnceInOrderAsync(bob, "n", 1_000);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Patches_WhileTheConnectionIsCutAgainAndAgain_ArriveInOrderAndOnce(RealtimeProtocol protocol)
    {
        var gate = Gate();
        var (alice, bob) = await JoinBothAsync(protocol, gate);
        var acks = new List<Task<Ack>>();
        for (var i = 0; i < 300; i++)
        {
            acks.Add(alice.PatchAsync(Tree($$"""{"n": {{i}}}""")));
            if (i % 60 == 30)
            {
                var held = gate.HoldAnswers();
                await held.WaitAsync(Patience);
                gate.Cut();
                gate.Release();
                await acks[i / 2].WaitAsync(Patience);
            }
        }

        await Task.WhenAll(acks).WaitAsync(Patience);
        await UntilAsync(bob, """{"n":299}""");
        await UntilAsync(alice, SyncStatus.Synchronized);

        await AssertOnceInOrderAsync(bob, "n", 300);
        Assert.Equal("""{"n":299}""", alice.ConfirmedData.ToString());
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task ReadEvents_FromTheBeginning_GivesEachOnceInOrderAcrossCuts(RealtimeProtocol protocol)
    {
        var gate = Gate();
        var (alice, bob) = await JoinBothAsync(protocol, gate);
        for (var i = 0; i < 50; i++)
        {
            await bob.SendEventAsync("early", Tree(i.ToString(CultureInfo.InvariantCulture)));
        }

        using var patience = new CancellationTokenSource(Patience);
        var given = new ConcurrentQueue<long>();
        var reading = Task.Run(async () =>
        {
            await foreach (var next in alice.ReadEventsAsync(0, patience.Token))
            {
                given.Enqueue(next.Sequence);
                if (next.Sequence == 451)
                {
                    break;
                }
            }
        });
        for (var i = 0; i < 4; i++)
        {
            gate.Cut();
            await Task.WhenAll(Enumerable.Range(0, 100).Select(n => bob.SendEventAsync("late", Tree(n.ToString(CultureInfo.InvariantCulture)))));
        }

        await reading.WaitAsync(Patience);
        Assert.Equal(Callbacks.Range(1, 451), given);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Changes_BeyondTheBounds_FailAtOnce(RealtimeProtocol protocol)
    {
        var gate = Gate();
        var client = Open("alice", protocol, gate, options => options.MaximumPendingChanges = 10);
        var alice = await client.JoinSessionAsync("demo", (await CreateAsync(client)).SessionId);
        gate.IsShut = true;
        gate.Cut();
        await UntilAsync(alice, SyncStatus.Disconnected);
        var made = Enumerable.Range(0, 10).Select(i => alice.PatchAsync(Tree($$"""{"n": {{i}}}"""))).ToArray();

        var full = Assert.Throws<RealtimeException>(() => { _ = alice.PatchAsync(Tree("""{"n": 10}""")); });
        var large = Assert.Throws<RealtimeException>(() => { _ = alice.PatchAsync(Tree($$"""{"n": "{{new string('x', 256 * 1024)}}"}""")); });
        gate.IsShut = false;
        await Task.WhenAll(made).WaitAsync(Patience);

        Assert.Equal((ClientErrors.QueueFull, ErrorCode.PayloadTooLarge), (full.Code, large.Code));
        Assert.Equal("""{"n":9}""", alice.Data.ToString());
    }

    [Fact]
    public async Task Token_OfEachConnection_IsAskedAnew()
    {
        var gate = Gate();
        var asked = 0;
        var client = Open("alice", gate: gate, configure: options => options.AccessToken = async _ =>
            Interlocked.Increment(ref asked) == 2 ? throw new InvalidOperationException("No token this time.") : await Second.SignInAsync("alice"));
        var alice = await client.JoinSessionAsync("demo", (await CreateAsync(client)).SessionId);

        var disconnected = UntilAsync(alice, SyncStatus.Disconnected);
        gate.Cut();
        await disconnected;
        await UntilAsync(alice, SyncStatus.Synchronized);

        Assert.Equal(3, asked);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Presence_ChangedOffline_IsShownAfterwards(RealtimeProtocol protocol)
    {
        var gate = Gate();
        var (alice, bob) = await JoinBothAsync(protocol, gate, new() { Presence = Tree("""{"color":"teal"}""") });
        gate.IsShut = true;
        gate.Cut();
        await UntilAsync(alice, SyncStatus.Disconnected);
        await alice.UpdatePresenceAsync(Tree("""{"away": true}"""));
        gate.IsShut = false;

        await UntilAsync(bob.OnPresence, () => bob.People, people => people.ToString().Contains("""{"away":true,"color":"teal"}""", StringComparison.Ordinal));

        gate.IsShut = true;
        gate.Cut();
        await UntilAsync(alice, SyncStatus.Disconnected);
        await alice.UpdatePresenceAsync(Tree($$"""{"text": "{{new string('x', 2048)}}"}"""));
        gate.IsShut = false;
        await UntilAsync(alice, SyncStatus.Synchronized);
    }

    private static async Task AssertOnceInOrderAsync(LiveSession session, string member, int count)
    {
        using var patience = new CancellationTokenSource(Patience);
        var found = new List<string>();
        await foreach (var next in session.ReadEventsAsync(0, patience.Token))
        {
            if (next is SessionDataUpdated update && update.Data.TryGetMember(member, out var value))
            {
                found.Add(value.ToString());
            }

            if (next.Sequence == session.Position.Sequence)
            {
                break;
            }
        }

        Assert.Equal(Enumerable.Range(0, count).Select(i => i.ToString(CultureInfo.InvariantCulture)), found);
    }

    [Collection(EmbeddedDeployment.Name)]
    public sealed class Embedded(EmbeddedDeployment deployment) : ReconnectTests(deployment);

    [Collection(RedisDeployment.Name)]
    public sealed class Redis(RedisDeployment deployment) : ReconnectTests(deployment);
}
