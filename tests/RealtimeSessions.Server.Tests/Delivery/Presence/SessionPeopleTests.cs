using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;
using RealtimeSessions.Server.Identity;
using RealtimeSessions.Server.Requests;
using RealtimeSessions.Server.Tests.Support;

namespace RealtimeSessions.Server.Tests.Delivery.Presence;

/// <summary>What members of one server are told of each other.</summary>
public sealed class SessionPeopleTests : PresenceTest
{
    internal override LimitsOptions Limits { get; } = new() { MaximumPresenceBytes = 40 };

    [Fact]
    public async Task JoinAsync_WithPresence_TellsWhoIsThereAndOthersOfTheNewOne()
    {
        var bob = await EnterAsync(ServerParts.Bob, """{"color":"red","gone":null}""");
        await AssertToldAsync(bob, "SessionPresence", """{"bob":{"B":{"color":"red"}}}""", ("B", bob));

        Parts.Time.Advance(Rest);
        var bert = await EnterAsync(ServerParts.Bert);
        await AssertToldAsync(bob, "SessionPresenceUpdated", """{"bert":{"C":{}}}""", ("C", bert));
        await AssertToldAsync(bert, "SessionPresence", """{"bob":{"B":{"color":"red"}},"bert":{"C":{}}}""", ("B", bob), ("C", bert));

        Parts.Time.Advance(Rest);
        bert.Connection.LeaveAll();
        await AssertToldAsync(bob, "SessionPresenceUpdated", """{"bert":null}""");
        await bert.AssertNothingMoreAsync();
    }

    [Fact]
    public async Task JoinAsync_AUserWhoseIdNoMemberMayHave_IsNotShownAndMayJoinWithout()
    {
        var odd = new Caller("__proto__", [Caller.Everyone]);
        await AddAsync(Board, Of(odd, "Viewer"));
        var request = new JoinSessionRequest { ApplicationId = "demo", SessionId = "board", Presence = Make.Tree("{}") };

        var refusal = (await Parts.Delivery.JoinAsync(new TestClient(odd).Connection, request)).Error;

        Assert.Equal((ErrorCode.InvalidArgument, "$.presence"), (refusal!.Code, refusal.Details!["path"]!.GetValue<string>()));
        await EnterAsync(odd, presence: "false");
        await EnterAsync(odd, presence: null);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("false")]
    [InlineData("null")]
    public async Task JoinAsync_WithoutPresence_IsNeitherShownNorTold(string? presence)
    {
        var bob = await EnterAsync(ServerParts.Bob);
        await AssertToldAsync(bob, "SessionPresence", """{"bob":{"B":{}}}""", ("B", bob));
        Parts.Time.Advance(Rest);

        var bert = await EnterAsync(ServerParts.Bert, presence);
        Parts.Time.Advance(Rest);
        Assert.Null(Update(bob, """{"x":1}""").Error);
        Assert.Equal((ErrorCode.NotJoined, ErrorCode.NotJoined), (Update(bert, "{}").Error!.Code, Update(new TestClient(ServerParts.Bert), "{}").Error!.Code));

        await AssertToldAsync(bob, "SessionPresenceUpdated", """{"bob":{"B":{"x":1}}}""", ("B", bob));
        await bert.AssertNothingMoreAsync();
    }

    [Fact]
    public async Task Connections_OfOneUser_AreOnePerson()
    {
        var first = await EnterAsync(ServerParts.Bob, """{"n":1}""");
        await AssertComesToKnowAsync(first, """{"bob":{"1":{"n":1}}}""", ("1", first));
        Parts.Time.Advance(Rest);
        var second = await EnterAsync(ServerParts.Bob, """{"n":2}""");
        await AssertToldAsync(first, "SessionPresenceUpdated", """{"bob":{"2":{"n":2}}}""", ("2", second));
        Parts.Time.Advance(Rest);

        await Parts.Delivery.LeaveAsync(second.Connection, Board);

        await AssertToldAsync(first, "SessionPresenceUpdated", """{"bob":{"2":null}}""", ("2", second));
    }

