using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Sessions;
using RealtimeSessions.Server.Tests.Support;

namespace RealtimeSessions.Server.Tests.Sessions.Commands;

public sealed class ConditionTests : TwoServersTest
{
    /// <summary>A change under a condition, and one of the kind that the condition is about.</summary>
    private static readonly Dictionary<string, Kind> Kinds = new()
    {
        ["data"] = new((server, key, writer, at) => server.Service.PatchDataAsync(
            ServerParts.Bob, Make.Patch(key, """{"c":1}""", writer) with { IfSequence = at }, EventSource.Hub, origin: null),
            (server, key) => server.PatchAsync(key, """{"n":1}""")),
        ["name"] = new((server, key, writer, at) => server.RenameAsync(key, "Conditional", null, writer, at), (server, key) => server.RenameAsync(key, "Other")),
        ["event"] = new((server, key, writer, at) => server.RingAsync(key, "conditional", writer, at), (server, key) => server.RingAsync(key)),
        ["addition"] = new((server, key, writer, at) => server.AddAsync(key, new("bert"), null, writer, at), (server, key) => server.RenameAsync(key, "Other")),
        ["removal"] = new((server, key, writer, at) => server.RemoveAsync(key, new("carol"), null, writer, at), (server, key) => server.RenameAsync(key, "Other")),
    };

    public static TheoryData<string> All => new(Kinds.Keys);

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await Parts.AddAsync(Board, new("carol"));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task SubmitAsync_NothingChangedAfterTheSequence_IsMade(string kind)
    {
        var last = await Kinds[kind].Rival(Parts, Board);

        var answer = await Kinds[kind].Change(Parts, Board, null, last.Value!.Position.Sequence);

        Assert.Equal(1, answer.Value!.Count);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task SubmitAsync_ChangedAfterTheSequence_IsAConflictWithThePosition(string kind)
    {
        var last = (await Kinds[kind].Rival(Parts, Board)).Value!.Position;

        var answer = await Kinds[kind].Change(Parts, Board, null, last.Sequence - 1);

        Assert.Equal(ErrorCode.Conflict, answer.Error?.Code);
        Assert.Equal(last.Sequence, answer.Error!.Details!["position"]!["sequence"]!.GetValue<long>());
        Assert.Equal(last.Epoch, answer.Error.Details["position"]!["epoch"]!.GetValue<string>());
        Assert.Empty(await Parts.MarksAsync());
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task SubmitAsync_OnAServerThatIsBehind_IsJudgedByTheLog(string kind)
    {
        FallBehind();
        var last = (await Kinds[kind].Rival(Parts, Board)).Value!.Position.Sequence;
        var failed = await BehindAsync(() => Kinds[kind].Change(Other, Board, null, last - 1));
        FallBehind();
        last = (await Kinds[kind].Rival(Parts, Board)).Value!.Position.Sequence;
        var met = await BehindAsync(() => Kinds[kind].Change(Other, Board, null, last));

        Assert.Equal(ErrorCode.Conflict, failed.Error?.Code);
        Assert.Equal(1, met.Value!.Count);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task SubmitAsync_RetryOfAChangeThatWasMade_IsADuplicate(string kind)
    {
        var at = (await Kinds[kind].Rival(Parts, Board)).Value!.Position.Sequence;
        var first = await Kinds[kind].Change(Parts, Board, ("w", 1), at);

        var retry = await Kinds[kind].Change(Parts, Board, ("w", 1), at);
        var elsewhere = await Kinds[kind].Change(Other, Board, ("w", 1), at);

        Assert.All([retry, elsewhere], answer => Assert.Equal(
            (true, first.Value!.Position, first.Value.EventId), (answer.Value!.Duplicate, answer.Value.Position, answer.Value.EventId)));
        Assert.Equal(ErrorCode.Conflict, (await Kinds[kind].Change(Parts, Board, ("w", 2), at)).Error?.Code);
    }

    [Fact]
    public async Task SubmitAsync_ConditionalAndOtherChangesInOneGo_KeepTheirOrder()
    {
        var at = (await Parts.PatchAsync(Board, """{"n":0}""")).Value!.Position.Sequence;
        var answers = await Task.WhenAll(Enumerable.Range(1, 60).Select(n => n % 3 == 0
            ? Parts.Service.PatchDataAsync(
                ServerParts.Bob, Make.Patch(Board, $$"""{"n":{{n}}}""") with { IfSequence = n % 2 == 0 ? at + n : at }, EventSource.Hub, origin: null)
            : Parts.PatchAsync(Board, $$"""{"n":{{n}}}""")));

        var refused = answers.Select((answer, i) => (answer.Error, Number: i + 1)).Where(one => one.Error is not null).Select(one => one.Number).ToArray();
        Assert.Equal(Enumerable.Range(0, 10).Select(n => (6 * n) + 3), refused);
        Assert.Equal(Enumerable.Range(0, 61).Except(refused), await NumbersAsync());
    }

    [Fact]
    public async Task SubmitAsync_UnderAStreamFromAnotherServer_IsMadeInTheEnd()
    {
        var stop = new CancellationTokenSource();
        var stream = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await Parts.PatchAsync(Board, """{"n":1}""");
            }
        });
        for (var i = 0; i < 5; i++)
        {
            var at = (await Other.RenameAsync(Board, $"At {i}")).Value!.Position.Sequence;
            Assert.Equal(1, (await Other.RenameAsync(Board, $"Again {i}", ifSequence: at)).Value?.Count);
            Assert.Equal(ErrorCode.Conflict, (await Other.RenameAsync(Board, "Never", ifSequence: at)).Error?.Code);
        }

        await stop.CancelAsync();
        await stream;
        await Followed.AssertAsync(Parts, Board);
    }

    private sealed record Kind(
        Func<ServerParts, SessionKey, (string Id, long Number)?, long?, Task<Result<Ack>>> Change,
        Func<ServerParts, SessionKey, Task<Result<Ack>>> Rival);
}
