using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.EndToEnd.Tests.Table.Calls;
using RealtimeSessions.EndToEnd.Tests.Table.Document;
using RealtimeSessions.EndToEnd.Tests.Table.Model;

namespace RealtimeSessions.EndToEnd.Tests.Table;

/// <summary>The events that the table of PROTOCOL.md has in the feed only.</summary>
public abstract class FeedTests(Deployment deployment) : HubTest(deployment)
{
    [Fact]
    public async Task Call_ThatTellsTheFeedOnly_IsToldToWatchersWithItsSourceAndUser()
    {
        await using var doors = await Doors.OpenAsync([First, Second], Stage.User, connections: 1);
        await using var guest = await Doors.OpenAsync([First, Second], Caller.Guest, connections: 1);
        var stage = new Stage(doors, guest);
        var application = await stage.MakeApplicationAsync(Caller.Bob, RoleKind.Administrator, byGroup: false);
        var watcher = await ConnectAsync(Caller.Bob.User, Second);
        foreach (var call in SessionCalls.All.Where(call => call.Row.IsInFeedOnly))
        {
            foreach (var door in doors.OfEachKind.Where(door => door.Serves(call.Row)))
            {
                var session = await stage.MakeSessionAsync(application, Caller.Bob, Participation.User, Presence.Open);
                await watcher.CallAsync("WatchApplication", new { applicationId = application });
                await watcher.NextAsync("FeedReset");

                Assert.Null((await door.CallAsync(call, session)).Code);

                var told = (await watcher.TakeAsync(1))[0].Argument;
                Assert.Equal(
                    (session.SessionId, call.Events.Single(), door.Source, Stage.User),
                    (Text("sessionId"), Text("eventType"), Text("source"), Text("userId")));
                await watcher.CallAsync("UnwatchApplication", new { applicationId = application });
                string Text(string name) => told.GetProperty(name).GetString()!;
            }
        }

        Assert.Contains(ProtocolDocument.Rows, row => row.IsInFeedOnly);
    }

    [Collection(EmbeddedDeployment.Name)]
    public sealed class Embedded(EmbeddedDeployment deployment) : FeedTests(deployment);

    [Collection(RedisDeployment.Name)]
    public sealed class Redis(RedisDeployment deployment) : FeedTests(deployment);
}