    [Fact]
    public async Task UpdatePresence_WithAPatch_TellsWhatItChangedToEverybody()
    {
        var (bob, bert) = (await EnterAsync(ServerParts.Bob, """{"a":{"b":1,"c":2}}"""), await EnterAsync(ServerParts.Bert));
        Parts.Time.Advance(Rest);
        await AssertComesToKnowAsync(bert, """{"bob":{"B":{"a":{"b":1,"c":2}}},"bert":{"C":{}}}""", ("B", bob), ("C", bert));
        Parts.Time.Advance(Rest);

        Assert.Null(Update(bob, """{"a":{"b":null,"c":2},"d":[]}""").Error);
        await AssertToldAsync(bert, "SessionPresenceUpdated", """{"bob":{"B":{"a":{"b":null},"d":[]}}}""", ("B", bob));

        Parts.Time.Advance(Rest);
        Assert.Null(Update(bob, """{"a":{"b":null,"c":2},"d":[]}""").Error);
        var tooLarge = Update(bob, $$"""{"text":"{{new string('x', 40)}}"}""").Error!;
        Assert.Equal((ErrorCode.DataTooLarge, 40), (tooLarge.Code, (int)tooLarge.Details!["limit"]!));
        Parts.Time.Advance(Rest);
        await bert.AssertNothingMoreAsync();
    }

    [Fact]
    public async Task JoinAsync_WithTooMuchState_IsRefused()
    {
        var answer = await Parts.Delivery.JoinAsync(new TestClient(ServerParts.Bob).Connection, new()
        {
            ApplicationId = "demo",
            SessionId = "board",
            Presence = Make.Tree($$"""{"text":"{{new string('x', 40)}}"}"""),
        });

        Assert.Equal(ErrorCode.DataTooLarge, answer.Error!.Code);
    }

    [Fact]
    public async Task Changes_CloseTogether_AreToldTogether()
    {
        var bob = await EnterAsync(ServerParts.Bob);
        await AssertToldAsync(bob, "SessionPresence", """{"bob":{"B":{}}}""", ("B", bob));
        Parts.Time.Advance(Rest);
        Assert.Null(Update(bob, """{"n":0}""").Error);
        await AssertToldAsync(bob, "SessionPresenceUpdated", """{"bob":{"B":{"n":0}}}""", ("B", bob));

        for (var n = 1; n <= 100; n++)
        {
            Update(bob, $$"""{"n":{{n}}}""");
        }

        var passing = await EnterAsync(ServerParts.Bert);
        await Parts.Delivery.LeaveAsync(passing.Connection, Board);
        Parts.Time.Advance(TimeSpan.FromMilliseconds(49));
        await bob.AssertNothingMoreAsync();
        Parts.Time.Advance(TimeSpan.FromMilliseconds(1));

        await AssertToldAsync(bob, "SessionPresenceUpdated", """{"bob":{"B":{"n":100}}}""", ("B", bob));
        await bob.AssertNothingMoreAsync();
    }

