using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;
using RealtimeSessions.Server.Requests;
using RealtimeSessions.Server.Tests.Support;

namespace RealtimeSessions.Server.Tests.Sessions.Commands;

public sealed class ParticipantChangesTests : TwoServersTest
{
    private static readonly Participant Bert = new("bert");
    private static readonly Participant Carol = new("carol");

    internal override LimitsOptions Limits { get; } = new() { MaximumParticipants = 3 };

    [Fact]
    public async Task AddAsync_AbsentThenPresentThenWithARole_AddsNothingAndReplaces()
    {
        Assert.Equal(1, (await Parts.AddAsync(Board, Bert)).Value!.Count);
        Assert.Equal(0, (await Parts.AddAsync(Board, Bert)).Value!.Count);
        Assert.Equal(1, (await Parts.AddAsync(Board, Bert with { Role = "Viewer" })).Value!.Count);

        Assert.Equal([new("bob"), Bert with { Role = "Viewer" }], (await Parts.GetAsync(Board)).Participants);
        await Followed.AssertAsync(Parts, Board);
    }

    [Fact]
    public async Task AddAsync_AGroupWithTheNameOfAUser_IsAnother()
    {
        await Parts.AddAsync(Board, Bert);
        await Parts.AddAsync(Board, Bert with { Type = ParticipantType.Group });
        await Parts.RemoveAsync(Board, Bert);

        Assert.Equal([new("bob"), Bert with { Type = ParticipantType.Group }], (await Parts.GetAsync(Board)).Participants);
    }

    [Fact]
    public async Task AddAsync_BeyondTheLimit_IsRefusedButARoleIsReplaced()
    {
        await Parts.AddAsync(Board, Bert);
        await Parts.AddAsync(Board, Carol);

        var refused = await Parts.AddAsync(Board, new("dora"));
        Assert.Equal(ErrorCode.LimitExceeded, refused.Error?.Code);
        Assert.Equal(3, refused.Error!.Details!["limit"]!.GetValue<int>());
        Assert.Equal(1, (await Parts.AddAsync(Board, Carol with { Role = "Viewer" })).Value?.Count);
        await Parts.RemoveAsync(Board, Bert);
        Assert.Equal(1, (await Parts.AddAsync(Board, new("dora"))).Value?.Count);
    }

    [Fact]
    public async Task AddAsync_ARoleThatIsNotThereOrPermitsMore_IsRefused()
    {
        Assert.Equal("$.participant.role", (await Parts.AddAsync(Board, Bert with { Role = "King" })).Error?.Details?["path"]?.GetValue<string>());
        Assert.Equal(ErrorCode.Forbidden, (await Parts.AddAsync(Board, Bert with { Role = "Administrator" })).Error?.Code);
        Assert.Equal(1, (await Parts.AddAsync(Board, Bert with { Role = "Administrator" }, ServerParts.Alice)).Value?.Count);
    }

    [Theory]
    [InlineData("King", "invalid_argument")]
    [InlineData("Administrator", "forbidden")]
    public async Task CreateAsync_WithSuchARole_IsRefused(string role, string code)
    {
        var answer = await Parts.Service.CreateAsync(ServerParts.Bob, new CreateSessionRequest
        {
            ApplicationId = ServerParts.ApplicationId,
            SessionId = "fresh",
            Name = "Fresh",
            Participants = [Bert, Carol with { Role = role }],
        }, EventSource.Hub);

        Assert.Equal(code, answer.Error?.Code.ToString());
        Assert.Null(await Parts.Log.ReadAsync(ServerParts.Key("fresh").Log, 0, 0));
    }

    [Fact]
    public async Task RemoveAsync_OfAClosedSession_IsMadeAndAnAdditionIsNot()
    {
        await Parts.AddAsync(Board, Bert);
        await Parts.CloseAsync(Board);

        Assert.Equal(ErrorCode.SessionClosed, (await Parts.AddAsync(Board, Bert)).Error?.Code);
        Assert.Equal(ErrorCode.SessionClosed, (await Parts.AddAsync(Board, Carol)).Error?.Code);
        Assert.Equal(1, (await Parts.RemoveAsync(Board, Bert)).Value?.Count);
        Assert.Equal(0, (await Parts.RemoveAsync(Board, Bert)).Value?.Count);
        Assert.Equal(ErrorCode.SessionNotFound, (await Other.Reader.GetAsync(ServerParts.Bert, Board)).Error?.Code);
        await Followed.AssertAsync(Parts, Board);
    }

