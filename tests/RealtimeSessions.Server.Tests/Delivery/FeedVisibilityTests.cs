using System.Text.Json.Nodes;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;
using RealtimeSessions.Server.Identity;
using RealtimeSessions.Server.Tests.Support;

namespace RealtimeSessions.Server.Tests.Delivery;

/// <summary>Which changes of which sessions a watcher is told of.</summary>
public sealed class FeedVisibilityTests : DeliveryTest
{
    [Fact]
    public async Task Created_ASessionHeMayRead_IsTold()
    {
        var (alice, bert) = (await WatchingAsync(ServerParts.Alice), await WatchingAsync(ServerParts.Bert));

        await Parts.CreateAsync("one");
        await Parts.CreateAsync("two", Of(ServerParts.Bert));

        var created = await alice.NextAsync();
        Assert.Equal(("SessionCreated", "one"), Named(created));
        Assert.Equal(3, created.Argument["feed"]!["sequence"]!.GetValue<long>());
        Assert.Equal(1, created.Sequence);
        Assert.Equal(("SessionCreated", "two"), Named(await alice.NextAsync()));
        Assert.Equal(("SessionCreated", "two"), Named(await bert.NextAsync()));
        await bert.AssertNothingMoreAsync();
    }

    [Fact]
    public async Task EveryChange_OfASessionHeSees_IsTheEventAsSentWithItsPosition()
    {
        var alice = await WatchingAsync(ServerParts.Alice);
        await RenameAsync(Board, "Board 2");
        await Parts.PatchAsync(Board, """{"n":1}""");
        await FileAsync(Board, ("room", "1"));
        await AddAsync(Board, Of(ServerParts.Carol));
        await RemoveAsync(Board, Of(ServerParts.Carol));
        await Parts.Service.CloseAsync(ServerParts.Bob, new ChangeSessionRequest { ApplicationId = "demo", SessionId = "board" }, EventSource.Rest, null);
        await DeleteAsync(Board);

        var told = await alice.NextAsync(6);
        Assert.Equal(
            ["SessionUpdated", "SessionPropertiesUpdated", "SessionParticipantAdded", "SessionParticipantRemoved", "SessionClosed", "SessionDeleted"],
            told.Select(next => next.Target));
        Assert.Equal([2L, 4, 5, 6, 7, 8], told.Select(next => next.Sequence));
        Assert.Equal([3L, 4, 5, 6, 7, 8], told.Select(next => next.Argument["feed"]!["sequence"]!.GetValue<long>()));
        Assert.Equal("""{"name":"Board 2"}""", told[0].Argument["session"]!.ToJsonString());
        Assert.Null(told[2].Argument["session"]);
        await alice.AssertNothingMoreAsync();
    }

    [Fact]
    public async Task Gain_ByBecomingAParticipant_BringsTheWholeSession()
    {
        var bert = await WatchingAsync(ServerParts.Bert);
        await RenameAsync(Board, "Hidden");

        await AddAsync(Board, Of(ServerParts.Bert));
        await RenameAsync(Board, "Seen");

        var gained = await bert.NextAsync();
        Assert.Equal("SessionParticipantAdded", gained.Target);
        Assert.Equal("bert", gained.Argument["participant"]!["id"]!.GetValue<string>());
        AssertWhole(gained, "Hidden", participants: 2);
        Assert.Equal("""{"name":"Seen"}""", (await bert.NextAsync()).Argument["session"]!.ToJsonString());
    }

    [Fact]
    public async Task Gain_ByAGroup_BringsTheWholeSession()
    {
        var designer = new Caller("bert", [Caller.Everyone, "designers"]);
        var (inGroup, outside) = (await WatchingAsync(designer), await WatchingAsync(ServerParts.Bert));

        await AddAsync(Board, new Participant("designers") { Type = ParticipantType.Group });

        AssertWhole(await inGroup.NextAsync(), "board", participants: 2);
        await outside.AssertNothingMoreAsync();
    }