    [Fact]
    public async Task Joins_OfAThousandInASecond_CostEachMemberFewMessagesAndMakeThemAllKnown()
    {
        const int count = 1_000;
        var clients = new List<TestClient>();
        for (var i = 0; i < count; i++)
        {
            clients.Add(await EnterAsync(i % 2 == 0 ? ServerParts.Bob : ServerParts.Bert));
            Parts.Time.Advance(TimeSpan.FromMilliseconds(1));
        }

        Parts.Time.Advance(Rest);

        // One reset, the whole, and a difference every 50 ms at most.
        Assert.All(clients, client => Assert.InRange(client.Written.Count, 2, 22));
        Assert.Equal("SessionPresence", (await clients[0].NextAsync()).Target);
        var last = await EnterAsync(ServerParts.Alice);
        var people = string.Join(',', new[] { "bob", "bert" }.Select((user, i) =>
            $"\"{user}\":{{{string.Join(',', clients.Where((_, n) => n % 2 == i).Select(client => $"\"{client.Context.ConnectionId}\":{{}}"))}}}"));
        await AssertComesToKnowAsync(last, $"{{{people},\"alice\":{{\"A\":{{}}}}}}", ("A", last));
        Assert.Equal(2, last.Written.Count);

        // A single join afterwards is one small message to each.
        var before = clients[0].Written.Count;
        Parts.Time.Advance(Rest);
        await EnterAsync(ServerParts.Alice);
        Assert.Equal(1, clients[0].Written.Count - before);
        Assert.InRange(clients[0].Written.Last().Bytes.Length, 1, 200);
    }

    [Fact]
    public async Task JoinAsync_AgainOnTheSameConnection_ReplacesWhatIsShown()
    {
        var (bob, bert) = (await EnterAsync(ServerParts.Bob, """{"n":1}"""), await EnterAsync(ServerParts.Bert));
        Parts.Time.Advance(Rest);
        await AssertComesToKnowAsync(bert, """{"bob":{"B":{"n":1}},"bert":{"C":{}}}""", ("B", bob), ("C", bert));
        Assert.Null(Update(bob, """{"m":1}""").Error);

        await JoinAsync(bob, """{"n":2}""");
        Parts.Time.Advance(Rest);

        await AssertComesToKnowDirectlyAsync();
        await JoinAsync(bob, "false");
        Parts.Time.Advance(Rest);
        await AssertToldAsync(bert, "SessionPresenceUpdated", """{"bob":null}""");

        async Task AssertComesToKnowDirectlyAsync()
        {
            var next = await bert.NextAsync();
            Assert.Equal(Make.Tree(People("""{"bob":{"B":{"m":1}}}""", ("B", bob))), Make.Tree(next.Argument["people"]!.ToJsonString()));
            await AssertToldAsync(bert, "SessionPresenceUpdated", """{"bob":{"B":{"m":null,"n":2}}}""", ("B", bob));
        }
    }

    [Fact]
    public async Task Removal_OfAParticipant_TakesHimFromTheListAtOnceEvenIfHeReadsNothing()
    {
        var (bob, bert) = (await EnterAsync(ServerParts.Bob), await EnterAsync(ServerParts.Bert, buffer: 8 * 1024));
        Parts.Time.Advance(Rest);
        await AssertComesToKnowAsync(bob, """{"bob":{"B":{}},"bert":{"C":{}}}""", ("B", bob), ("C", bert));
        AssertAppended(await Task.WhenAll(Pipeline(200)));
        await bob.NextAsync(200);
        Parts.Time.Advance(Rest);

        await RemoveAsync(Board, Of(ServerParts.Bert));

        Assert.Equal(["SessionParticipantRemoved", "SessionPresenceUpdated"], (await bob.NextAsync(2)).Select(next => next.Target).Order());
        Assert.Equal(ErrorCode.NotJoined, Update(bert, """{"x":1}""").Error!.Code);
        Assert.Equal(ErrorCode.NotJoined, Send(bert, "late").Error!.Code);
    }

    [Fact]
    public async Task AMemberWhoIsBehind_IsToldTheWholeWhenItHasCaughtUp()
    {
        var (bob, bert) = (await EnterAsync(ServerParts.Bob), await EnterAsync(ServerParts.Bert, buffer: 8 * 1024));
        Parts.Time.Advance(Rest);
        await AssertComesToKnowAsync(bert, """{"bob":{"B":{}},"bert":{"C":{}}}""", ("B", bob), ("C", bert));
        Parts.Time.Advance(Rest);

        var appended = await Task.WhenAll(Pipeline(300));
        AssertAppended(appended);
        await Wait.UntilAsync(() => bob.Connection.Sessions.Find(Board)!.Cursor == appended[^1].Value!.Position.Sequence);
        Assert.True(bert.Connection.Sessions.Find(Board)!.IsCatchingUp);
        for (var n = 1; n <= 10; n++)
        {
            Update(bob, $$"""{"n":{{n}}}""");
            Assert.Null(Send(bob, "signal", $"{n}").Error);
            Parts.Time.Advance(Rest);
        }

        Assert.All(await bert.NextAsync(300), next => Assert.Equal("SessionDataUpdated", next.Target));
        await AssertToldAsync(bert, "SessionPresence", """{"bob":{"B":{"n":10}},"bert":{"C":{}}}""", ("B", bob), ("C", bert));
        Parts.Time.Advance(Rest);
        Update(bob, """{"n":11}""");
        await AssertToldAsync(bert, "SessionPresenceUpdated", """{"bob":{"B":{"n":11}}}""", ("B", bob));
        Assert.Null(Send(bob, "signal", "11").Error);
        Assert.Equal("SessionSignal", (await bert.NextAsync()).Target);
    }

    [Fact]
    public async Task AMemberWhoFellBehindAndMissedNothing_IsToldNothing()
    {
        var (bob, bert) = (await EnterAsync(ServerParts.Bob), await EnterAsync(ServerParts.Bert, buffer: 8 * 1024));
        Parts.Time.Advance(Rest);
        await AssertComesToKnowAsync(bert, """{"bob":{"B":{}},"bert":{"C":{}}}""", ("B", bob), ("C", bert));

        AssertAppended(await Task.WhenAll(Pipeline(300)));
        Parts.Time.Advance(Rest);
        await bert.NextAsync(300);
        await Wait.UntilAsync(() => bert.Connection.Sessions.Find(Board)!.IsCatchingUp == false);

        await bert.AssertNothingMoreAsync();
    }
}
