using RealtimeSessions.Server.Delivery.Channels;
using RealtimeSessions.Testing;

namespace RealtimeSessions.Server.Tests.Delivery;

public sealed class PassPacerTests : IPaced, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Drain = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Distance = TimeSpan.FromMilliseconds(6);

    private readonly VirtualTime _time = new();
    private readonly DeliveryOptions _options = new();
    private readonly PassPacer _pacer;
    private int _waiting;
    private int _passes;

    public PassPacerTests() => _pacer = new PassPacer(this, _options, _time);

    public Lock Lock { get; } = new();

    public bool HasNews => _waiting > 0;

    private int Members { get; set; } = 100;

    public (int Members, int Events) Pass()
    {
        Assert.True(Lock.IsHeldByCurrentThread);
        _passes++;
        var events = _waiting;
        _waiting = 0;
        return (Members, events);
    }

    public void Dispose() => _pacer.Dispose();

    [Fact]
    public async Task Request_AtRest_PassesAtOnce()
    {
        Tell();
        Assert.Equal(1, Passes());
        await RestAsync();

        Tell();

        Assert.Equal(2, Passes());
    }

    [Fact]
    public async Task Request_WhileAPassIsWorkedOff_PassesAtOnce()
    {
        Tell(times: 3);

        Assert.Equal(3, Passes());

        await RestAsync();
        Assert.Equal(0, _time.WaitingTimers);
    }

    [Fact]
    public async Task Request_LongAfterTheLastPass_IsNotWatched()
    {
        Assert.Equal(PacerPhase.Resting, TellAndLook());
        Assert.Equal(PacerPhase.Draining, TellAndLook());
        await RestAsync();

        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(PacerPhase.Resting, TellAndLook());
        Assert.Equal(3, Passes());
    }

    [Fact]
    public async Task Request_UnderLoad_KeepsTheDistance()
    {
        await LoadAsync();
        var before = Passes();
        _time.Advance(Distance - Drain - TimeSpan.FromTicks(1));
        Assert.Equal(before, Passes());

        _time.Advance(TimeSpan.FromTicks(1));

        Assert.Equal(before + 1, Passes());
    }

    [Fact]
    public async Task Request_UnderModerateLoad_WaitsForTheLastPassAlone()
    {
        // Four events come while one pass is worked off: less than a tick would be left of the distance.
        for (var i = 0; i < 20; i++)
        {
            lock (Lock)
            {
                _waiting = 4;
                _pacer.Pass();
                _time.Advance(Drain);
            }

            await RestAsync();
        }

        Assert.Equal((20, 0), (Passes(), _time.WaitingTimers));
    }

    [Fact]
    public async Task Request_OneAfterTheOther_IsNoLoad()
    {
        // One event in the time that a pass takes, for ever.
        for (var i = 0; i < 100; i++)
        {
            Tell(drain: Drain);
            await RestAsync();
        }

        Assert.Equal((100, 0), (Passes(), _time.WaitingTimers));
    }

    [Fact]
    public async Task Request_AfterALoadIsOver_PassesAtOnceAgain()
    {
        await LoadAsync();
        for (var i = 0; i < 30; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await RestAsync();
            Tell(drain: Drain);
        }

        await RestAsync();
        Assert.Equal(0, _time.WaitingTimers);
    }

    [Fact]
    public async Task Request_WithManyMembers_KeepsTheLongestDistanceOnly()
    {
        Members = 1_000_000;
        await LoadAsync();
        var before = Passes();

        _time.Advance(_options.MaximumPause - Drain);

        Assert.Equal(before + 1, Passes());
    }

    [Fact]
    public async Task Request_ToOneMember_PassesAtOnceAlways()
    {
        Members = 1;

        Tell(times: 50, drain: Drain);

        Assert.Equal(50, Passes());
        await RestAsync();
    }

    [Fact]
    public async Task Pass_ThatCannotWait_StandsForTheOneThatWaited()
    {
        await LoadAsync();
        var before = Passes();
        lock (Lock)
        {
            _pacer.Pass();
            _time.Advance(Drain);
        }

        await UntilAsync(() => Phase() == PacerPhase.Waiting);
        Assert.Equal(before + 1, Passes());
        _time.Advance(Distance);
        Assert.Equal(before + 1, Passes());
        await RestAsync();
    }

    /// <summary>Eight events come in the time of every pass, until passes keep all of their distance; something waits for the next one.</summary>
    private async Task LoadAsync()
    {
        for (var i = 0; i < 20; i++)
        {
            lock (Lock)
            {
                _waiting = 12;
                _pacer.Pass();
                _time.Advance(Drain);
            }

            await UntilAsync(() => Phase() != PacerPhase.Draining);
        }

        Assert.Equal(PacerPhase.Waiting, Phase());
        Tell();
    }

    /// <summary>Something new, which is worked off for a time if it is passed on.</summary>
    private void Tell(int times = 1, TimeSpan drain = default)
    {
        lock (Lock)
        {
            for (var i = 0; i < times; i++)
            {
                _waiting++;
                _pacer.Request();
            }

            _time.Advance(drain);
        }
    }

    /// <summary>Something new, and what the pacer does with it before the thread pool comes round.</summary>
    private PacerPhase TellAndLook()
    {
        lock (Lock)
        {
            Tell();
            return Phase();
        }
    }

    private int Passes()
    {
        lock (Lock)
        {
            return _passes;
        }
    }

    private PacerPhase Phase()
    {
        lock (Lock)
        {
            return _pacer.Phase;
        }
    }

    /// <summary>Waits until the thread pool has come round to the pacer for the last time.</summary>
    private Task RestAsync() => UntilAsync(() => Phase() == PacerPhase.Resting);

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!condition())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