    [Fact]
    public async Task RemoveAsync_OfOneself_IsTheLastThingOneDoes()
    {
        await Parts.AddAsync(Board, Bert);

        Assert.Equal(1, (await Parts.RemoveAsync(Board, Bert, ServerParts.Bert)).Value?.Count);
        Assert.Equal(ErrorCode.SessionNotFound, (await Parts.RemoveAsync(Board, Bert, ServerParts.Bert)).Error?.Code);
    }

    [Fact]
    public async Task RemoveAsync_BetweenPatchesInOneGo_RefusesThoseAfterIt()
    {
        await Parts.AddAsync(Board, Bert);
        var before = Parts.PatchAsync(Board, """{"n":1}""", ServerParts.Bert);
        var removal = Parts.RemoveAsync(Board, Bert);
        var after = Enumerable.Range(2, 20).Select(n => Parts.PatchAsync(Board, $$"""{"n":{{n}}}""", ServerParts.Bert)).ToArray();

        AssertAppended([await before, await removal]);
        Assert.All(await Task.WhenAll(after), answer => Assert.Equal(ErrorCode.SessionNotFound, answer.Error?.Code));
        Assert.Equal([1], await NumbersAsync());
    }

    [Fact]
    public async Task RemoveAsync_OnAnotherServer_RefusesPatchesHereAfterIt()
    {
        await Parts.AddAsync(Board, Bert);
        await Other.GetAsync(Board);
        FallBehind();
        await Parts.RemoveAsync(Board, Bert);

        var answer = await BehindAsync(() => Other.PatchAsync(Board, """{"n":1}""", ServerParts.Bert));

        Assert.Equal(ErrorCode.SessionNotFound, answer.Error?.Code);
        Assert.Empty(await NumbersAsync());
    }

    [Fact]
    public async Task AddAndRemoveAsync_OnAServerThatIsBehind_AreJudgedByTheLog()
    {
        FallBehind();
        await Parts.AddAsync(Board, Bert);
        var again = await BehindAsync(() => Other.AddAsync(Board, Bert));
        FallBehind();
        await Parts.RemoveAsync(Board, Bert);
        var anew = await BehindAsync(() => Other.AddAsync(Board, Bert));
        FallBehind();
        await Parts.RemoveAsync(Board, Bert);
        var absent = await BehindAsync(() => Other.RemoveAsync(Board, Bert));
        FallBehind();
        await Parts.AddAsync(Board, Bert);
        var present = await BehindAsync(() => Other.RemoveAsync(Board, Bert));

        Assert.Equal([0, 1, 0, 1], new[] { again, anew, absent, present }.Select(answer => answer.Value!.Count));
        await Followed.AssertAsync(Parts, Board);
    }

    [Fact]
    public async Task AddAndRemoveAsync_RetryUnderItsNumber_IsADuplicateAndNothingElseUsesItUp()
    {
        var added = await Parts.AddAsync(Board, Bert, writer: ("w", 1));
        Assert.Equal((true, added.Value!.EventId), Answer(await Parts.AddAsync(Board, Bert, writer: ("w", 1))));
        Assert.Equal((false, null), Answer(await Parts.AddAsync(Board, Bert, writer: ("w", 2))));
        var removed = await Parts.RemoveAsync(Board, Bert, writer: ("w", 2));
        Assert.Equal((true, removed.Value!.EventId), Answer(await Other.RemoveAsync(Board, Bert, writer: ("w", 2))));
        Assert.Equal((false, null), Answer(await Parts.RemoveAsync(Board, Bert, writer: ("w", 3))));
        Assert.Equal(1, (await Parts.RenameAsync(Board, "Third", writer: ("w", 3))).Value?.Count);
        Assert.Empty(await Parts.MarksAsync());
    }

    private static (bool, Guid?) Answer(Result<Ack> answer) => (answer.Value!.Duplicate, answer.Value.EventId);
}
