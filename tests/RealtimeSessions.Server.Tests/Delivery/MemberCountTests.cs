using RealtimeSessions.Server.Metrics;
using RealtimeSessions.Server.Tests.Support;

namespace RealtimeSessions.Server.Tests.Delivery;

/// <summary>Who is told of sessions and feeds is counted, however he comes and goes.</summary>
public sealed class MemberCountTests : DeliveryTest
{
    private const int Small = 8 * 1024;
    private static readonly string Filler = $$"""{"filler":"{{new string('x', 2 * Small)}}"}""";

    private MemberCount Sessions => Parts.Metrics.Of(MemberKind.Session);

    [Fact]
    public async Task Members_WhoComeAndGo_AreCounted()
    {
        var other = await Parts.CreateAsync("other");
        var (first, second) = (new TestClient(ServerParts.Bob), new TestClient(ServerParts.Alice));

        await JoinAsync(first);
        await JoinAsync(second);
        await JoinAsync(second, other.SessionId);
        await JoinAsync(second);
        await UntilAsync(Sessions, logs: 2, members: 3, lagging: 0);

        await first.Connection.Sessions.Take(Board)!.LeaveAsync();
        Assert.Equal((2, 2), (Sessions.Logs, Sessions.Members));
        second.Connection.LeaveAll();
        await UntilAsync(Sessions, logs: 0, members: 0, lagging: 0);
    }

    [Fact]
    public async Task Member_WhoDoesNotRead_IsBehindUntilHeDoes()
    {
        var slow = new TestClient(ServerParts.Bob, Small);
        await JoinAsync(slow);
        await slow.NextAsync();
        await UntilAsync(Sessions, logs: 1, members: 1, lagging: 0);

        for (var i = 0; i < 3; i++)
        {
            await Parts.PatchAsync(Board, Filler);
        }

        await UntilAsync(Sessions, logs: 1, members: 1, lagging: 1);
        await slow.NextAsync(3);
        await UntilAsync(Sessions, logs: 1, members: 1, lagging: 0);
    }

    [Fact]
    public async Task Member_WhoIsSentAway_CountsNoMore()
    {
        await AddAsync(Board, Of(ServerParts.Bert));
        var client = new TestClient(ServerParts.Bert);
        await JoinAsync(client);

        await RemoveAsync(Board, Of(ServerParts.Bert));

        await UntilAsync(Sessions, logs: 0, members: 0, lagging: 0);
    }

    [Fact]
    public async Task Watchers_WhoComeAndGo_AreCountedByThemselves()
    {
        var applications = Parts.Metrics.Of(MemberKind.Application);
        var client = new TestClient(ServerParts.Bob);

        await WatchAsync(client);
        await UntilAsync(applications, logs: 1, members: 1, lagging: 0);
        Assert.Equal(0, Sessions.Members);
        client.Connection.LeaveAll();

        await UntilAsync(applications, logs: 0, members: 0, lagging: 0);
    }

    private static async Task UntilAsync(MemberCount count, long logs, long members, long lagging)
    {
        await Wait.UntilAsync(() => (count.Logs, count.Members, count.Lagging) == (logs, members, lagging));
    }
}
