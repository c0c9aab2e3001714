using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;
using RealtimeSessions.Server.Applications;
using RealtimeSessions.Server.Requests;
using RealtimeSessions.Server.Sessions;
using RealtimeSessions.Server.Tests.Support;

namespace RealtimeSessions.Server.Tests.Delivery;

/// <summary>Watching an application: who may, from where, and how it ends.</summary>
public sealed class FeedDeliveryTests : DeliveryTest
{
    private static readonly LogId Feed = FeedEvent.Log("demo");

    internal override LimitsOptions Limits { get; } = new() { MaximumWatchedApplications = 2 };

    [Fact]
    public async Task WatchAsync_NothingWasEverFed_BeginsAtItsBeginning()
    {
        await CreateApplicationAsync("empty");
        var alice = new TestClient(ServerParts.Alice);

        var watched = await TryWatchAsync(alice, "empty");

        Assert.Equal((false, 1), (watched.Value!.Recovered, watched.Value.Position.Sequence));
        Assert.Equal("FeedReset", (await alice.NextAsync()).Target);
        await Parts.Service.CreateAsync(ServerParts.Alice, new CreateSessionRequest { ApplicationId = "empty", Name = "First" }, EventSource.Hub);
        Assert.Equal("SessionCreated", (await alice.NextAsync()).Target);
    }

    [Fact]
    public async Task OpenAsync_OfAFeedWhileTheServerEnds_FailsAndLeavesNothingOpen()
    {
        var (reading, gate) = (new TaskCompletionSource(), new TaskCompletionSource());
        Parts.Log.OnRead = () =>
        {
            reading.TrySetResult();
            return gate.Task;
        };
        var opening = Parts.FeedReplicas.OpenAsync("demo");
        await reading.Task;

        await Parts.FeedReplicas.DisposeAsync();
        gate.SetResult();

        await Assert.ThrowsAsync<EngineUnavailableException>(() => opening);
        Assert.False(Parts.Log.IsTailed(FeedEvent.Log("demo")));
    }

    [Fact]
    public async Task WatchAsync_FromAPosition_GivesTheEventsAfterItOnly()
    {
        var first = new TestClient(ServerParts.Alice);
        var start = await WatchAsync(first);
        foreach (var name in new[] { "a", "b", "c" })
        {
            await RenameAsync(Board, name);
        }

        var seen = (await first.NextAsync(3))[0];
        var again = new TestClient(ServerParts.Alice);
        var since = new ResumePosition(start.Epoch, start.Sequence + 1) { EventId = seen.Argument["eventId"]!.GetValue<Guid>() };

        Assert.Equal(start with { Sequence = start.Sequence + 1 }, await WatchAsync(again, since));
        Assert.Equal(["b", "c"], (await again.NextAsync(2)).Select(next => next.Argument["session"]!["name"]!.GetValue<string>()));
        await again.AssertNothingMoreAsync();
    }

    [Fact]
    public async Task WatchAsync_FromBeforeAChangeOfRoles_GivesAResetInItsPlaceToWhoeverComesBackOnly()
    {
        var present = new TestClient(ServerParts.Alice);
        var start = await WatchAsync(present);
        await RenameAsync(Board, "a");
        await Parts.FeedLog.OnRolesChangedAsync("demo");
        await RenameAsync(Board, "b");

        Assert.Equal(["SessionUpdated", "SessionUpdated"], (await present.NextAsync(2)).Select(next => next.Target));
        var back = new TestClient(ServerParts.Alice);
        await WatchAsync(back, new(start.Epoch, start.Sequence));
        var told = await back.NextAsync(3);
        Assert.Equal(["SessionUpdated", "FeedReset", "SessionUpdated"], told.Select(next => next.Target));
        AssertReset(told[1], start with { Sequence = start.Sequence + 2 });
    }

    [Theory]
    [InlineData("another", 2, false)]
    [InlineData("", 99, false)]
    [InlineData("", 2, true)]
    public async Task WatchAsync_FromAPositionOfAnotherHistory_GivesAReset(string epoch, long sequence, bool isOtherEvent)
    {
        await RenameAsync(Board, "a");
        var present = await HeadAsync();
        var since = new ResumePosition(epoch.Length == 0 ? present.Epoch : epoch, sequence) { EventId = isOtherEvent ? Guid.NewGuid() : null };

        Assert.Equal(present, await WatchAsync(new TestClient(ServerParts.Alice), since));
    }

