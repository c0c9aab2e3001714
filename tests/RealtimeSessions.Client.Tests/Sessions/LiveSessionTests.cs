using System.Collections.Concurrent;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Data;
using RealtimeSessions.Protocol.Requests;

namespace RealtimeSessions.Client.Tests.Sessions;

/// <summary>Joining, changing, leaving and closing, in every order in which they can meet.</summary>
public sealed class LiveSessionTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly JsonTree One = JsonTree.Parse("""{"a":1}""");
    private readonly FakeHub _hub = new();

    [Fact]
    public async Task Patch_BeforeItIsAnswered_ShowsAndIsNotConfirmed()
    {
        await using var client = _hub.Client();
        var session = await client.JoinSessionAsync("demo", "board");

        var patch = session.PatchAsync(One);
        Assert.Equal((One, JsonTree.Empty, 1), (session.Data, session.ConfirmedData, session.PendingChanges));
        _hub.Answer((await _hub.CallsAsync("PatchSessionData"))[0]);

        Assert.Equal(1, (await patch.WaitAsync(Patience)).Position.Sequence);
        Assert.Equal((One, SyncStatus.Synchronized), (session.ConfirmedData, session.SyncStatus));
    }

    [Fact]
    public async Task Request_ThatIsAnswered_IsHeardByJoiningAgainAtOnce()
    {
        _hub.Held.Add("CloseSession");
        await using var client = _hub.Client();
        var session = await client.JoinSessionAsync("demo", "board");

        var closes = client.CloseSessionAsync(new() { ApplicationId = "demo", SessionId = "board" });
        (await _hub.CallsAsync("CloseSession"))[0].Answer.SetResult(new Ack(new("e1", 1), 1));
        await closes.WaitAsync(Patience);

        Assert.Equal(SyncStatus.Synchronizing, session.SyncStatus);
        Assert.Equal(new ResumePosition("e1", 0), ((JoinSessionRequest)(await _hub.CallsAsync("JoinSession", count: 2))[1].Request).Since);
    }

    [Fact]
    public async Task Request_WhoseCallerHasGivenUp_IsHeardAllTheSame()
    {
        _hub.Held.Add("PatchSession");
        await using var client = _hub.Client();
        var session = await client.JoinSessionAsync("demo", "board");
        using var impatience = new CancellationTokenSource();

        var renames = client.PatchSessionAsync(new() { ApplicationId = "demo", SessionId = "board", Patch = new() { Name = "Plans" } }, impatience.Token);
        var call = (await _hub.CallsAsync("PatchSession"))[0];
        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => renames);
        call.Answer.SetResult(new Ack(new("e1", 1), 1));

        await _hub.CallsAsync("JoinSession", count: 2);
        Assert.Equal(SyncStatus.Synchronizing, session.SyncStatus);
    }

    [Fact]
    public async Task Join_ThatIsRefused_ThrowsAndCanBeTriedAgain()
    {
        _hub.Refuses = _ => ErrorCode.SessionNotFound;
        await using var client = _hub.Client();

        var exception = await Assert.ThrowsAsync<RealtimeException>(() => client.JoinSessionAsync("demo", "board"));
        _hub.Refuses = _ => null;
        await client.JoinSessionAsync("demo", "board").WaitAsync(Patience);

        Assert.Equal(ErrorCode.SessionNotFound, exception.Code);
    }

    [Fact]
    public async Task Join_ThatIsCancelled_IsLeftBeforeTheNextOne()
    {
        _hub.Held.Add("JoinSession");
        await using var client = _hub.Client();
        using var impatience = new CancellationTokenSource();
        var joining = client.JoinSessionAsync("demo", "board", cancellationToken: impatience.Token);
        var first = (await _hub.CallsAsync("JoinSession"))[0];
        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => joining);

        _hub.Held.Remove("JoinSession");
        var again = client.JoinSessionAsync("demo", "board");
        Assert.DoesNotContain(_hub.Link.Calls, call => call.Method == "LeaveSession");
        first.Answer.SetResult(_hub.Joined(isRecovered: false));
        await again.WaitAsync(Patience);

        Assert.Equal(["JoinSession", "LeaveSession", "JoinSession"], _hub.Link.Calls.Select(call => call.Method));
    }

    [Fact]
    public async Task Join_OfASessionThatIsJoined_SharesIt_UntilTheLastLeaves()
    {
        await using var client = _hub.Client();
        var first = await client.JoinSessionAsync("demo", "board");
        var second = await client.JoinSessionAsync("demo", "board");

        await Task.WhenAll(first.LeaveAsync(), first.LeaveAsync());
        _ = second.PatchAsync(One);

        Assert.Equal(["JoinSession", "PatchSessionData"], _hub.Link.Calls.Select(call => call.Method));
        Assert.Equal(One, second.Data);
        _hub.Answer((await _hub.CallsAsync("PatchSessionData"))[0]);
        await second.DisposeAsync();
        Assert.Equal(["JoinSession", "PatchSessionData", "LeaveSession"], _hub.Link.Calls.Select(call => call.Method));
        await (await client.JoinSessionAsync("demo", "board")).DisposeAsync();
    }

    [Fact]
    public async Task Leave_WithChangesOnTheirWay_WaitsForTheirAnswers()
    {
        await using var client = _hub.Client();
        var session = await client.JoinSessionAsync("demo", "board");
        var patch = session.PatchAsync(One);

        var leaving = Task.WhenAll(session.LeaveAsync(), session.LeaveAsync());
        Assert.False(leaving.IsCompleted);
        _hub.Answer((await _hub.CallsAsync("PatchSessionData"))[0]);
        await leaving.WaitAsync(Patience);

        Assert.True(patch.IsCompletedSuccessfully);
        Assert.Equal(ClientErrors.Left, Assert.Throws<RealtimeException>(() => { _ = session.PatchAsync(One); }).Code);
    }

    [Fact]
    public async Task Leave_WhenItsTimeIsOver_LeavesWhatWasSentUncertain()
    {
        await using var client = _hub.Client();
        var session = await client.JoinSessionAsync("demo", "board");
        var patch = session.PatchAsync(One);

        var leaving = session.LeaveAsync();
        _hub.Time.Advance(TimeSpan.FromSeconds(5));
        await leaving.WaitAsync(Patience);

        Assert.Equal(ClientErrors.Uncertain, (await Assert.ThrowsAsync<RealtimeException>(() => patch)).Code);
    }

    [Fact]
    public async Task Leave_WhileAnotherWhoCameMeanwhileWaitsToo_LeavesWhatThatOneWaitsFor()
    {
        await using var client = _hub.Client();
        var first = await client.JoinSessionAsync("demo", "board");
        _ = first.PatchAsync(One);
        var firstLeaving = first.LeaveAsync();
        _hub.Time.Advance(TimeSpan.FromSeconds(3));
        var second = await client.JoinSessionAsync("demo", "board");
        var patch = second.PatchAsync(One);
        var secondLeaving = second.LeaveAsync();

        _hub.Time.Advance(TimeSpan.FromSeconds(3));
        await firstLeaving.WaitAsync(Patience);
        Assert.False(secondLeaving.IsCompleted);
        Assert.DoesNotContain(_hub.Link.Calls, call => call.Method == "LeaveSession");
        foreach (var call in await _hub.CallsAsync("PatchSessionData", 2))
        {
            _hub.Answer(call);
        }

        await secondLeaving.WaitAsync(Patience);
        Assert.Equal(2, (await patch).Position.Sequence);
        Assert.Single(_hub.Link.Calls, call => call.Method == "LeaveSession");
    }

    [Fact]
    public async Task Dispose_OfTheClientTwiceAtOnce_ClosesItForBoth()
    {
        var client = _hub.Client();
        var left = new TaskCompletionSource<string>();
        var session = await client.JoinSessionAsync("demo", "board");
        session.OnLeft(left.SetResult);

        await Task.WhenAll(client.DisposeAsync().AsTask(), client.DisposeAsync().AsTask()).WaitAsync(Patience);

        Assert.Equal((ConnectionState.Closed, true), (client.State, _hub.Link.IsDisposed));
        Assert.Equal("left", await left.Task.WaitAsync(Patience));
        Assert.Equal(ClientErrors.ConnectionFailed, (await Assert.ThrowsAsync<RealtimeException>(() => client.JoinSessionAsync("demo", "board"))).Code);
    }

    [Fact]
    public async Task Dispose_OfTheClientWhileJoining_EndsTheJoin()
    {
        _hub.Held.Add("JoinSession");
        var client = _hub.Client();
        var joining = client.JoinSessionAsync("demo", "board");
        await _hub.CallsAsync("JoinSession");

        var closing = client.DisposeAsync().AsTask();
        var exception = await Assert.ThrowsAsync<RealtimeException>(() => joining.WaitAsync(Patience));
        _hub.Time.Advance(TimeSpan.FromSeconds(5));
        await closing.WaitAsync(Patience);

        Assert.Equal(ClientErrors.Left, exception.Code);
    }

    [Fact]
    public async Task Handlers_ThatThrowOrCallBack_DisturbNothing()
    {
        await using var client = _hub.Client();
        var session = await client.JoinSessionAsync("demo", "board");
        var patch = new TaskCompletionSource<Task<Ack>>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var throwing = session.OnChange(_ => throw new InvalidOperationException("On purpose."));
        using var calling = session.OnChange(data =>
        {
            if (!data.TryGetMember("mine", out _))
            {
                patch.SetResult(session.PatchAsync(JsonTree.Parse("""{"mine":1}""")));
            }
        });

        _hub.Make("""{"theirs":1}""");
        var made = await patch.Task.WaitAsync(Patience);
        _hub.Answer((await _hub.CallsAsync("PatchSessionData"))[0]);
        await made.WaitAsync(Patience);

        Assert.Equal("""{"mine":1,"theirs":1}""", session.ConfirmedData.ToString());
        Assert.Contains("On purpose.", _hub.Logs.Errors.First(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OnChange_TellsWhatHasChangedSinceItWasAdded_AndNothingElse()
    {
        _hub.Make("""{"a":1}""", isTold: false);
        await using var client = _hub.Client();
        var session = await client.JoinSessionAsync("demo", "board");
        var (told, events) = (new ConcurrentQueue<string>(), new SemaphoreSlim(0));
        using var changes = session.OnChange(data => told.Enqueue(data.ToString()));
        using var counting = session.OnEvent(_ => events.Release());

        _hub.Make(new SessionEventCreated { Name = "bell" });
        await events.WaitAsync(Patience);
        _hub.Make("""{"b":2}""");
        await events.WaitAsync(Patience);
        _hub.Reset();
        _hub.Make(new SessionEventCreated { Name = "bell" });
        await events.WaitAsync(Patience);

        Assert.Equal(["""{"a":1,"b":2}"""], told);
    }

    [Fact]
    public async Task Registration_DisposedTwice_TakesOnlyItsOwnHandler()
    {
        await using var client = _hub.Client();
        var session = await client.JoinSessionAsync("demo", "board");
        var told = new SemaphoreSlim(0);
        Action<SessionEvent> handler = _ => told.Release();
        using var kept = session.OnEvent(handler);
        var removed = session.OnEvent(handler);

        removed.Dispose();
        removed.Dispose();
        _hub.Make("""{"a":1}""");

        Assert.True(await told.WaitAsync(Patience));
    }

    [Fact]
    public async Task UpdatePresence_ThatTheServerWouldRefuse_IsTakenBackAtTheNextJoin()
    {
        await using var client = _hub.Client();
        var session = await client.JoinSessionAsync("demo", "board", new() { Presence = One });
        _hub.Refuses = join => join.Presence!.Weight > 20 ? ErrorCode.DataTooLarge : null;
        _hub.Held.Add("JoinSession");
        _hub.Link.End();
        await _hub.CallsAsync("JoinSession", count: 2, timeGoesOn: true);
        await session.UpdatePresenceAsync(JsonTree.Parse("""{"b":"0123456789012345"}"""));
        _hub.Held.Remove("JoinSession");
        _hub.Link.End();

        var joins = await _hub.CallsAsync("JoinSession", count: 4, timeGoesOn: true);

        Assert.Equal(["""{"a":1,"b":"0123456789012345"}""", """{"a":1}"""], joins[2..].Select(join => ((Protocol.Requests.JoinSessionRequest)join.Request).Presence!.ToString()));
    }

    [Fact]
    public async Task UpdatePresence_WhileTheJoinIsOnItsWay_FollowsIt()
    {
        await using var client = _hub.Client();
        var session = await client.JoinSessionAsync("demo", "board", new() { Presence = One });
        _hub.Held.Add("JoinSession");
        _hub.Link.End();
        var join = (await _hub.CallsAsync("JoinSession", count: 2, timeGoesOn: true))[^1];

        await session.UpdatePresenceAsync(JsonTree.Parse("""{"b":2}"""));
        join.Answer.SetResult(_hub.Joined(isRecovered: true));

        var update = (Protocol.Requests.UpdatePresenceRequest)(await _hub.CallsAsync("UpdatePresence"))[0].Request;
        Assert.Equal("""{"b":2}""", update.State.ToString());
    }
}
