using System.Diagnostics;
using System.Text.Json;
using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.Testing;
using static RealtimeSessions.EndToEnd.Tests.Deployments.Callbacks;

namespace RealtimeSessions.EndToEnd.Tests.Rights;

/// <summary>A right that is given or taken on one server acts on the other: in order, within a second, and for good.</summary>
public abstract class RightsTests(Deployment deployment) : HubTest(deployment)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Removed_WritingWithoutPauseElsewhere_GetsTheRemovalAndNothingMoreAndWritesNothingMore()
    {
        var times = new List<TimeSpan>();
        for (var round = 0; round < 5; round++)
        {
            var alice = await ConnectAsync("alice");
            var bob = await ConnectAsync("bob", Second);
            var writer = await ConnectAsync("bob", Second);
            var session = await alice.CreateSessionAsync(null, "bob");
            await bob.JoinAsync(session);
            await bob.NextAsync("SessionReset");
            var writing = WriteUntilRefusedAsync(writer, session);
            await bob.TakeAsync(100);

            var clock = Stopwatch.StartNew();
            var removal = (await alice.CallAsync("RemoveSessionParticipant", session.With(new { participant = new { id = "bob" } }))).Sequence();
            var received = await TakeUntilAsync(bob, "SessionLeft");
            times.Add(clock.Elapsed);

            Assert.Equal(("session_participant_removed", removal), (Type(received[^2]), received[^2].Argument.Sequence()));
            Assert.Equal("access_revoked", received[^1].Argument.GetProperty("reason").GetString());
            Assert.Equal(Range(received[0].Argument.Sequence(), removal), received.SkipLast(1).Sequences());

            // He sees the application no longer than he has the session, so the session is gone for him.
            var (last, code) = await writing;
            Assert.Equal("session_not_found", code);
            Assert.InRange(last, 1, removal - 1);
            await alice.PatchAsync(session, new { after = true });
            Assert.Equal("session_not_found", (await bob.PatchAsync(session, new { n = 0 }).RefusedAsync()).Code);
            Assert.False(bob.Callbacks.TryRead(out _));
            Assert.DoesNotContain(await alice.ListEventsAsync(session, removal), next => next.GetProperty("userId").GetString() == "bob");
        }

        Assert.InRange(Median(times), TimeSpan.Zero, Soon);
    }

    [Fact]
    public async Task Role_TakenAndGivenBackElsewhere_EndsMembershipsAndAdmitsAgain()
    {
        var (application, admin) = await MakeApplicationAsync();
        using (admin)
        {
            var alice = await ConnectAsync("alice");
            var bob = await ConnectAsync("bob", Second);
            var session = new { applicationId = application, sessionId = "board" };
            await alice.CallAsync("CreateSession", new { applicationId = application, sessionId = "board", name = "Board", participants = new[] { new { id = "bob" } } });
            var times = new List<TimeSpan>();
            for (var round = 0; round < 5; round++)
            {
                await admin.DoAsync("POST", $"applications/{application}/roles/Viewer/participants", new { id = "bob" });
                await EventuallyAsync(() => bob.CallAsync("JoinSession", session));
                await bob.CallAsync("WatchApplication", new { applicationId = application });
                Assert.Equal(["FeedReset", "SessionReset"], (await bob.TakeAsync(2)).Select(callback => callback.Name).Order());

                var clock = Stopwatch.StartNew();
                await admin.DoAsync("DELETE", $"applications/{application}/roles/Viewer/participants/user/bob");
                var told = await bob.TakeAsync(2);
                times.Add(clock.Elapsed);

                Assert.Equal(["FeedReset", "SessionLeft"], told.Select(callback => callback.Name).Order());
                await alice.CallAsync("PatchSessionData", new { applicationId = application, sessionId = "board", data = new { round } });
                await alice.CallAsync("UpdateSessionName", new { applicationId = application, sessionId = "board", name = $"Board {round}" });
                Assert.Equal("application_not_found", (await bob.CallAsync("JoinSession", session).RefusedAsync()).Code);
                Assert.False(bob.Callbacks.TryRead(out _));
                await bob.CallAsync("UnwatchApplication", new { applicationId = application });
            }

            Assert.InRange(Median(times), TimeSpan.Zero, Soon);
        }
    }

    [Fact]
    public async Task Changes_OnOneServer_AreSeenByMembersAndWatchersOnTheOtherInOrder()
    {
        var (application, admin) = await MakeApplicationAsync();
        using (admin)
        {
            await admin.DoAsync("POST", $"applications/{application}/roles/Contributor/participants", new { id = "everyone", type = "group" });
            var alice = await ConnectAsync("alice");
            var (member, watcher, stranger) = (await ConnectAsync("bob", Second), await ConnectAsync("bob", Second), await ConnectAsync("carol", Second));
            var session = new { applicationId = application, sessionId = "board" };
            await EventuallyAsync(() => watcher.CallAsync("WatchApplication", new { applicationId = application }));
            await stranger.CallAsync("WatchApplication", new { applicationId = application });
            await watcher.NextAsync("FeedReset");
            await stranger.NextAsync("FeedReset");

            await alice.CallAsync("CreateSession", new { applicationId = application, sessionId = "board", name = "Board", participants = new[] { new { id = "bob" } } });
            Assert.Equal("Board", (await watcher.NextAsync("SessionCreated")).GetProperty("session").GetProperty("name").GetString());
            await member.CallAsync("JoinSession", session);
            await member.NextAsync("SessionReset");

            var clock = Stopwatch.StartNew();
            await alice.CallAsync("UpdateSessionName", new { applicationId = application, sessionId = "board", name = "Renamed" });
            await alice.CallAsync("UpdateSessionProperties", new { applicationId = application, sessionId = "board", properties = new { room = "blue" } });
            await alice.CallAsync("AddSessionParticipant", new { applicationId = application, sessionId = "board", participant = new { id = "reviewers", type = "group" } });
            await alice.CallAsync("PatchSessionData", new { applicationId = application, sessionId = "board", data = new { n = 1 } });
            await alice.CallAsync("CloseSession", session);
            string[] changes = ["SessionUpdated", "SessionPropertiesUpdated", "SessionParticipantAdded", "SessionClosed"];
            var heard = await member.TakeAsync(5);
            var watched = await watcher.TakeAsync(4);
            Assert.InRange(clock.Elapsed, TimeSpan.Zero, 5 * Soon);

            Assert.Equal([.. changes.Take(3), "SessionDataUpdated", changes[3]], heard.Select(callback => callback.Name));
            Assert.Equal([2L, 3, 4, 5, 6], heard.Sequences());
            Assert.Equal(changes, watched.Select(callback => callback.Name));
            Assert.Equal([2L, 3, 4, 6], watched.Sequences());
            AssertGrows(watched);

            // Who gains access is told of the whole session; nothing before that was for him.
            var gained = await stranger.TakeAsync(2);
            Assert.Equal(["SessionParticipantAdded", "SessionClosed"], gained.Select(callback => callback.Name));
            Assert.Equal("Renamed", gained[0].Argument.GetProperty("session").GetProperty("name").GetString());
        }
    }

    [Fact]
    public async Task Close_OnOneServer_IsToldToMembersAndWatchersOnTheOtherWithinASecond()
    {
        var (alice, member, watcher) = (await ConnectAsync("alice"), await ConnectAsync("bob", Second), await ConnectAsync("bob", Second));
        var mark = Guid.NewGuid().ToString("N");
        await watcher.CallAsync("WatchApplication", new { applicationId = SessionRef.ApplicationId, properties = new { mark } });
        await watcher.NextAsync("FeedReset");
        var times = new List<TimeSpan>();
        for (var round = 0; round < 5; round++)
        {
            var session = SessionRef.New();
            await alice.CallAsync("CreateSession", session.With(new { name = "Short", properties = new { mark }, participants = new[] { new { id = "bob" } } }));
            await member.JoinAsync(session);
            await member.NextAsync("SessionReset");
            await watcher.NextAsync("SessionCreated");

            var clock = Stopwatch.StartNew();
            await alice.CallAsync("CloseSession", session.With());
            Assert.Equal(2, (await member.NextAsync("SessionClosed")).Sequence());
            Assert.Equal(2, (await watcher.NextAsync("SessionClosed")).Sequence());
            times.Add(clock.Elapsed);
        }

        Assert.InRange(Median(times), TimeSpan.Zero, Soon);
    }

    private static void AssertGrows(IEnumerable<HubCallback> feed)
    {
        var positions = feed.Select(callback => callback.Argument.GetProperty("feed").GetProperty("sequence").GetInt64()).ToArray();
        Assert.Equal(positions.Order().Distinct(), positions);
    }

    private static string? Type(HubCallback callback) => callback.Argument.GetProperty("eventType").GetString();

    private static TimeSpan Median(IEnumerable<TimeSpan> times) => times.Order().ElementAt(times.Count() / 2);

    /// <summary>Patches, 16 in flight, until one is refused.</summary>
    private static async Task<(long LastSequence, string Code)> WriteUntilRefusedAsync(HubClient writer, SessionRef session)
    {
        var (last, number) = (0L, 0);
        while (true)
        {
            var calls = Enumerable.Range(0, 16).Select(_ => writer.PatchAsync(session, new { n = ++number })).ToArray();
            foreach (var call in calls)
            {
                try
                {
                    last = Math.Max(last, (await call).Sequence());
                }
                catch (HubCallException refused)
                {
                    await Task.WhenAll(calls.Select(other => other.ContinueWith(static _ => { }, TaskScheduler.Default)));
                    Assert.DoesNotContain(calls.SkipWhile(other => other != call), other => other.IsCompletedSuccessfully);
                    return (last, refused.Code);
                }
            }
        }
    }

    private static async Task<List<HubCallback>> TakeUntilAsync(HubClient client, string name)
    {
        var taken = new List<HubCallback>();
        do
        {
            taken.AddRange(await client.TakeAsync(1));
        }
        while (taken[^1].Name != name);
        return taken;
    }

    /// <summary>Calls until a right that was just given has reached the server.</summary>
    private static async Task EventuallyAsync(Func<Task<JsonElement>> call)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await call();
                return;
            }
            catch (HubCallException refused) when (refused.Code == "application_not_found" && clock.Elapsed < Patience)
            {
                await Task.Delay(20);
            }
        }
    }

    private async Task<(string ApplicationId, RestClient Admin)> MakeApplicationAsync()
    {
        var admin = await RestClient.SignInAsync(First, "alice");
        var application = $"rights-{Guid.NewGuid():N}";
        await admin.DoAsync("POST", "applications", new { applicationId = application, name = "Rights" });
        return (application, admin);
    }

    [Collection(EmbeddedDeployment.Name)]
    public sealed class Embedded(EmbeddedDeployment deployment) : RightsTests(deployment);

    [Collection(RedisDeployment.Name)]
    public sealed class Redis(RedisDeployment deployment) : RightsTests(deployment);
}