    [Fact]
    public async Task WatchAsync_FromAPositionThatWasTrimmed_GivesAReset()
    {
        await RenameAsync(Board, "a");
        await RenameAsync(Board, "b");
        var head = await HeadAsync();
        await Parts.Log.TrimAsync(Feed, new LogSnapshot(head with { Sequence = head.Sequence - 1 }, FeedFold.Snapshot));

        Assert.False((await TryWatchAsync(new TestClient(ServerParts.Alice), since: new(head.Epoch, head.Sequence - 2))).Value!.Recovered);
        Assert.True((await TryWatchAsync(new TestClient(ServerParts.Alice), since: new(head.Epoch, head.Sequence - 1))).Value!.Recovered);
    }

    [Fact]
    public async Task WatchAsync_ASecondTime_ReplacesTheFirst()
    {
        var alice = new TestClient(ServerParts.Alice);
        await WatchAsync(alice, properties: [("room", "1")]);
        await WatchAsync(alice);

        await FileAsync(Board, ("room", "1"));

        Assert.Equal("SessionPropertiesUpdated", (await alice.NextAsync()).Target);
        await alice.AssertNothingMoreAsync();
    }

    [Fact]
    public async Task UnwatchAsync_OfTheLastWatcher_GivesNothingMoreAndLetsTheFeedGo()
    {
        var alice = new TestClient(ServerParts.Alice);
        await WatchAsync(alice);

        await Parts.Feeds.UnwatchAsync(alice.Connection, "demo");
        await RenameAsync(Board, "a");

        await alice.AssertNothingMoreAsync();
        Parts.Time.Advance(TimeSpan.FromMinutes(1));
        await Wait.UntilAsync(() => Parts.Log.OpenTails == 0);
        Assert.Equal(await HeadAsync(), await WatchAsync(alice));
    }

    [Fact]
    public async Task WatchAsync_WithoutAnyRight_IsRefused()
    {
        Assert.Equal(ErrorCode.ApplicationNotFound, (await TryWatchAsync(new TestClient(ServerParts.Mallory))).Error?.Code);
        Assert.Equal(ErrorCode.ApplicationNotFound, (await TryWatchAsync(new TestClient(ServerParts.Alice), "nothing")).Error?.Code);
        Assert.Equal(ErrorCode.ApplicationNotFound, (await TryWatchAsync(new TestClient(ServerParts.Alice), "No id!")).Error?.Code);

        await AddAsync(Board, Of(ServerParts.Mallory, DefaultRoles.Viewer));
        await Parts.Service.CloseAsync(ServerParts.Bob, new ChangeSessionRequest { ApplicationId = "demo", SessionId = "board" }, EventSource.Hub, null);

        await WatchAsync(new TestClient(ServerParts.Mallory));
    }

    [Fact]
    public async Task WatchAsync_MoreThanMayBe_IsRefused()
    {
        var alice = new TestClient(ServerParts.Alice);
        await CreateApplicationAsync("second");
        await CreateApplicationAsync("third");
        await JoinAsync(alice);

        Assert.Null((await TryWatchAsync(alice)).Error);
        Assert.Null((await TryWatchAsync(alice, "second")).Error);
        Assert.Equal(ErrorCode.LimitExceeded, (await TryWatchAsync(alice, "third")).Error?.Code);

        await Parts.Feeds.UnwatchAsync(alice.Connection, "second");
        Assert.Null((await TryWatchAsync(alice, "third")).Error);
    }

    [Fact]
    public async Task Position_ThatMovedWithoutAnEventForHim_IsToldInTime()
    {
        var carol = new TestClient(ServerParts.Carol);
        var start = await WatchAsync(carol);
        var interval = TimeSpan.FromSeconds(10);
        Parts.Time.Advance(interval);

        await RenameAsync(Board, "a");
        await RenameAsync(Board, "b");
        Parts.Time.Advance(interval - TimeSpan.FromMilliseconds(1));
        await PassedAsync(carol, start.Sequence + 2);
        Parts.Time.Advance(TimeSpan.FromMilliseconds(1));
        Parts.Time.Advance(interval);

        var told = await carol.NextAsync();
        Assert.Equal(("FeedPosition", start.Sequence + 2), (told.Target, told.Argument["position"]!["sequence"]!.GetValue<long>()));
        await AddAsync(Board, Of(ServerParts.Carol));
        Assert.Equal("SessionParticipantAdded", (await carol.NextAsync()).Target);
        Parts.Time.Advance(interval);
        await carol.AssertNothingMoreAsync();
    }

