using RealtimeSessions.EventLog.Tests.Support;
using static RealtimeSessions.EventLog.Tests.Support.LogEventText;

namespace RealtimeSessions.EventLog.Tests.Conformance;

/// <summary>Tails that go on: every event after a position, in order, once.</summary>
public abstract class TailConformance(IEngineFixture fixture) : EngineConformance(fixture)
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task ReadAsync_FromAnyPosition_ReturnsWhatFollows(long after)
    {
        var position = await Logs.CreateAsync(Log, 5);
        await using var tail = Logs.OpenTail(Log, position.At(after));
        await Logs.AppendedAsync(Log, Some.Append(2));
        var expected = Texts(await Logs.ReadAllAsync(Log, after));
        Assert.Equal(expected, Texts(await tail.TakeAsync(expected.Count)));
    }

    [Fact]
    public async Task ReadAsync_AtTheHead_WaitsForTheNextAppend()
    {
        var position = await Logs.CreateAsync(Log, 3);
        await using var tail = Logs.OpenTail(Log, position);
        for (var i = 0; i < 50; i++)
        {
            var waiting = tail.NextAsync();
            Assert.False(waiting.IsCompleted);
            var append = Some.Append();
            var sequence = (await Logs.AppendedAsync(Log, append)).Sequence;
            var batch = await waiting;
            Assert.Equal(TailBatchKind.Events, batch.Kind);
            Assert.Equal(Text(sequence, append.Events[0]), Text(Assert.Single(batch.Events)));
        }
    }

    [Fact]
    public async Task ReadAsync_AnnouncedEvents_AreAsTheLogStoresThem()
    {
        var position = await Logs.CreateAsync(Log);
        await using var tail = Logs.OpenTail(Log, position);
        byte[][] payloads = [[], [0, 1, 0, 255], Some.Bytes(7_000), Some.Bytes(9_000), Some.Bytes(300_000), [.. "\r\nä😀\""u8]];
        foreach (var payload in payloads)
        {
            var e = Some.Event(payload) with { CreatedAt = new DateTimeOffset(2026, 1, 2, 3, 4, 5, 6, 7, TimeSpan.FromHours(2)) };
            await Logs.AppendedAsync(Log, Some.Append(Some.Event("before"), e, Some.Event("after")));
            var read = await tail.TakeAsync(3);
            Assert.Equal(Texts(await Logs.ReadAllAsync(Log, read[0].Sequence - 1)), Texts(read));
            Assert.Equal(payload, read[1].Payload.ToArray());
        }
    }

    [Fact]
    public async Task ReadAsync_ManyPagesBehind_CatchesUp()
    {
        var position = await Logs.CreateAsync(Log, 1_000);
        await Logs.AppendAsync(Log, [.. Enumerable.Range(0, 4).Select(_ => Some.Append(1_000))]);
        await using var tail = Logs.OpenTail(Log, position.At(10));
        var read = await tail.TakeAsync(4_990);
        Assert.Equal(Enumerable.Range(11, 4_990).Select(i => (long)i), read.Select(e => e.Sequence));
    }

    [Fact]
    public async Task ReadAsync_EventsAsLargeAsAPage_CatchesUp()
    {
        var position = await Logs.CreateAsync(Log);
        for (var i = 0; i < 4; i++)
        {
            await Logs.AppendedAsync(Log, Some.Append(Some.Event(Some.Bytes(1_500_000, i))));
        }

        await using var tail = Logs.OpenTail(Log, position);
        Assert.Equal([2, 3, 4, 5], (await tail.TakeAsync(4)).Select(e => e.Sequence));
        await Logs.AppendedAsync(Log, Some.Append());
        Assert.Equal(6, Assert.Single(await tail.TakeAsync(1)).Sequence);
    }

    [Fact]
    public async Task ReadAsync_SeveralTails_EachReturnsEverything()
    {
        var position = await Logs.CreateAsync(Log);
        var other = await OtherServerAsync();
        var tails = Enumerable.Range(0, 10)
            .Select(i => (i % 2 == 0 ? Logs : other.EventLog).OpenTail(Log, position.At(i / 9))).ToArray();
        var reading = tails.Select((tail, i) => tail.TakeAsync(101 - (i / 9))).ToArray();
        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => (i % 2 == 0 ? Logs : other.EventLog).AppendedAsync(Log, Some.Append(2))));
        var all = Texts(await Logs.ReadAllAsync(Log));
        foreach (var (read, i) in reading.Select((read, i) => (read, i)))
        {
            Assert.Equal(all.Skip(i / 9), Texts(await read));
        }

        await Task.WhenAll(tails.Select(tail => tail.DisposeAsync().AsTask()));
    }

    [Fact]
    public async Task ReadAsync_OneOfTwoTailsDisposed_TheOtherGoesOn()
    {
        var position = await Logs.CreateAsync(Log);
        var (first, second) = (Logs.OpenTail(Log, position), Logs.OpenTail(Log, position));
        await Logs.AppendedAsync(Log, Some.Append());
        await first.TakeAsync(1);
        await first.DisposeAsync();
        await Logs.AppendedAsync(Log, Some.Append());
        Assert.Equal([2, 3], (await second.TakeAsync(2)).Select(e => e.Sequence));
        await using var third = Logs.OpenTail(Log, position.At(2));
        await second.DisposeAsync();
        await Logs.AppendedAsync(Log, Some.Append());
        Assert.Equal([3, 4], (await third.TakeAsync(2)).Select(e => e.Sequence));
    }

    [Fact]
    public async Task ReadAsync_SlowReader_GetsEverythingInBoundedBatches()
    {
        var position = await Logs.CreateAsync(Log);
        await using var tail = Logs.OpenTail(Log, position);
        await Logs.AppendedAsync(Log, Some.Append());
        await tail.TakeAsync(1);
        for (var i = 0; i < 200; i++)
        {
            await Logs.AppendedAsync(Log, Some.Append(Some.Event(Some.Bytes(50_000, i))));
        }

        List<long> read = [];
        while (read.Count < 200)
        {
            var batch = await tail.NextAsync();
            Assert.Equal(TailBatchKind.Events, batch.Kind);
            Assert.InRange(batch.Events.Sum(e => e.Payload.Length), 1, 2_500_000);
            read.AddRange(batch.Events.Select(e => e.Sequence));
        }

        Assert.Equal(Enumerable.Range(3, 200).Select(i => (long)i), read);
    }

    [Fact]
    public async Task ReadAsync_SealedLog_GoesOnWaitingForWhatIsAllowed()
    {
        var position = await Logs.CreateAsync(Log);
        await using var tail = Logs.OpenTail(Log, position);
        await Logs.AppendedAsync(Log, Some.Append() with { Seal = true });
        await tail.TakeAsync(1);
        var waiting = tail.NextAsync();
        await Logs.AppendedAsync(Log, Some.Append() with { AllowSealed = true });
        Assert.Equal(3, Assert.Single((await waiting).Events).Sequence);
    }

    [Fact]
    public async Task ReadAsync_LogTrimmedBehindTheTail_GoesOn()
    {
        var position = await Logs.CreateAsync(Log, 5);
        await using var tail = Logs.OpenTail(Log, position);
        await Logs.CreateRetentionEdgeAsync(Log);
        await Logs.AppendedAsync(Log, Some.Append());
        Assert.Equal(6, Assert.Single(await tail.TakeAsync(1)).Sequence);
    }

    [Fact]
    public async Task ReadAsync_ConnectionsBroken_MissesNothing()
    {
        await OpenAsync(new LogOptions { TailCheckInterval = TimeSpan.FromMilliseconds(300) });
        var position = await Logs.CreateAsync(Log);
        var other = await OtherServerAsync();
        await using var tail = other.EventLog.OpenTail(Log, position);
        for (var round = 0; round < 3; round++)
        {
            await Storage.BreakConnectionsAsync();
            await Logs.AppendedAsync(Log, Some.Append(3));
            Assert.Equal(3, (await tail.TakeAsync(3)).Count);
            await Logs.AppendedAsync(Log, Some.Append());
            Assert.Equal((round * 4) + 5, Assert.Single(await tail.TakeAsync(1)).Sequence);
        }
    }
}
