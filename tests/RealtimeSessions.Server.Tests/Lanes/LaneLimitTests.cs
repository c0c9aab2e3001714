using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;
using RealtimeSessions.Server.Requests;
using RealtimeSessions.Server.Sessions;
using RealtimeSessions.Server.Tests.Support;

namespace RealtimeSessions.Server.Tests.Lanes;

public sealed class LaneLimitTests : LaneTest
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    internal override LimitsOptions Limits { get; } = new() { MaximumDataBytes = 1_000 };

    internal override LogOptions Log { get; } = new() { SnapshotEvents = 10 };

    [Fact]
    public async Task SubmitAsync_PipelinedUpToTheLimit_TakesExactlyWhatFits()
    {
        // {"a":"…"} weighs 8 and the text: 992 fill the limit, 993 do not.
        var fits = Parts.PatchAsync(Board, $$"""{"a":"{{new string('x', 992)}}"}""");
        var tooLarge = Parts.PatchAsync(Board, $$"""{"a":"{{new string('x', 993)}}"}""");
        var more = Parts.PatchAsync(Board, """{"b":1}""");
        var smaller = Parts.PatchAsync(Board, """{"a":null}""");
        var fitsNow = Parts.PatchAsync(Board, $$"""{"b":"{{new string('x', 992)}}"}""");

        AssertAppended(await Task.WhenAll(fits, smaller, fitsNow));
        Assert.Equal(ErrorCode.DataTooLarge, (await tooLarge).Error?.Code);
        Assert.Equal(1_000, (await more).Error!.Details!["limit"]!.GetValue<int>());
        Assert.Equal(1_000, (await Parts.DataAsync(Board)).Length);
    }

    [Fact]
    public async Task SubmitAsync_CreationWithData_TakesThemUpToTheLimit()
    {
        var request = new CreateSessionRequest { ApplicationId = "demo", Name = "Large" };
        var service = Parts.Service;

        var fits = await service.CreateAsync(ServerParts.Bob, request with { Data = Make.Tree($$"""{"a":"{{new string('x', 992)}}"}""") }, EventSource.Hub);
        var tooLarge = await service.CreateAsync(ServerParts.Bob, request with { Data = Make.Tree($$"""{"a":"{{new string('x', 993)}}"}""") }, EventSource.Hub);

        Assert.Null(fits.Error);
        Assert.Equal(ErrorCode.DataTooLarge, tooLarge.Error?.Code);
        Assert.Equal(1_000, tooLarge.Error!.Details!["limit"]!.GetValue<int>());
    }

    [Fact]
    public async Task SubmitAsync_ManyPipelinedNearTheLimit_NeverExceedsItAndKeepsOrder()
    {
        var answers = await Task.WhenAll(Enumerable.Range(1, 200).Select(n =>
            Parts.PatchAsync(Board, $$"""{"n":{{n}},"k{{n % 7}}":"{{new string('x', 200)}}"}""")));

        Assert.Contains(answers, answer => answer.Error?.Code == ErrorCode.DataTooLarge);
        var taken = answers.Select((answer, i) => (answer.Error, N: i + 1)).Where(pair => pair.Error is null).Select(pair => pair.N);
        Assert.Equal(taken, await NumbersAsync());
        Assert.InRange((await Parts.DataAsync(Board)).Length, 1, 1_000);
    }

    [Fact]
    public async Task SubmitAsync_HistoryLostWhileTheLimitIsNear_IsJudgedByWhatIsLeft()
    {
        await Parts.PatchAsync(Board, $$"""{"a":"{{new string('x', 400)}}"}""");
        using var lease = Parts.Sessions.Rent(Board);
        var replica = (await lease.Log.OpenAsync())!;
        Parts.Log.TailGate = new TaskCompletionSource();
        var last = await Parts.PatchAsync(Board, $$"""{"b":"{{new string('x', 400)}}"}""");
        await Parts.Log.LoseAfterAsync(Board.Log, 2);

        // Too close to the limit to be estimated: it waits for the replica, which then turns out to have lost what it waits for.
        var waits = Parts.PatchAsync(Board, $$"""{"c":"{{new string('x', 400)}}"}""");
        Parts.Log.TailGate = null;
        Parts.Log.NoticeLoss();

        Assert.Null((await waits.WaitAsync(Patience)).Error);
        await replica.WaitForAsync(last.Value!.Position).WaitAsync(Patience);
        Assert.StartsWith("""{"a":"xxx""", await Parts.DataAsync(Board), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SubmitAsync_SnapshotDue_IsWrittenAtOrAfterTheEvent()
    {
        AssertAppended(await Task.WhenAll(Pipeline(25)));

        await Wait.UntilAsync(() => !Parts.Log.Snapshots.IsEmpty);

        var snapshot = await Parts.Log.ReadSnapshotAsync(Board.Log);
        Assert.InRange(snapshot!.Position.Sequence, 10, 26);
        var state = SessionFold.Instance.Deserialize(snapshot.State);
        Assert.Equal($$"""{"n":{{snapshot.Position.Sequence - 1}}}""", state.Data.ToString());
    }
}
