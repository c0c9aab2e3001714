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
        var after = start.At(random.Next(0, (int)start.Sequence + 1));
        var sizes = Enumerable.Range(0, 60).Select(_ => random.Next(1, 4)).ToArray();
        await using var tail = OpenTail(after);
        using var turns = new SemaphoreSlim(0);
        var reading = Task.Run(() => TakeInTurnsAsync(tail, turns, (int)(start.Sequence - after.Sequence) + sizes.Sum()));

        List<LogNotification> delayed = [];
        var previous = (await Logs.ReadAllAsync(Log))[^1].EventId;
        foreach (var size in sizes)
        {
            var append = Some.Append(size);
            var result = await Logs.AppendedAsync(Log, append);
            Distort(random, Announce(append, result, previous, withEvents: random.Next(5) > 0), delayed, tail);
            previous = append.Events[^1].EventId;
            if (random.Next(3) == 0)
            {
                turns.Release(random.Next(1, 3));
            }

            if (random.Next(10) == 0)
            {
                tail.Check();
            }
        }

        delayed.ForEach(tail.Offer);
        tail.Check();
        turns.Release(sizes.Sum() + 10);
        Assert.Equal(Texts(await Logs.ReadAllAsync(Log, after.Sequence)), Texts(await reading.WaitAsync(EventLogSteps.Patience)));
    }

    [Fact]
    public async Task ReadAsync_AnnouncementOfAnotherHistory_IsNeverDelivered()
    {
        var start = await Logs.CreateAsync(Log, 3);
        await using var tail = OpenTail(start.At(2));
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
        await using var tail = OpenTail(start.At(0));
        await tail.TakeAsync(3);
        var append = Some.Append();
        var result = await Logs.AppendedAsync(Log, append);
        var previous = (await Logs.ReadAllAsync(Log, 2))[0].EventId;
        tail.Offer(Announce(append, result, previous, withEvents: true));
        tail.Offer(Announce(append, result, previous, withEvents: true));
        Assert.Equal(4, Assert.Single(await tail.TakeAsync(1)).Sequence);
    }

    private LogTail OpenTail(Position after) => new(TailSource, Log, after, TimeProvider.System, _ => { });

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

    /// <summary>Reads so many events, each batch when it is its turn, so that announcements pile up before it.</summary>
    private static async Task<IReadOnlyList<LogEvent>> TakeInTurnsAsync(LogTail tail, SemaphoreSlim turns, int count)
    {
        List<LogEvent> read = [];
        while (read.Count < count)
        {
            await turns.WaitAsync();
            var batch = await tail.ReadAsync();
            Assert.Equal(TailBatchKind.Events, batch.Kind);
            read.AddRange(batch.Events);
        }

        return read;
    }
}
