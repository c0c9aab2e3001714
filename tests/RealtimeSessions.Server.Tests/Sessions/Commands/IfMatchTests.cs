using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Tests.Support;

namespace RealtimeSessions.Server.Tests.Sessions.Commands;

public sealed class IfMatchTests : TwoServersTest
{
    [Fact]
    public async Task PatchDataAsync_OneOfThePositions_IsMade()
    {
        var at = (await Parts.PatchAsync(Board, """{"n":1}""")).Value!.Position;
        await Parts.RingAsync(Board);

        Assert.Equal(1, (await PatchAsync(Parts, new Position("other", 1), at)).Value?.Count);
    }

    [Fact]
    public async Task PatchDataAsync_NoneOfThePositions_FailsAndTellsThePosition()
    {
        var at = (await Parts.PatchAsync(Board, """{"n":1}""")).Value!.Position;
        var rung = (await Parts.RingAsync(Board)).Value!.Position;

        foreach (var wrong in new[] { at with { Epoch = "other" }, at with { Sequence = 1 }, rung, at with { Sequence = 100 } })
        {
            var answer = await PatchAsync(Parts, wrong);
            Assert.Equal(ErrorCode.PreconditionFailed, answer.Error?.Code);
            Assert.Equal(rung.Sequence, answer.Error!.Details!["position"]!["sequence"]!.GetValue<long>());
        }

        Assert.Equal(ErrorCode.PreconditionFailed, (await PatchAsync(Parts)).Error?.Code);
    }

    [Fact]
    public async Task PatchDataAsync_NothingPatchedYet_MatchesSequenceZero()
    {
        var epoch = (await Parts.RingAsync(Board)).Value!.Position.Epoch;

        Assert.Equal(1, (await PatchAsync(Parts, new Position(epoch, 0))).Value?.Count);
    }

    [Fact]
    public async Task PatchDataAsync_OnAServerThatIsBehindThePosition_IsJudgedByTheLog()
    {
        FallBehind();
        var at = (await Parts.PatchAsync(Board, """{"n":1}""")).Value!.Position;
        var met = await BehindAsync(() => PatchAsync(Other, at));
        FallBehind();
        await Parts.PatchAsync(Board, """{"n":2}""");
        var failed = await BehindAsync(() => PatchAsync(Other, met.Value!.Position));

        Assert.Equal(1, met.Value!.Count);
        Assert.Equal(ErrorCode.PreconditionFailed, failed.Error?.Code);
    }

    private Task<Result<Ack>> PatchAsync(ServerParts server, params Position[] ifMatch) =>
        server.Service.PatchDataAsync(ServerParts.Bob, Make.Patch(Board, """{"m":1}"""), EventSource.Rest, origin: null, ifMatch);
}
