using RealtimeSessions.EventLog.Tails;
using RealtimeSessions.EventLog.Tests.Support;
using RealtimeSessions.Protocol;
using static RealtimeSessions.EventLog.Tests.Support.LogEventText;

namespace RealtimeSessions.EventLog.Tests.Conformance;

/// <summary>Announcements only wake: whatever happens to them, a tail returns exactly the log.</summary>
public abstract class TailDistortionConformance(IEngineFixture fixture) : EngineConformance(fixture)
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 20 * TestScale.Factor)];

    [Theory]
    [MemberData(nameof(Seeds), DisableDiscoveryEnumeration = true)]
    public async Task ReadAsync_AnnouncementsDroppedDoubledSwappedDelayed_ReturnsExactlyTheLog(int seed)
    {
        var random = new Random(seed);
        var start = await Logs.CreateAsync(Log, random.Next(1, 4));
        await using var tail = OpenTail(start.At(random.Next(0, (int)start.Sequence + 1)), out var cursor);
        List<LogEvent> read = [];
        List<LogNotification> delayed = [];
        var previous = (await Logs.ReadAllAsync(Log))[^1].EventId;
        for (var i = 0; i < 60; i++)
        {
            var append = Some.Append(random.Next(1, 4));
            var result = await Logs.AppendedAsync(Log, append);
            var announced = Announce(append, result, previous, withEvents: random.Next(5) > 0);
            previous = append.Events[^1].EventId;
            Distort(random, announced, delayed, tail);
            if (random.Next(3) == 0)
            {
                await ReadWhatIsThereAsync(tail, read, result.Sequence);
            }

            if (random.Next(10) == 0)
            {
                tail.Check();
            }
        }

        foreach (var late in delayed)
        {
            tail.Offer(late);
        }

        tail.Check();
        var all = Texts(await Logs.ReadAllAsync(Log, cursor));
        while (read.Count < all.Count)
        {
            read.AddRange(await NextEventsAsync(tail, seed));
        }

        Assert.Equal(all, Texts(read));
    }

    [Fact]
    public async Task ReadAsync_AnnouncementOfAnotherHistory_IsNeverDelivered()
    {
        var start = await Logs.CreateAsync(Log, 3);
        await using var tail = OpenTail(start.At(2), out _);
        var third = Assert.Single(await tail.TakeAsync(1));
        var forged = new LogEvent(4, Guid.NewGuid(), DateTimeOffset.UnixEpoch, "forged"u8.ToArray());
        tail.Offer(new LogNotification(Log, start.Epoch, Guid.NewGuid(), 4, 4, [forged]));
        tail.Offer(new LogNotification(Log, "another", third.EventId, 4, 4, [forged]));
        tail.Offer(new LogNotification(Log, start.Epoch, Guid.NewGuid(), 3, 3, [forged with { Sequence = 3 }]));
        var append = Some.Append();
        await Logs.AppendedAsync(Log, append);
        tail.Check();
        Assert.Equal(Text(4, append.Events[0]), Text(Assert.Single(await tail.TakeAsync(1))));
    }

    [Fact]
    public async Task ReadAsync_AnnouncementBeforeTheEventsAreRead_ContinuesWhatTheLogHas()
    {
        var start = await Logs.CreateAsync(Log, 3);
        await using var tail = OpenTail(start.At(0), out _);
        await tail.TakeAsync(3);
        var append = Some.Append();
        var result = await Logs.AppendedAsync(Log, append);
        var previous = (await Logs.ReadAllAsync(Log, 2))[0].EventId;
        tail.Offer(Announce(append, result, previous, withEvents: true));
        tail.Offer(Announce(append, result, previous, withEvents: true));
        Assert.Equal(4, Assert.Single(await tail.TakeAsync(1)).Sequence);
    }

    private LogTail OpenTail(Position after, out long cursor)
    {
        cursor = after.Sequence;
        return new LogTail(TailSource, Log, after, TimeProvider.System, _ => { });
    }

    private static LogNotification Announce(LogAppend append, AppendResult result, Guid previous, bool withEvents)
    {
        var first = result.Sequence - append.Events.Count + 1;
        var events = withEvents ? append.Events.Select((e, i) => Stored(first + i, e)).ToArray() : [];
        return new LogNotification(Log, result.Epoch, previous, first, result.Sequence, events);
    }

    private static void Distort(Random random, LogNotification announced, List<LogNotification> delayed, LogTail tail)
    {
        switch (random.Next(10))
        {
            case 0:
                break;
            case 1:
                tail.Offer(announced);
                tail.Offer(announced);
                break;
            case 2 or 3:
                delayed.Add(announced);
                break;
            case 4 when delayed.Count > 0:
                var late = delayed[random.Next(delayed.Count)];
                delayed.Remove(late);
                tail.Offer(announced);
                tail.Offer(late);
                break;
            default:
                tail.Offer(announced);
                break;
        }
    }

    /// <summary>Reads as a member does who is served between the announcements: what has come, then cancelled.</summary>
    private static async Task ReadWhatIsThereAsync(LogTail tail, List<LogEvent> read, long head)
    {
        using var cancellation = new CancellationTokenSource();
        while (read.Count == 0 || read[^1].Sequence < head)
        {
            var reading = tail.ReadAsync(cancellation.Token).AsTask();
            if (await Task.WhenAny(reading, Task.Delay(5)) != reading)
            {
                await cancellation.CancelAsync();
            }

            try
            {
                var batch = await reading;
                Assert.Equal(TailBatchKind.Events, batch.Kind);
                read.AddRange(batch.Events);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private static async Task<IReadOnlyList<LogEvent>> NextEventsAsync(LogTail tail, int seed)
    {
        var batch = await tail.NextAsync();
        Assert.True(batch.Kind == TailBatchKind.Events, $"seed {seed}: {batch.Kind}");
        return batch.Events;
    }
}
