using System.Text.Json.Nodes;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;
using RealtimeSessions.Server.Identity;
using RealtimeSessions.Server.Sessions;
using RealtimeSessions.Server.Tests.Support;

namespace RealtimeSessions.Server.Tests.Sessions;

public sealed class SessionServiceTests : LaneTest
{
    private static readonly CreateSessionRequest Fresh = new() { ApplicationId = "demo", SessionId = "fresh", Name = "Fresh" };

    [Fact]
    public async Task CreateAsync_WithData_MakesTwoEventsAndTheCreatorAParticipant()
    {
        var created = await CreateAsync(ServerParts.Bob, Fresh with { Data = Make.Tree("""{"a":1,"b":null}""") });

        Assert.True(created.Value!.Created);
        Assert.Equal(["bob"], created.Value.Participants.Select(participant => participant.Id));
        Assert.True(created.Value.IsDraft);
        Assert.Equal("""{"a":1}""", await Parts.DataAsync(ServerParts.Key("fresh")));
        Assert.Equal(2, (await Parts.EventsAsync(ServerParts.Key("fresh"))).Count);
    }

    [Fact]
    public async Task CreateAsync_AgainByTheCreator_IsARetry()
    {
        await CreateAsync(ServerParts.Bob, Fresh);

        var again = await CreateAsync(ServerParts.Bob, Fresh);

        Assert.False(again.Value!.Created);
    }

    [Fact]
    public async Task CreateAsync_OfAnIdThatIsTaken_DependsOnWhoMayRead()
    {
        await CreateAsync(ServerParts.Bob, Fresh);

        Assert.Equal(ErrorCode.Conflict, (await CreateAsync(ServerParts.Alice, Fresh)).Error?.Code);
        Assert.False((await CreateAsync(ServerParts.Alice, Fresh with { IfExists = IfExists.Return })).Value!.Created);
        Assert.Equal(ErrorCode.Conflict, (await CreateAsync(ServerParts.Bert, Fresh with { IfExists = IfExists.Return })).Error?.Code);
    }

    [Fact]
    public async Task CreateAsync_WithoutRights_IsRefused()
    {
        Assert.Equal(ErrorCode.Forbidden, (await CreateAsync(ServerParts.Carol, Fresh)).Error?.Code);
        Assert.Equal(ErrorCode.ApplicationNotFound, (await CreateAsync(ServerParts.Mallory, Fresh)).Error?.Code);
        Assert.Equal(ErrorCode.ApplicationNotFound, (await CreateAsync(ServerParts.Bob, Fresh with { ApplicationId = "../x" })).Error?.Code);
        var version = (await CreateAsync(ServerParts.Bob, Fresh with { SessionVersion = 2 })).Error!;
        Assert.Equal("$.sessionVersion", version.Details!["path"]!.GetValue<string>());
    }

    [Fact]
    public async Task CreateAsync_NobodyUsesItAtOnce_IsThereOnlyOnce()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => CreateAsync(ServerParts.Bob, Fresh)));

        Assert.Single(all, answer => answer.Value!.Created);
        Assert.Single(await Parts.EventsAsync(ServerParts.Key("fresh")));
    }

    [Fact]
    public async Task GetAsync_ASessionOneMayNotRead_IsNotThere()
    {
        Assert.Equal(ErrorCode.SessionNotFound, (await Parts.Reader.GetAsync(ServerParts.Bert, Board)).Error?.Code);
        Assert.Equal(ErrorCode.ApplicationNotFound, (await Parts.Reader.GetAsync(ServerParts.Mallory, Board)).Error?.Code);
        Assert.Equal(ErrorCode.SessionNotFound, (await Parts.Reader.GetAsync(ServerParts.Alice, ServerParts.Key("a/b"))).Error?.Code);
        Assert.Equal(ErrorCode.ApplicationNotFound, (await Parts.Reader.GetAsync(ServerParts.Mallory, ServerParts.Key("a/b"))).Error?.Code);
        Assert.Equal(ErrorCode.ApplicationNotFound, (await Parts.Reader.GetAsync(ServerParts.Alice, new SessionKey("../demo", "board"))).Error?.Code);
    }

    [Fact]
    public async Task ListAsync_PageByPage_FindsEachReadableSessionOnce()
    {
        for (var i = 0; i < 7; i++)
        {
            Parts.Time.Advance(TimeSpan.FromMilliseconds(1));
            await Parts.CreateAsync($"s-{i}");
        }

        Assert.Equal(["s-6", "s-5", "s-4", "s-3", "s-2", "s-1", "s-0", "board"], await ListAsync(ServerParts.Bob, limit: 3));
        Assert.Equal(8, (await ListAsync(ServerParts.Alice, limit: 8)).Count);
        Assert.Empty(await ListAsync(ServerParts.Bert, limit: 8));
        Assert.Equal(ErrorCode.ApplicationNotFound,
            (await Parts.Reader.ListAsync(ServerParts.Mallory, new ListSessionsRequest { ApplicationId = "demo" })).Error?.Code);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("-a")]
    [InlineData("1-")]
    [InlineData("1-a b")]
    public async Task ListAsync_ACursorOfNoPage_IsRefused(string cursor)
    {
        var answer = await Parts.Reader.ListAsync(ServerParts.Bob, new ListSessionsRequest { ApplicationId = "demo", Cursor = cursor });

        Assert.Equal("$.cursor", answer.Error!.Details!["path"]!.GetValue<string>());
    }

    [Fact]
    public async Task ListEventsAsync_ByName_FindsCustomEventsPageByPage()
    {
        for (var i = 0; i < 6; i++)
        {
            await Parts.PatchAsync(Board, $$"""{"n":{{i}}}""");
            await Parts.Service.CreateEventAsync(ServerParts.Bob, new CreateSessionEventRequest
            {
                ApplicationId = "demo",
                SessionId = "board",
                Name = i % 2 == 0 ? "bell" : "knock",
            }, EventSource.Hub, origin: null);
        }

        var request = new ListSessionEventsRequest { ApplicationId = "demo", SessionId = "board", Names = ["bell"], Limit = 2 };
        var first = (await Parts.History.ListEventsAsync(ServerParts.Bob, request)).Value!;
        var second = (await Parts.History.ListEventsAsync(ServerParts.Bob, request with { After = first.Position.Sequence })).Value!;

        Assert.Equal([3L, 7], first.Events.Select(Sequence));
        Assert.Equal([11L], second.Events.Select(Sequence));
        Assert.Equal((13, 1), (second.Position.Sequence, second.FirstAvailable));
    }

    private static long Sequence(RawJson next) => JsonNode.Parse(next.Utf8.Span)!["sequence"]!.GetValue<long>();

    private Task<Result<CreatedSession>> CreateAsync(Caller caller, CreateSessionRequest request) =>
        Parts.Service.CreateAsync(caller, request, EventSource.Hub);

    private async Task<IReadOnlyList<string>> ListAsync(Caller caller, int limit)
    {
        var found = new List<string>();
        string? cursor = null;
        do
        {
            var page = (await Parts.Reader.ListAsync(caller, new ListSessionsRequest { ApplicationId = "demo", Limit = limit, Cursor = cursor })).Value!;
            found.AddRange(page.Sessions.Select(session => session.SessionId));
            cursor = page.Cursor;
        }
        while (cursor is not null);

        return found;
    }
}
