using RealtimeSessions.Server.Delivery.Channels;
using RealtimeSessions.Testing;

namespace RealtimeSessions.Server.Tests.Delivery;

public sealed class PassPacerTests : IPaced, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Distance = TimeSpan.FromMilliseconds(3);

    private readonly VirtualTime _time = new();
    private readonly DeliveryOptions _options = new();
    private readonly PassPacer _pacer;
    private int _passes;

    public PassPacerTests() => _pacer = new PassPacer(this, _options, _time);

    public Lock Lock { get; } = new();

    public bool HasNews { get; private set; }

    private int Members { get; set; } = 100;

    public int Pass()
    {
        Assert.True(Lock.IsHeldByCurrentThread);
        HasNews = false;
        _passes++;
        return Members;
    }

    public void Dispose() => _pacer.Dispose();

    [Fact]
    public async Task Request_AtRest_PassesAtOnce()
    {
        Tell();
        Assert.Equal(1, Passes());
        await DrainAsync();

        Tell();

        Assert.Equal(2, Passes());
    }

    [Fact]
    public async Task Request_WhileThePassIsWorkedOff_WaitsForTheDistance()
    {
        TellTwice();
        await WaitForTimerAsync();
        _time.Advance(Distance - TimeSpan.FromTicks(1));
        Assert.Equal(1, Passes());

        _time.Advance(TimeSpan.FromTicks(1));

        Assert.Equal(2, Passes());
    }

    [Fact]
    public async Task Request_AfterTheDistanceWithNothingNew_PassesAtOnceAgain()
    {
        TellTwice();
        await WaitForTimerAsync();
        _time.Advance(Distance);
        await DrainAsync();

        Tell();

        Assert.Equal(3, Passes());
    }

    [Fact]
    public async Task Request_WithManyMembers_WaitsForTheLongestDistanceOnly()
    {
        Members = 1_000_000;
        TellTwice();
        await WaitForTimerAsync();

        _time.Advance(_options.MaximumPause);

        Assert.Equal(2, Passes());
    }

    [Fact]
    public async Task Request_WithFewMembers_WaitsForThePassToBeWorkedOffOnly()
    {
        Members = 5;

        TellTwice();

        await UntilAsync(() => Passes() == 2);
        Assert.Equal(0, _time.WaitingTimers);
    }

    [Fact]
    public async Task Pass_ThatCannotWait_StandsForTheOneThatWaited()
    {
        TellTwice();
        await WaitForTimerAsync();
        lock (Lock)
        {
            _pacer.Pass();
        }

        _time.Advance(Distance);

        Assert.Equal(2, Passes());
        await DrainAsync();
        Tell();
        Assert.Equal(3, Passes());
    }

    private void Tell()
    {
        lock (Lock)
        {
            HasNews = true;
            _pacer.Request();
        }
    }

    /// <summary>Something new, and again before the first pass can have been worked off.</summary>
    private void TellTwice()
    {
        lock (Lock)
        {
            Tell();
            Tell();
        }
    }

    private int Passes()
    {
        lock (Lock)
        {
            return _passes;
        }
    }

    private Task WaitForTimerAsync() => UntilAsync(() => _time.WaitingTimers == 1);

    /// <summary>Waits until the thread pool has come round to the pacer for the last time.</summary>
    private async Task DrainAsync() => await UntilAsync(() =>
    {
        lock (Lock)
        {
            return _pacer.IsResting;
        }
    });

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
