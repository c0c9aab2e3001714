using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;
using RealtimeSessions.Server.Delivery.Sessions;
using RealtimeSessions.Server.Tests.Support;

namespace RealtimeSessions.Server.Tests.Delivery;

/// <summary>What a connection is told, as its client reads it.</summary>
public sealed class SessionDeliveryTests : DeliveryTest
{
    [Fact]
    public async Task JoinAsync_WithoutPosition_GivesTheStateAndThenEveryEvent()
    {
        await Parts.PatchAsync(Board, """{"n":1}""");
        var client = new TestClient(ServerParts.Alice);
        var joined = await JoinAsync(client);

        var reset = await client.NextAsync();
        Assert.False(joined.Recovered);
        Assert.Equal("SessionReset", reset.Target);
        Assert.Equal("""{"n":1}""", reset.Argument["data"]!.ToJsonString());
        Assert.Equal(2, reset.Argument["position"]!["sequence"]!.GetValue<long>());
        AssertAppended(await Task.WhenAll(Pipeline(300)));
        await AssertEventsAsync(client, 3, 302);
    }

    [Fact]
    public async Task JoinAsync_FromAPosition_GivesTheEventsAfterItOnly()
    {
        AssertAppended(await Task.WhenAll(Pipeline(20)));
        var client = new TestClient(ServerParts.Alice);
        var seen = (await Parts.EventsAsync(Board))[4];
        var epoch = (await Parts.Log.ReadAsync(Board.Log, 0, 0))!.Head.Position.Epoch;
        var joined = await JoinAsync(client, since: new ResumePosition(epoch, 5) { EventId = seen.EventId });

        Assert.Equal((true, 5), (joined.Recovered, joined.Position.Sequence));
        await AssertEventsAsync(client, 6, 21);
    }

    [Theory]
    [InlineData("another", 2, false)]
    [InlineData("", 99, false)]
    [InlineData("", 2, true)]
    public async Task JoinAsync_FromAPositionOfAnotherHistory_GivesTheState(string epoch, long sequence, bool otherEvent)
    {
        AssertAppended(await Task.WhenAll(Pipeline(3)));
        var client = new TestClient(ServerParts.Alice);
        var present = (await Parts.Log.ReadAsync(Board.Log, 0, 0))!.Head.Position.Epoch;
        var since = new ResumePosition(epoch.Length == 0 ? present : epoch, sequence) { EventId = otherEvent ? Guid.NewGuid() : null };

        Assert.False((await JoinAsync(client, since: since)).Recovered);
        Assert.Equal("SessionReset", (await client.NextAsync()).Target);
    }

    [Fact]
    public async Task OwnEvents_WithoutEcho_AreLeftOutForTheirMakerOnly()
    {
        var (maker, other, echo) = (new TestClient(ServerParts.Bob), new TestClient(ServerParts.Bert), new TestClient(ServerParts.Bob));
        await Parts.Service.CreateAsync(ServerParts.Bob, new CreateSessionRequest
        {
            ApplicationId = "demo",
            SessionId = "shared",
            Name = "Shared",
            Participants = [new Participant("bert")],
        }, EventSource.Hub);
        var key = ServerParts.Key("shared");
        foreach (var (client, wantsEcho) in new[] { (maker, false), (other, false), (echo, true) })
        {
            await JoinAsync(client, key: "shared", echo: wantsEcho);
            await client.NextAsync();
        }

        for (var n = 1; n <= 20; n++)
        {
            await Parts.PatchAsync(key, $$"""{"n":{{n}}}""", origin: maker.Connection.OriginFor(key));
            await Parts.PatchAsync(key, $$"""{"m":{{n}}}""", ServerParts.Bert, origin: other.Connection.OriginFor(key));
        }

        Assert.Null(echo.Connection.OriginFor(key));
        await AssertEventsAsync(echo, 2, 41);
        Assert.Equal(Enumerable.Range(1, 20).Select(n => (2L * n) + 1), (await maker.NextAsync(20)).Select(next => next.Sequence));
        Assert.Equal(Enumerable.Range(1, 20).Select(n => 2L * n), (await other.NextAsync(20)).Select(next => next.Sequence));
    }