    [Fact]
    public async Task ASlowWatcher_DoesNotDelayOthersAndThenGetsEverythingInOrder()
    {
        var (slow, quick) = (new TestClient(ServerParts.Alice, buffer: 4 * 1024), new TestClient(ServerParts.Alice));
        await WatchAsync(slow);
        await WatchAsync(quick);
        var one = (await Parts.Log.ReadAsync(Feed, 1, 1))!.Events[0];

        // More than the ring holds: the slow watcher has to go back to the log.
        for (var i = 0; i < 15; i++)
        {
            await Parts.Log.AppendAsync(Feed, [.. Enumerable.Range(0, 100).Select(_ => new LogAppend
            {
                Events = [new NewEvent(Guid.NewGuid(), Make.Noon, one.Payload)],
            })]);
        }

        var expected = Enumerable.Range(3, 1_500).Select(i => (long)i);
        Assert.Equal(expected, (await quick.NextAsync(1_500)).Select(FeedSequence));
        Assert.Equal(expected, (await slow.NextAsync(1_500)).Select(FeedSequence));
    }

    [Fact]
    public async Task History_IsLost_GivesAReset()
    {
        var alice = new TestClient(ServerParts.Alice);
        var before = await WatchAsync(alice);
        await RenameAsync(Board, "a");
        await alice.NextAsync();

        await Parts.Log.LoseAfterAsync(Feed, 2);
        Parts.Log.NoticeLoss();

        var reset = await alice.NextAsync();
        Assert.Equal("FeedReset", reset.Target);
        Assert.NotEqual(before.Epoch, reset.Argument["position"]!["epoch"]!.GetValue<string>());
    }

    [Fact]
    public async Task RoleChange_OfHisOwn_SendsHimAndNobodyElseAReset()
    {
        var (carol, bert) = (new TestClient(ServerParts.Carol), new TestClient(ServerParts.Bert));
        var at = await WatchAsync(carol);
        await WatchAsync(bert);

        await ChangeRolesAsync(role => role.Name == DefaultRoles.Viewer ? role with { Participants = [] } : role);

        AssertReset(await carol.NextAsync(), at);
        await AddAsync(Board, Of(ServerParts.Carol));
        await AddAsync(Board, Of(ServerParts.Bert));
        Assert.Equal("SessionParticipantAdded", (await bert.NextAsync()).Target);
        await bert.AssertNothingMoreAsync();
        await carol.AssertNothingMoreAsync();
    }

    [Fact]
    public async Task RoleChange_OfWhatARolePermits_SendsEverybodyAReset()
    {
        var (carol, bert) = (new TestClient(ServerParts.Carol), new TestClient(ServerParts.Bert));
        var at = await WatchAsync(carol);
        await WatchAsync(bert);

        await ChangeRolesAsync(role => role.Name == DefaultRoles.Viewer ? role with { Permissions = ["session:read:any"] } : role);

        AssertReset(await carol.NextAsync(), at);
        AssertReset(await bert.NextAsync(), at);
        await RenameAsync(Board, "a");
        Assert.Equal("SessionUpdated", (await carol.NextAsync()).Target);
    }

    [Fact]
    public async Task Deletion_OfTheApplication_EndsTheWatch()
    {
        var alice = new TestClient(ServerParts.Alice);
        await WatchAsync(alice);

        await DeleteApplicationAsync();

        await AssertLeftAsync(alice, "FeedLeft", "deleted");
        await Wait.UntilAsync(() => alice.Connection.Applications.Find("demo") is null);
        Assert.Equal(ErrorCode.ApplicationNotFound, (await TryWatchAsync(alice)).Error?.Code);
    }

    [Fact]
    public async Task Deletion_OfTheFeed_EndsTheWatch()
    {
        var alice = new TestClient(ServerParts.Alice);
        await WatchAsync(alice);

        await Parts.Log.DeleteAsync(Feed);

        await AssertLeftAsync(alice, "FeedLeft", "deleted");
        Assert.Equal(ErrorCode.ApplicationNotFound, (await TryWatchAsync(alice)).Error?.Code);
    }

    private static long FeedSequence(Callback next) => next.Argument["feed"]!["sequence"]!.GetValue<long>();

    private static Task PassedAsync(TestClient client, long sequence) =>
        Wait.UntilAsync(() => client.Connection.Applications.Find("demo")!.Cursor >= sequence);

    private async Task<Position> HeadAsync() => (await Parts.Log.ReadAsync(Feed, 0, 0))!.Head.Position;

    private Task CreateApplicationAsync(string id) => Parts.Store.CreateAsync(
        new Application { ApplicationId = id, Name = id, DraftVersion = 1, CreatedBy = "alice", CreatedAt = Make.Noon }, DefaultRoles.For("alice"));
}
