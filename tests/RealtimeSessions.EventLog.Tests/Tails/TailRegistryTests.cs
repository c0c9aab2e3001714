using RealtimeSessions.EventLog.Tails;
using RealtimeSessions.EventLog.Tests.Support;
using RealtimeSessions.Protocol;
using RealtimeSessions.Testing;

namespace RealtimeSessions.EventLog.Tests.Tails;

/// <summary>The open tails of one engine.</summary>
public sealed class TailRegistryTests
{
    private static readonly Position Start = new("first", 0);
    private readonly FakeLogSource _source = new("first");
    private readonly VirtualTime _time = new();

    [Fact]
    public async Task TailedChanged_FirstOpenedAndLastDisposed_IsRaisedOnceEach()
    {
        await using var registry = new TailRegistry(_source, _time, Timeout.InfiniteTimeSpan);
        List<bool> changes = [];
        registry.TailedChanged += log => changes.Add(registry.HasTails(log));
        var (one, two) = (registry.Open(FakeLogSource.Log, Start), registry.Open(FakeLogSource.Log, Start));
        Assert.True(registry.HasTails(FakeLogSource.Log));
        await one.DisposeAsync();
        await one.DisposeAsync();
        Assert.True(registry.HasTails(FakeLogSource.Log));
        await two.DisposeAsync();
        Assert.False(registry.HasTails(FakeLogSource.Log));
        Assert.Equal([true, false], changes);
    }

    [Fact]
    public async Task Notify_ALog_ReachesItsTailsOnly()
    {
        _source.Append();
        await using var registry = new TailRegistry(_source, _time, Timeout.InfiniteTimeSpan);
        var tails = new[] { registry.Open(FakeLogSource.Log, Start), registry.Open(FakeLogSource.Log, Start) };
        var foreign = registry.Open(new LogId("other"), Start);
        await Task.WhenAll(tails.Append(foreign).Select(tail => tail.TakeAsync(1)));
        registry.Notify(_source.Append());
        Assert.All(await Task.WhenAll(tails.Select(tail => tail.TakeAsync(1))), read => Assert.Equal(2, read[0].Sequence));
        Assert.False(foreign.NextAsync().IsCompleted);
    }

    [Fact]
    public async Task Timer_EveryCheckInterval_FindsWhatWasNotAnnounced()
    {
        await using var registry = new TailRegistry(_source, _time, TimeSpan.FromSeconds(3));
        _source.Append();
        var tail = registry.Open(FakeLogSource.Log, Start);
        await tail.TakeAsync(1);
        for (var round = 2; round < 5; round++)
        {
            _source.Append();
            var reading = tail.NextAsync();
            _time.Advance(TimeSpan.FromSeconds(3));
            Assert.Equal(round, Assert.Single((await reading).Events).Sequence);
        }
    }

    [Fact]
    public async Task Timer_ManyLogs_TakeTheirTurnsWithinTheCheckInterval()
    {
        await using var registry = new TailRegistry(_source, _time, TimeSpan.FromSeconds(3));
        _source.Append();
        var tails = Enumerable.Range(0, 200).Select(i => registry.Open(new LogId($"log-{i}"), Start)).ToArray();
        await Task.WhenAll(tails.Select(tail => tail.TakeAsync(1)));
        _source.Append();
        var readings = tails.Select(tail => tail.NextAsync()).ToArray();
        _time.Advance(TimeSpan.FromSeconds(1.5));
        await Task.WhenEach(readings).Take(50).LastAsync();
        Assert.InRange(readings.Count(reading => reading.IsCompleted), 50, 150);
        _time.Advance(TimeSpan.FromSeconds(1.5));
        Assert.All(await Task.WhenAll(readings), read => Assert.Equal(2, Assert.Single(read.Events).Sequence));
    }

    [Fact]
    public async Task DisposeAsync_OpenTails_AreEnded()
    {
        var registry = new TailRegistry(_source, _time, TimeSpan.FromSeconds(3));
        _source.Append();
        var tail = registry.Open(FakeLogSource.Log, Start);
        await tail.TakeAsync(1);
        var reading = tail.NextAsync();
        await registry.DisposeAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        Assert.False(registry.HasTails(FakeLogSource.Log));
        Assert.Equal(0, _time.WaitingTimers);
    }
}
