using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;
using RealtimeSessions.Server.Tests.Support;

namespace RealtimeSessions.Server.Tests.Lanes;

public sealed class LaneOrderTests : LaneTest
{
    [Fact]
    public async Task SubmitAsync_ManyAtOnce_KeepsTheOrderOfTheCalls()
    {
        var answers = await Task.WhenAll(Pipeline(1_000));

        AssertAppended(answers);
        Assert.Equal(Enumerable.Range(1, 1_000), await NumbersAsync());
        Assert.Equal(Enumerable.Range(2, 1_000).Select(n => (long)n), answers.Select(answer => answer.Value!.Position.Sequence));
    }

    [Fact]
    public async Task SubmitAsync_RefusedBetween_KeepsTheOrderOfTheOthers()
    {
        var answers = Enumerable.Range(1, 300).Select(n =>
            Parts.PatchAsync(Board, $$"""{"n":{{n}}}""", n % 3 == 0 ? ServerParts.Mallory : ServerParts.Bob)).ToArray();
        var refused = (await Task.WhenAll(answers)).Count(answer => answer.Error is not null);

        Assert.Equal(100, refused);
        Assert.Equal(Enumerable.Range(1, 300).Where(n => n % 3 != 0), await NumbersAsync());
    }

    [Fact]
    public async Task SubmitAsync_GuardChanged_JudgesAgainBeforeWhatCameLater()
    {
        var started = new TaskCompletionSource();
        var gate = new TaskCompletionSource();
        Parts.Log.OnAppend = Once(async (appends, append) =>
        {
            started.SetResult();
            await gate.Task;
            return [.. appends.Select(_ => new AppendResult(AppendOutcome.GuardChanged, "", 1, Guard: 1))];
        });
        var first = Pipeline(1);
        await started.Task;
        var rest = Enumerable.Range(2, 20).Select(n => Parts.PatchAsync(Board, $$"""{"n":{{n}}}""")).ToArray();
        gate.SetResult();

        AssertAppended(await Task.WhenAll([.. first, .. rest]));
        Assert.Equal(Enumerable.Range(1, 21), await NumbersAsync());
    }

    [Fact]
    public async Task SubmitAsync_GuardChangedForSomeOfAGroup_AppendsEachOnceAndThoseInOrder()
    {
        var started = new TaskCompletionSource();
        var gate = new TaskCompletionSource();
        var calls = 0;
        Parts.Log.OnAppend = async (appends, append) =>
        {
            switch (Interlocked.Increment(ref calls))
            {
                case 1:
                    started.SetResult();
                    await gate.Task;
                    return await append(appends);
                case 2:
                    // The first half enters, then rights change.
                    var half = appends.Count / 2;
                    var results = await append([.. appends.Take(half)]);
                    return [.. results, .. appends.Skip(half).Select(_ => new AppendResult(AppendOutcome.GuardChanged, results[0].Epoch, 1, Guard: 1))];
                default:
                    return await append(appends);
            }
        };
        var first = Pipeline(1);
        await started.Task;
        var rest = Enumerable.Range(2, 20).Select(n => Parts.PatchAsync(Board, $$"""{"n":{{n}}}""")).ToArray();
        gate.SetResult();

        AssertAppended(await Task.WhenAll([.. first, .. rest]));
        Assert.Equal(Enumerable.Range(1, 21), await NumbersAsync());
    }

    [Fact]
    public async Task SubmitAsync_CreationAndChangesInOneGroup_JudgesTheChangesByTheNewSession()
    {
        var gate = new TaskCompletionSource();
        Parts.Log.OnRead = () => gate.Task;
        var key = ServerParts.Key("fresh");
        var early = Parts.PatchAsync(key, """{"n":0}""");
        var created = Parts.Service.CreateAsync(
            ServerParts.Bob, new CreateSessionRequest { ApplicationId = "demo", SessionId = "fresh", Name = "Fresh" }, EventSource.Hub);
        var patched = Parts.PatchAsync(key, """{"n":1}""");
        gate.SetResult();

        Assert.Equal(ErrorCode.SessionNotFound, (await early).Error?.Code);
        Assert.Null((await created).Error);
        Assert.Null((await patched).Error);
        Assert.Equal("""{"n":1}""", await Parts.DataAsync(key));
    }

    [Fact]
    public async Task SubmitAsync_AfterAClose_IsRefusedAndTheRetryOfAnEarlierChangeIsADuplicate()
    {
        var patched = Parts.PatchAsync(Board, """{"n":1}""", writer: ("w", 1));
        var closed = Parts.Service.CloseAsync(
            ServerParts.Bob, new ChangeSessionRequest { ApplicationId = "demo", SessionId = "board" }, EventSource.Hub, null);
        var late = Parts.PatchAsync(Board, """{"n":2}""", writer: ("w", 2));

        AssertAppended(await Task.WhenAll(patched, closed));
        Assert.Equal(ErrorCode.SessionClosed, (await late).Error?.Code);
        var again = await Parts.PatchAsync(Board, """{"n":1}""", writer: ("w", 1));
        Assert.True(again.Value!.Duplicate);
        Assert.Equal((await patched).Value!.Position, again.Value.Position);
        Assert.Equal(SessionStatus.Closed, (await Parts.Reader.GetAsync(ServerParts.Bob, Board)).Value!.Status);
    }

    [Fact]
    public async Task SubmitAsync_Nothing_AnswersWherePresentChangesEnd()
    {
        Parts.Log.TailGate = new TaskCompletionSource();
        var patched = await Parts.PatchAsync(Board, """{"n":1}""");
        var nothing = await Parts.PatchAsync(Board, "{}");
        Parts.Log.TailGate.SetResult();

        Assert.Equal((0, null), (nothing.Value!.Count, nothing.Value.EventId));
        Assert.Equal(patched.Value!.Position, nothing.Value.Position);
        Assert.Equal(2, (await Parts.EventsAsync(Board)).Count);
    }

    [Fact]
    public async Task SubmitAsync_TooManyWaiting_IsRefusedAndTheRestIsKept()
    {
        var gate = new TaskCompletionSource();
        Parts.Log.OnAppend = Once(async (appends, append) =>
        {
            await gate.Task;
            return await append(appends);
        });
        var waiting = Pipeline(10_000);
        var refused = await Parts.PatchAsync(Board, """{"n":-1}""");
        gate.SetResult();

        Assert.Equal(ErrorCode.Unavailable, refused.Error?.Code);
        AssertAppended(await Task.WhenAll(waiting));
        Assert.Null((await Parts.PatchAsync(Board, """{"n":10001}""")).Error);
    }
}
