using RealtimeSessions.EventLog.Tests.Support;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.EventLog.Tests.Conformance;

/// <summary>How tails end: cancelled, disposed, reset, deleted.</summary>
public abstract class TailEndConformance(IEngineFixture fixture) : EngineConformance(fixture)
{
    [Fact]
    public async Task ReadAsync_CancelledWhileWaiting_ThrowsAndTheNextReadGoesOn()
    {
        await using var tail = Logs.OpenTail(Log, await Logs.CreateAsync(Log));
        await Logs.AppendedAsync(Log, Some.Append());
        await tail.TakeAsync(1);
        using (var cancellation = new CancellationTokenSource())
        {
            var waiting = tail.ReadAsync(cancellation.Token).AsTask();
            await cancellation.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(EventLogSteps.Patience));
        }

        await Logs.AppendedAsync(Log, Some.Append());
        Assert.Equal(3, Assert.Single(await tail.TakeAsync(1)).Sequence);
    }

    [Fact]
    public async Task ReadAsync_CancelledWhenEventsAreThere_LosesNone()
    {
        var position = await Logs.CreateAsync(Log, 3);
        await using var present = Logs.OpenTail(Log, position.At(0));
        await present.TakeAsync(3);
        await using var tail = Logs.OpenTail(Log, position.At(0));
        List<long> read = [];
        try
        {
            read.AddRange((await tail.ReadAsync(new CancellationToken(true))).Events.Select(e => e.Sequence));
        }
        catch (OperationCanceledException)
        {
        }

        while (read.Count < 3)
        {
            read.AddRange((await tail.NextAsync()).Events.Select(e => e.Sequence));
        }

        Assert.Equal([1, 2, 3], read);
    }

    [Fact]
    public async Task DisposeAsync_WhileAReadWaits_EndsItAsCancelled()
    {
        var tail = Logs.OpenTail(Log, await Logs.CreateAsync(Log));
        await Logs.AppendedAsync(Log, Some.Append());
        await tail.TakeAsync(1);
        var waiting = tail.NextAsync();
        await tail.DisposeAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task DisposeAsync_WhileAppendsGoOn_EndsReadsAsCancelledOnly()
    {
        var position = await Logs.CreateAsync(Log);
        var appending = Task.Run(async () =>
        {
            for (var i = 0; i < 100; i++)
            {
                await Logs.AppendedAsync(Log, Some.Append());
            }
        });
        do
        {
            var tail = Logs.OpenTail(Log, position);
            var reading = Task.Run(async () =>
            {
                while (true)
                {
                    await tail.ReadAsync();
                }
            });
            await Task.Yield();
            await tail.DisposeAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.WaitAsync(EventLogSteps.Patience));
        }
        while (!appending.IsCompleted);
        await appending;
    }

    [Fact]
    public async Task DisposeAsync_Twice_IsQuiet()
    {
        var tail = Logs.OpenTail(Log, await Logs.CreateAsync(Log));
        await tail.DisposeAsync();
        await tail.DisposeAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => tail.NextAsync());
    }

    [Fact]
    public async Task ReadAsync_NoSuchLog_IsDeleted()
    {
        await using var tail = Logs.OpenTail(Log, new Position("any", 0));
        Assert.Equal(TailBatchKind.Deleted, (await tail.NextAsync()).Kind);
        await using var beyond = Logs.OpenTail(Log, new Position("any", 7));
        Assert.Equal(TailBatchKind.Deleted, (await beyond.NextAsync()).Kind);
    }

    [Fact]
    public async Task ReadAsync_LogDeletedWhileWaiting_IsDeletedOnEveryServer()
    {
        var position = await Logs.CreateAsync(Log, 2);
        await using var here = Logs.OpenTail(Log, position.At(0));
        await using var there = (await OtherServerAsync()).EventLog.OpenTail(Log, position.At(1));
        await here.TakeAsync(2);
        await there.TakeAsync(1);
        await SettleAsync(here, there);
        var waiting = new[] { here.NextAsync(), there.NextAsync() };
        await Logs.DeleteAsync(Log);
        Assert.All(await Task.WhenAll(waiting), batch => Assert.Equal(TailBatch.Deleted, batch));
    }

    [Fact]
    public async Task ReadAsync_AnotherEpoch_IsReset()
    {
        var position = await Logs.CreateAsync(Log, 2);
        await using var tail = Logs.OpenTail(Log, position with { Epoch = "another" });
        Assert.Equal(TailBatch.Reset, await tail.NextAsync());
        Assert.Equal(position, (await Logs.HeadAsync(Log)).Position);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(long.MaxValue)]
    public async Task ReadAsync_PositionBeyondTheHead_IsResetWithANewEpoch(long sequence)
    {
        var position = await Logs.CreateAsync(Log, 2);
        await using var tail = Logs.OpenTail(Log, position.At(sequence));
        Assert.Equal(TailBatch.Reset, await tail.NextAsync());
        var now = (await Logs.HeadAsync(Log)).Position;
        Assert.Equal(2, now.Sequence);
        Assert.NotEqual(position.Epoch, now.Epoch);
    }

    [Fact]
    public async Task ReadAsync_EpochChangedWhileWaiting_IsResetOnEveryServer()
    {
        var position = await Logs.CreateAsync(Log, 2);
        var other = await OtherServerAsync();
        await using var here = Logs.OpenTail(Log, position.At(1));
        await using var there = other.EventLog.OpenTail(Log, position.At(1));
        await here.TakeAsync(1);
        await there.TakeAsync(1);
        await SettleAsync(here, there);
        var waiting = new[] { here.NextAsync(), there.NextAsync() };
        await TailSource.ChangeEpochAsync(Log, position.Epoch);
        Assert.All(await Task.WhenAll(waiting), batch => Assert.Equal(TailBatch.Reset, batch));
    }

    [Fact]
    public async Task ReadAsync_NextEventsTrimmed_IsReset()
    {
        var position = await Logs.CreateAsync(Log, 10);
        await using var tail = Logs.OpenTail(Log, position.At(2));
        await using var atTheEdge = Logs.OpenTail(Log, position.At(5));
        Assert.True(await Logs.TrimAsync(Log, position.At(5).Snapshot()));
        Assert.Equal(TailBatch.Reset, await tail.NextAsync());
        Assert.Equal([6, 7, 8, 9, 10], (await atTheEdge.TakeAsync(5)).Select(e => e.Sequence));
        Assert.Equal(position, (await Logs.HeadAsync(Log)).Position);
    }

    /// <summary>Lets events pass until the tails surely hear of what happens by announcements.</summary>
    private async Task SettleAsync(params ILogTail[] tails)
    {
        for (var i = 0; i < 20; i++)
        {
            await Logs.AppendedAsync(Log, Some.Append());
            await Task.WhenAll(tails.Select(tail => tail.TakeAsync(1)));
        }
    }
}