    [Fact]
    public async Task OwnEvents_WhoseAckWillNotCome_AreMadeGoodByTheState()
    {
        Parts.Time.Jumps = true;
        var maker = new TestClient(ServerParts.Bob);
        await JoinAsync(maker);
        await maker.NextAsync();
        var origin = Assert.IsType<SessionMember>(maker.Connection.OriginFor(Board));

        // The append takes effect and the channel leaves the event out, but nobody can find out.
        Parts.Log.OnAppend = async (appends, append) =>
        {
            var result = (await append(appends))[0];
            while (origin.Cursor < result.Sequence)
            {
                await Task.Yield();
            }

            Parts.Log.OnRead = () => throw new EngineUnavailableException("Gone.");
            throw new EngineUnavailableException("Gone.");
        };
        var answer = await Parts.PatchAsync(Board, """{"n":1}""", origin: origin);

        Assert.Equal(ErrorCode.Unavailable, answer.Error?.Code);
        var next = await maker.NextAsync();
        Assert.Equal(("SessionReset", """{"n":1}"""), (next.Target, next.Argument["data"]!.ToJsonString()));
    }

    [Fact]
    public async Task ASlowMember_DoesNotDelayOthersAndThenGetsEverythingInOrder()
    {
        var (slow, quick) = (new TestClient(ServerParts.Alice, buffer: 8 * 1024), new TestClient(ServerParts.Alice));
        await JoinAsync(slow);
        await JoinAsync(quick);
        await quick.NextAsync();

        // More than the ring holds: the slow member has to go back to the log.
        AssertAppended(await Task.WhenAll(Pipeline(3_000)));
        await AssertEventsAsync(quick, 2, 3_001);
        Assert.Equal("SessionReset", (await slow.NextAsync()).Target);
        await AssertEventsAsync(slow, 2, 3_001);
        AssertAppended(await Task.WhenAll(Pipeline(10)));
        await AssertEventsAsync(slow, 3_002, 3_011);
    }

    [Fact]
    public async Task History_IsLost_GivesTheStateThatIsLeft()
    {
        AssertAppended(await Task.WhenAll(Pipeline(5)));
        var client = new TestClient(ServerParts.Alice);
        await JoinAsync(client);
        var before = (await client.NextAsync()).Argument["position"]!["epoch"]!.GetValue<string>();

        await Parts.Log.LoseAfterAsync(Board.Log, 3);
        Parts.Log.NoticeLoss();

        var reset = await client.NextAsync();
        Assert.Equal(("SessionReset", """{"n":2}"""), (reset.Target, reset.Argument["data"]!.ToJsonString()));
        Assert.NotEqual(before, reset.Argument["position"]!["epoch"]!.GetValue<string>());
        AssertAppended(await Task.WhenAll(Pipeline(2)));
        await AssertEventsAsync(client, 4, 5);
    }

    [Fact]
    public async Task Log_IsDeleted_SaysSoLast()
    {
        var client = new TestClient(ServerParts.Alice);
        await JoinAsync(client);
        await client.NextAsync();

        await Parts.Log.DeleteAsync(Board.Log);

        var left = await client.NextAsync();
        Assert.Equal(("SessionLeft", "deleted"), (left.Target, left.Argument["reason"]!.GetValue<string>()));
        Assert.Equal(ErrorCode.SessionNotFound, (await TryJoinAsync(new TestClient(ServerParts.Alice))).Error?.Code);
    }

    [Fact]
    public async Task LeaveAsync_ThenAJoin_GivesNothingInBetween()
    {
        var client = new TestClient(ServerParts.Alice);
        await JoinAsync(client);
        await client.NextAsync();
        await Parts.Delivery.LeaveAsync(client.Connection, Board);

        AssertAppended(await Task.WhenAll(Pipeline(10)));
        await JoinAsync(client);

        var reset = await client.NextAsync();
        Assert.Equal(("SessionReset", 11), (reset.Target, reset.Argument["position"]!["sequence"]!.GetValue<long>()));
    }

    [Fact]
    public async Task JoinAsync_WithoutRights_IsRefusedAndLeavesNothingInUse()
    {
        foreach (var caller in new[] { ServerParts.Mallory, ServerParts.Bert })
        {
            Assert.NotNull((await TryJoinAsync(new TestClient(caller))).Error);
        }

        Parts.Time.Advance(TimeSpan.FromMinutes(1));
        await Wait.UntilAsync(() => Parts.Log.OpenTails == 0);
    }

    [Fact]
    public async Task LeaveAll_OfTheLastMember_LetsTheSessionGo()
    {
        var client = new TestClient(ServerParts.Alice);
        await JoinAsync(client);
        await client.NextAsync();
        Parts.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, Parts.Log.OpenTails);

        client.Connection.LeaveAll();
        Parts.Time.Advance(TimeSpan.FromMinutes(1));

        await Wait.UntilAsync(() => Parts.Log.OpenTails == 0);
    }

    private static async Task AssertEventsAsync(TestClient client, long first, long last)
    {
        for (var sequence = first; sequence <= last; sequence++)
        {
            var next = await client.NextAsync();
            Assert.Equal(("SessionDataUpdated", sequence), (next.Target, next.Sequence));
        }
    }
}
