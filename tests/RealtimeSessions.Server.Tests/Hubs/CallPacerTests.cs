using RealtimeSessions.Server.Hubs;
using RealtimeSessions.Server.Requests;
using RealtimeSessions.Testing;

namespace RealtimeSessions.Server.Tests.Hubs;

public sealed class CallPacerTests
{
    private readonly VirtualTime _time = new();
    private readonly List<(int Call, CallTurn Turn)> _made = [];
    private int _calls;

    [Fact]
    public void Next_WithinTheBurst_IsMadeAtOnce()
    {
        var pacer = Pacer(burst: 3);

        Call(pacer, 3);

        Assert.Equal([1, 2, 3], Made());
        Assert.Equal(0, _time.WaitingTimers);
    }

    [Fact]
    public void Next_BeyondTheBurst_IsMadeAtTheRateAndInOrder()
    {
        var pacer = Pacer(perSecond: 10, burst: 2);
        Call(pacer, 6);

        _time.Advance(TimeSpan.FromMilliseconds(99));
        Assert.Equal([1, 2], Made());
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal([1, 2, 3], Made());
        _time.Advance(TimeSpan.FromMilliseconds(300));
        Assert.Equal([1, 2, 3, 4, 5, 6], Made());
        Assert.All(_made, made => Assert.Equal(CallTurn.Go, made.Turn));
    }

    [Fact]
    public void Next_AfterARest_HasItsBurstAgainAndNoMore()
    {
        var pacer = Pacer(perSecond: 10, burst: 2);
        Call(pacer, 2);

        _time.Advance(TimeSpan.FromHours(1));
        Call(pacer, 3);

        Assert.Equal([1, 2, 3, 4], Made());
    }

    [Fact]
    public void Next_WhileACallIsBeingMade_WaitsForIt()
    {
        var pacer = Pacer(perSecond: 10, burst: 1);
        Call(pacer, 1);
        // The second call, when its turn comes and tokens are left, makes a third one before it has reached its first await.
        _ = ObserveAsync(pacer.NextAsync(), () => Call(pacer, 1));

        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal([1, 2, 3], Made());
    }

    [Fact]
    public void Next_ThrottledForLongerThanPatience_IsRefusedAtTheSameRate()
    {
        var pacer = Pacer(perSecond: 10, burst: 1, patience: 2);
        for (var i = 0; i < 20; i++)
        {
            Call(pacer, 2);
            _time.Advance(TimeSpan.FromMilliseconds(200));
        }

        Assert.InRange(_made.Count, 39, 41);
        var firstRefused = _made.FindIndex(made => made.Turn == CallTurn.Refused);
        Assert.InRange(firstRefused, 19, 22);
        Assert.All(_made.Skip(firstRefused).Where((_, i) => i % 2 == 0), made => Assert.Equal(CallTurn.Refused, made.Turn));
        Assert.Equal(Enumerable.Range(1, _made.Count), Made());
    }

    [Fact]
    public void Next_AfterRefusalsAndASecondOfSlack_IsMadeAgain()
    {
        var pacer = Pacer(perSecond: 10, burst: 1, patience: 0.5);
        Call(pacer, 10);
        _time.Advance(TimeSpan.FromSeconds(0.8));
        Call(pacer, 1);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(CallTurn.Refused, _made[^1].Turn);

        Call(pacer, 3);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.All(_made[^3..], made => Assert.Equal(CallTurn.Go, made.Turn));
    }

    [Fact]
    public void End_WithCallsWaiting_LetsThemGo()
    {
        var pacer = Pacer(perSecond: 1, burst: 1);
        Call(pacer, 3);

        pacer.End();
        Call(pacer, 1);

        Assert.Equal([CallTurn.Go, CallTurn.Ended, CallTurn.Ended, CallTurn.Ended], _made.Select(made => made.Turn));
        Assert.Equal(0, _time.WaitingTimers);
    }

    private CallPacer Pacer(int perSecond = 10, int burst = 1, double patience = 5)
    {
        // As in the server, where calls go on where their turn is given.
        SynchronizationContext.SetSynchronizationContext(null);
        return new(new LimitsOptions { CallsPerSecond = perSecond, CallBurst = burst, CallPatience = TimeSpan.FromSeconds(patience) }, _time);
    }

    private IEnumerable<int> Made() => _made.Select(made => made.Call);

    private void Call(CallPacer pacer, int count)
    {
        for (var i = 0; i < count; i++)
        {
            _ = ObserveAsync(pacer.NextAsync(), () => { });
        }
    }

    private async Task ObserveAsync(ValueTask<CallTurn> turn, Action before)
    {
        var call = ++_calls;
        var what = await turn;
        before();
        _made.Add((call, what));
    }
}
