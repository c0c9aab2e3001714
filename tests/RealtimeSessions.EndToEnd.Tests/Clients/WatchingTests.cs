using System.Collections.Concurrent;
using RealtimeSessions.Client;
using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;

namespace RealtimeSessions.EndToEnd.Tests.Clients;

/// <summary>Feeds and lists of the .NET client while sessions change on another server, and connections are cut.</summary>
public abstract class WatchingTests(Deployment deployment) : ClientTest(deployment)
{
    private readonly string _test = Guid.NewGuid().ToString("N");

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Feed_WhoseConnectionsAreCut_TellsWhatAnotherTells(RealtimeProtocol protocol)
    {
        var gate = Gate();
        await using var cut = await Open("alice", protocol, gate).WatchApplicationAsync("demo");
        await using var uncut = await Open("alice", protocol).WatchApplicationAsync("demo");
        var (atCut, atUncut) = (Listen(cut), Listen(uncut));

        await ChangeAsync(gate, rounds: 80);
        var last = await CreateAsync("blue");
        var told = await Task.WhenAll(atCut(last), atUncut(last));

        Assert.Equal(told[1].Select(next => (next.Position, next.Event.EventId)), told[0].Select(next => (next.Position, next.Event.EventId)));
        Assert.Equal(told[0].Select(next => next.Position.Sequence).Distinct().Order(), told[0].Select(next => next.Position.Sequence));
        Assert.All(told[0], next => Assert.Equal(next.Event is SessionCreated, next.Session is not null));
        Assert.Equal(7, told[0].Select(next => next.Event.GetType()).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Lists_WhoseConnectionsAreCut_AreInTheEndWhatTheServerLists(RealtimeProtocol protocol)
    {
        var gate = Gate();
        var (alice, bob) = (Open("alice", protocol, gate), Open("bob", protocol, gate));
        for (var i = 0; i < 6; i++)
        {
            await CreateAsync(i % 2 == 0 ? "blue" : "red");
        }

        (RealtimeClient Client, WatchSessionsOptions Options)[] wanted =
        [
            (alice, Wanted()), (alice, Wanted(SessionStatus.Closed)), (alice, Wanted(room: "blue")),
            (bob, Wanted(room: "red", limit: 2)), (bob, Wanted(limit: 3)), (bob, Wanted(SessionStatus.Closed, "blue")),
        ];
        var lists = new List<LiveSessionList>();
        foreach (var (client, options) in wanted)
        {
            lists.Add(await client.WatchSessionsAsync("demo", options));
        }

        await ChangeAsync(gate, rounds: 80);
        await lists[4].LoadMoreAsync(limit: 2);

        foreach (var ((client, options), list) in wanted.Zip(lists))
        {
            var server = await ListAsync(client, options);
            await UntilAsync(
                list.OnChange,
                () => list.View,
                view => view.Sessions.Select(Plain).SequenceEqual(server.Take(view.HasMore ? view.Sessions.Count : server.Count).Select(Plain)));
            await UntilAsync(list.OnSyncStatus, () => list.SyncStatus, static status => status == SyncStatus.Synchronized);
            await list.DisposeAsync();
        }
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Member_WhoWatches_TakesEachForWhatItIs(RealtimeProtocol protocol)
    {
        var alice = Open("alice", protocol);
        var sessionId = await CreateAsync("blue");
        await using var session = await alice.JoinSessionAsync("demo", sessionId);
        await using var feed = await alice.WatchApplicationAsync("demo");
        var told = Listen(feed);
        var other = Other();

        for (var i = 0; i < 20; i++)
        {
            await other.PatchSessionAsync(new() { ApplicationId = "demo", SessionId = sessionId, Patch = new() { Name = $"{i}" } });
            await session.PatchAsync(Tree($$"""{"i": {{i}}}"""));
        }

        var last = await CreateAsync("red");
        var names = (await told(last)).Where(next => next.Event.SessionId == sessionId).Select(next => ((SessionUpdated)next.Event).Session.Name);
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"{i}"), names);
        await UntilAsync(session, SyncStatus.Synchronized);
        Assert.Equal(("19", 41L), (session.Info.Name, session.Position.Sequence));
    }

    private WatchSessionsOptions Wanted(SessionStatus status = SessionStatus.Open, string? room = null, int limit = 100) => new()
    {
        Status = status,
        Properties = new Dictionary<string, string>(room is null ? [] : [KeyValuePair.Create("room", room)]) { ["test"] = _test },
        Limit = limit,
    };

    private Dictionary<string, string> Properties(string room) => new() { ["test"] = _test, ["room"] = room };

    /// <summary>Alice at the other server, where there is one.</summary>
    private RealtimeClient Other() => Open("alice", configure: options => options.Url = First.Address);

    private async Task<string> CreateAsync(string room)
    {
        var made = await Other().CreateSessionAsync(new() { ApplicationId = "demo", Name = "A session", Properties = Properties(room), Participants = [new("bob")] });
        return made.SessionId;
    }

    /// <summary>Changes sessions of this test in every way, while connections through the gate are cut.</summary>
    private async Task ChangeAsync(TcpGate gate, int rounds)
    {
        var other = Other();
        var sessions = new List<string> { await CreateAsync("blue"), await CreateAsync("red"), await CreateAsync("blue") };
        for (var round = 0; round < rounds; round++)
        {
            var (id, bob) = (sessions[round * 5 % sessions.Count], new Participant("bob"));
            switch (round % 8)
            {
                case 0: sessions.Add(await CreateAsync(round % 3 == 0 ? "blue" : "red")); break;
                case 1: await PatchAsync(new() { Properties = Properties(round / 8 % 2 == 0 ? "red" : "blue") }); break;
                case 2: await PatchAsync(new() { Name = $"name {round}" }); break;
                case 3: await other.RemoveSessionParticipantAsync(new() { ApplicationId = "demo", SessionId = id, Participant = bob }); break;
                case 4: await other.AddSessionParticipantAsync(new() { ApplicationId = "demo", SessionId = id, Participant = bob }); break;
                case 5: await PatchAsync(new() { Description = $"description {round}" }); break;
                case 6:
                    await other.CloseSessionAsync(new() { ApplicationId = "demo", SessionId = id });
                    sessions.Remove(id);
                    break;
                default:
                    sessions.Add(await CreateAsync("red"));
                    if (round % 3 == 0)
                    {
                        await other.DeleteSessionAsync(new() { ApplicationId = "demo", SessionId = id });
                        sessions.Remove(id);
                    }

                    break;
            }

            if (round % 10 == 4)
            {
                gate.Cut();
            }

            if (round % 30 == 20)
            {
                gate.IsShut = true;
                gate.Cut();
            }

            gate.IsShut &= round % 30 != 24;

            async Task PatchAsync(SessionPatch patch) => await other.PatchSessionAsync(new() { ApplicationId = "demo", SessionId = id, Patch = patch });
        }

        gate.IsShut = false;
    }

    private static async Task<IReadOnlyList<Session>> ListAsync(RealtimeClient client, WatchSessionsOptions options)
    {
        var page = await client.ListSessionsAsync(new()
        {
            ApplicationId = "demo", Status = options.Status, Properties = options.Properties, Limit = 1_000,
        });
        return page.Sessions;
    }

    /// <summary>What tells whether two are the same.</summary>
    private static string Plain(Session session) => string.Join(
        '|',
        session.SessionId,
        session.Name,
        session.Description,
        session.Status,
        string.Join(',', session.Properties.Select(property => $"{property.Key}={property.Value}").Order()),
        string.Join(',', session.Participants.Select(participant => participant.Id).Order()),
        session.ModifiedAt);

    /// <returns>What was told until a session was made.</returns>
    private static Func<string, Task<List<ApplicationEvent>>> Listen(ApplicationFeed feed)
    {
        var told = new BlockingCollection<ApplicationEvent>();
        feed.OnEvent(told.Add);
        return last => Task.Run(() =>
        {
            var all = new List<ApplicationEvent>();
            while (told.TryTake(out var next, Patience))
            {
                if (next.Event.SessionId == last)
                {
                    return all;
                }

                all.Add(next);
            }

            throw new TimeoutException("The last event has not come.");
        });
    }

    [Collection(EmbeddedDeployment.Name)]
    public sealed class Embedded(EmbeddedDeployment deployment) : WatchingTests(deployment);

    [Collection(RedisDeployment.Name)]
    public sealed class Redis(RedisDeployment deployment) : WatchingTests(deployment);
}