    [Fact]
    public async Task Gain_ByTheRoleOfAnEntry_BringsTheWholeSessionAndItsLossTheEvent()
    {
        // Mallory has no role in the application: what he may read he may by the roles in sessions.
        await Parts.CreateAsync("his", Of(ServerParts.Bert));
        await AddAsync(ServerParts.Key("his"), Of(ServerParts.Mallory, "Viewer"));
        var mallory = await WatchingAsync(ServerParts.Mallory);

        await AddAsync(Board, Of(ServerParts.Mallory));
        await AddAsync(Board, Of(ServerParts.Mallory, "Viewer"));
        await AddAsync(Board, Of(ServerParts.Mallory));
        await RenameAsync(Board, "Hidden");
        await RenameAsync(ServerParts.Key("his"), "Seen");

        AssertWhole(await mallory.NextAsync(), "board", participants: 2);
        var lost = await mallory.NextAsync();
        Assert.Equal(("SessionParticipantAdded", null), (lost.Target, lost.Argument["session"]));
        Assert.Equal(("SessionUpdated", "his"), Named(await mallory.NextAsync()));
    }

    [Fact]
    public async Task Gain_ByAProperty_BringsTheWholeSessionAndItsLossTheEvent()
    {
        var alice = new TestClient(ServerParts.Alice);
        await WatchAsync(alice, properties: [("room", "1"), ("floor", "2")]);

        await FileAsync(Board, ("room", "1"));
        await FileAsync(Board, ("room", "1"), ("floor", "2"), ("seat", "3"));
        await FileAsync(Board, ("room", "1"), ("floor", "2"));
        await FileAsync(Board, ("room", "2"), ("floor", "2"));
        await RenameAsync(Board, "Hidden");

        var gained = await alice.NextAsync();
        Assert.Equal("SessionPropertiesUpdated", gained.Target);
        AssertWhole(gained, "board", participants: 1);
        Assert.Equal("""{"room":"1","floor":"2","seat":"3"}""", gained.Argument["session"]!["properties"]!.ToJsonString());
        Assert.Equal("""{"properties":{"room":"1","floor":"2"}}""", (await alice.NextAsync()).Argument["session"]!.ToJsonString());
        Assert.Equal("""{"properties":{"room":"2","floor":"2"}}""", (await alice.NextAsync()).Argument["session"]!.ToJsonString());
        await alice.AssertNothingMoreAsync();
    }

    [Fact]
    public async Task Loss_ByRemoval_IsTheLastOfThatSession()
    {
        await AddAsync(Board, Of(ServerParts.Bert));
        var (bert, alice) = (await WatchingAsync(ServerParts.Bert), await WatchingAsync(ServerParts.Alice));

        await RemoveAsync(Board, Of(ServerParts.Bert));
        await RenameAsync(Board, "Hidden");
        await DeleteAsync(Board);

        Assert.Equal(["SessionParticipantRemoved", "SessionUpdated", "SessionDeleted"], (await alice.NextAsync(3)).Select(next => next.Target));
        Assert.Equal("SessionParticipantRemoved", (await bert.NextAsync()).Target);
        await bert.AssertNothingMoreAsync();
    }

    private async Task<TestClient> WatchingAsync(Caller caller)
    {
        var client = new TestClient(caller);
        await WatchAsync(client);
        return client;
    }

    private static (string Callback, string? Session) Named(Callback next) => (next.Target, next.Argument["sessionId"]?.GetValue<string>());

    private static void AssertWhole(Callback next, string name, int participants)
    {
        var session = Assert.IsType<JsonObject>(next.Argument["session"]);
        Assert.Equal((name, participants, "open"), (session["name"]!.GetValue<string>(), session["participants"]!.AsArray().Count, session["status"]!.GetValue<string>()));
        Assert.NotNull(next.Argument["eventId"]);
    }
}
