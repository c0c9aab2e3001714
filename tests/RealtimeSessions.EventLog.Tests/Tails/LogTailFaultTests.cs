using RealtimeSessions.EventLog.Tails;
using RealtimeSessions.EventLog.Tests.Support;
using RealtimeSessions.Protocol;
using RealtimeSessions.Testing;

namespace RealtimeSessions.EventLog.Tests.Tails;

/// <summary>The tail on a source that misbehaves as no engine can be made to.</summary>
public sealed class LogTailFaultTests : IAsyncLifetime
{
    private readonly FakeLogSource _source = new("first");
    private readonly VirtualTime _time = new();
    private LogTail? _tail;

    private LogTail Tail => _tail!;

    public Task InitializeAsync()
    {
        _source.Append(3);
        Open(after: 0);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await Tail.DisposeAsync();

    [Fact]
    public async Task ReadAsync_HeadLowerThanKnown_ChangesTheEpochOnceAndResets()
    {
        await Tail.TakeAsync(3);
        _source.Lose(1);
        Tail.Check();
        Assert.Equal(TailBatch.Reset, await Tail.NextAsync());
        Assert.Equal(["first"], _source.EpochChanges);
    }

    [Fact]
    public async Task ReadAsync_AnotherEventAtAKnownSequence_ChangesTheEpochOnceAndResets()
    {
        await Tail.TakeAsync(3);
        _source.Lose(1);
        _source.Append(5);
        Tail.Check();
        Assert.Equal(TailBatch.Reset, await Tail.NextAsync());
        Assert.Equal(["first"], _source.EpochChanges);
    }

    [Fact]
    public async Task ReadAsync_AnnouncementAfterLostHistory_IsNotDeliveredButResets()
    {
        await Tail.TakeAsync(3);
        _source.Lose(1);
        _source.Append();
        Tail.Offer(_source.Append());
        Assert.Equal(TailBatch.Reset, await Tail.NextAsync());
        Assert.Equal(["first"], _source.EpochChanges);
    }

    [Fact]
    public async Task ReadAsync_AnnouncementOfAnotherEventAtTheHead_Resets()
    {
        await Tail.TakeAsync(3);
        _source.Lose(1);
        Tail.Offer(_source.Append());
        Assert.Equal(TailBatch.Reset, await Tail.NextAsync());
    }

    [Fact]
    public async Task ReadAsync_EpochAlreadyChanged_ResetsWithoutChangingIt()
    {
        await Tail.TakeAsync(3);
        await _source.ChangeEpochAsync(FakeLogSource.Log, "first");
        Tail.Check();
        Assert.Equal(TailBatch.Reset, await Tail.NextAsync());
        Assert.Equal("changed", _source.Epoch);
        Assert.Equal(["first"], _source.EpochChanges);
    }

    [Fact]
    public async Task ReadAsync_EngineAwayWhileChangingTheEpoch_TriesAgain()
    {
        await Tail.TakeAsync(3);
        _source.Lose(2);
        _source.Failures = 2;
        Tail.Check();
        var reading = Tail.NextAsync();
        AdvanceUntilRead(reading);
        Assert.Equal(TailBatch.Reset, await reading);
        Assert.Equal(["first"], _source.EpochChanges);
    }

    [Fact]
    public async Task ReadAsync_EngineAway_WaitsAndGoesOn()
    {
        _source.Failures = 10;
        var reading = Tail.NextAsync();
        AdvanceUntilRead(reading);
        Assert.Equal([1, 2, 3], (await reading).Events.Select(e => e.Sequence));
        Assert.Equal(11, _source.Reads);
    }

    [Fact]
    public async Task ReadAsync_CancelledWhileTheEngineIsAway_NextReadLosesNothing()
    {
        _source.Failures = int.MaxValue;
        using var cancellation = new CancellationTokenSource();
        var reading = Tail.ReadAsync(cancellation.Token).AsTask();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        _source.Failures = 0;
        Assert.Equal(3, (await Tail.TakeAsync(3)).Count);
    }

    [Fact]
    public async Task DisposeAsync_WhileTheEngineIsAway_EndsTheReadAsCancelled()
    {
        _source.Failures = int.MaxValue;
        var reading = Tail.NextAsync();
        await Tail.DisposeAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    [Fact]
    public async Task ReadAsync_CancelledBeforeItReads_NextReadLosesNothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Tail.ReadAsync(new CancellationToken(true)).AsTask());
        Assert.Equal([1, 2, 3], (await Tail.TakeAsync(3)).Select(e => e.Sequence));
    }

    [Fact]
    public async Task ReadAsync_LinkedAnnouncements_AreReturnedWithoutReading()
    {
        await Tail.TakeAsync(3);
        var reads = _source.Reads;
        Tail.Offer(_source.Append(2));
        Tail.Offer(_source.Append(3));
        Assert.Equal([4, 5, 6, 7, 8], (await Tail.TakeAsync(5)).Select(e => e.Sequence));
        Assert.Equal(reads, _source.Reads);
    }

    [Fact]
    public async Task Offer_MoreThanTheBound_KeepsNoMoreThanThatAndLosesNothing()
    {
        await Tail.TakeAsync(3);
        var announced = OfferMany(100);
        GC.Collect();
        Assert.InRange(announced.Count(reference => reference.IsAlive), 0, 12);
        Assert.Equal(Enumerable.Range(4, 100).Select(i => (long)i), (await Tail.TakeAsync(100)).Select(e => e.Sequence));
    }

    private void Open(long after) => _tail = new LogTail(_source, FakeLogSource.Log, new Position("first", after), _time, _ => { });

    /// <summary>Offers copies of events of 100 kB and answers what tells whether the tail still holds them.</summary>
    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private WeakReference[] OfferMany(int count)
    {
        var references = new WeakReference[count];
        for (var i = 0; i < count; i++)
        {
            var announced = _source.Append(payloadBytes: 100_000);
            var copy = announced.Events[0] with { Payload = announced.Events[0].Payload.ToArray() };
            references[i] = new WeakReference(copy);
            Tail.Offer(announced with { Events = [copy] });
        }

        return references;
    }

    /// <summary>Lets the pauses between the tries pass.</summary>
    private void AdvanceUntilRead(Task reading)
    {
        var patience = System.Diagnostics.Stopwatch.StartNew();
        while (!reading.IsCompleted && patience.Elapsed < EventLogSteps.Patience)
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            Thread.Yield();
        }
    }
}
