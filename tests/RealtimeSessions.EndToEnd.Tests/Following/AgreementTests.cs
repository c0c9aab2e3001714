using System.Collections.Immutable;
using System.Text.Json;
using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.Testing;

namespace RealtimeSessions.EndToEnd.Tests.Following;

/// <summary>Logs, lists and feeds tell the same of sessions that many change at once on every server.</summary>
public abstract class AgreementTests(Deployment deployment) : HubTest(deployment)
{
    private const int Clients = 20;
    private const int Sessions = 5;
    private const int ChangesEach = 12;

    [Fact]
    public async Task Changes_Of20ClientsOnEveryServer_AreInLogListAndFeed()
    {
        var mark = Guid.NewGuid().ToString("N");
        var alice = await ConnectAsync("alice");
        var watchers = new[] { await ConnectAsync("alice"), await ConnectAsync("alice", Second) };
        foreach (var watcher in watchers)
        {
            await watcher.CallAsync("WatchApplication", new { applicationId = SessionRef.ApplicationId, properties = new { mark } });
            await watcher.NextAsync("FeedReset");
        }

        var sessions = new List<SessionRef>();
        for (var i = 0; i < Sessions; i++)
        {
            sessions.Add(SessionRef.New());
            await alice.CallAsync("CreateSession", sessions[i].With(new
            {
                name = $"Session {i}",
                properties = new { mark },
                participants = new[] { new { id = "everyone", type = "group" } },
            }));
        }

        var clients = await Task.WhenAll(Enumerable.Range(0, Clients).Select(i => ConnectAsync($"client-{i}", i % 2 == 0 ? First : Second)));
        var acknowledged = (await Task.WhenAll(clients.Select((client, i) => ChangeAsync(client, i, sessions, mark)))).SelectMany(all => all).ToList();

        Assert.Equal(Clients * ChangesEach, acknowledged.Count);
        var listed = new[] { await ListAsync(alice, mark), await ListAsync(clients[1], mark) };
        var feeds = new[] { new List<HubCallback>(), new List<HubCallback>() };
        var expected = 0;
        foreach (var session in sessions)
        {
            var log = (await alice.ListEventsAsync(session)).Where(next => next.GetProperty("eventType").GetString() != "session_data_updated").ToArray();
            expected += log.Length;
            Assert.Equal(
                acknowledged.Where(ack => ack.Session == session).Select(ack => ack.EventId).Order(), log.Skip(1).Select(EventId).Order());
            var info = await alice.CallAsync("GetSession", session.With());
            Assert.All(listed, list => Assert.Equal(info.GetRawText(), list[session.SessionId].GetRawText()));
        }

        for (var i = 0; i < watchers.Length; i++)
        {
            feeds[i] = await watchers[i].TakeAsync(expected);
        }

        foreach (var session in sessions)
        {
            var log = (await alice.ListEventsAsync(session)).Where(next => next.GetProperty("eventType").GetString() != "session_data_updated").Select(EventId);
            Assert.All(feeds, feed => Assert.Equal(log, feed.Where(told => IsOf(told, session)).Select(told => EventId(told.Argument))));
        }
    }

    private static async Task<List<(SessionRef Session, Guid EventId)>> ChangeAsync(HubClient client, int number, List<SessionRef> sessions, string mark)
    {
        var made = new List<(SessionRef, Guid)>();
        for (var i = 0; i < ChangesEach; i++)
        {
            var session = sessions[(number + i) % sessions.Count];
            var (method, change) = (i % 4) switch
            {
                0 => ("UpdateSessionName", session.With(new { name = $"{number}-{i}" })),
                1 => ("UpdateSessionProperties", session.With(new { properties = new Dictionary<string, string> { ["mark"] = mark, [$"p{number}"] = $"{i}" } })),
                2 => ("AddSessionParticipant", session.With(new { participant = new { id = $"guest-{number}-{i}" } })),
                _ => ("UpdateSessionDescription", session.With(new { description = $"{number}-{i}" })),
            };
            var patch = client.PatchAsync(session, new Dictionary<string, int> { [$"n{number}"] = i });
            var ack = await client.CallAsync(method, change);
            made.Add((session, ack.GetProperty("eventId").GetGuid()));
            await patch;
        }

        return made;
    }

    private static async Task<ImmutableDictionary<string, JsonElement>> ListAsync(HubClient client, string mark)
    {
        var page = await client.CallAsync("ListSessions", new { applicationId = SessionRef.ApplicationId, properties = new { mark } });
        return page.GetProperty("sessions").EnumerateArray().ToImmutableDictionary(session => session.GetProperty("sessionId").GetString()!);
    }

    private static bool IsOf(HubCallback told, SessionRef session) => told.Argument.GetProperty("sessionId").GetString() == session.SessionId;

    private static Guid EventId(JsonElement next) => next.GetProperty("eventId").GetGuid();

    [Collection(EmbeddedDeployment.Name)]
    public sealed class Embedded(EmbeddedDeployment deployment) : AgreementTests(deployment);

    [Collection(RedisDeployment.Name)]
    public sealed class Redis(RedisDeployment deployment) : AgreementTests(deployment);
}
