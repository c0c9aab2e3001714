using RealtimeSessions.Protocol;

namespace RealtimeSessions.EventLog.Tests.Support;

/// <summary>Steps that many tests take.</summary>
internal static class EventLogSteps
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static async Task<AppendResult> AppendAsync(this IEventLog logs, LogId log, LogAppend append) =>
        Assert.Single(await logs.AppendAsync(log, [append]));

    /// <summary>Appends and demands that it worked.</summary>
    public static async Task<AppendResult> AppendedAsync(this IEventLog logs, LogId log, LogAppend append)
    {
        var result = await logs.AppendAsync(log, append);
        Assert.Equal(AppendOutcome.Appended, result.Outcome);
        return result;
    }

    /// <summary>Makes a log with so many events.</summary>
    public static async Task<Position> CreateAsync(this IEventLog logs, LogId log, int events = 1)
    {
        var result = await logs.AppendedAsync(log, Some.New(events));
        return new Position(result.Epoch, result.Sequence);
    }

    public static async Task<LogHead> HeadAsync(this IEventLog logs, LogId log)
    {
        var page = await logs.ReadAsync(log, 0, 0);
        Assert.NotNull(page);
        Assert.Empty(page.Events);
        return page.Head;
    }

    /// <summary>Reads everything that is there, page by page.</summary>
    public static async Task<IReadOnlyList<LogEvent>> ReadAllAsync(this IEventLog logs, LogId log, long after = 0)
    {
        List<LogEvent> all = [];
        while (true)
        {
            var page = await logs.ReadAsync(log, all.Count == 0 ? after : all[^1].Sequence, 1_000);
            Assert.NotNull(page);
            if (page.Events.Count == 0)
            {
                return all;
            }

            all.AddRange(page.Events);
        }
    }

    /// <summary>Moves the edge of retention to the head: all events are removed.</summary>
    public static async Task<LogSnapshot> CreateRetentionEdgeAsync(this IEventLog logs, LogId log)
    {
        var edge = (await logs.HeadAsync(log)).Position.Snapshot();
        Assert.True(await logs.TrimAsync(log, edge));
        return edge;
    }

    public static Task<TailBatch> NextAsync(this ILogTail tail) => tail.ReadAsync().AsTask().WaitAsync(Patience);

    /// <summary>Reads until this many events have come, and no more than them.</summary>
    public static async Task<IReadOnlyList<LogEvent>> TakeAsync(this ILogTail tail, int count)
    {
        List<LogEvent> all = [];
        while (all.Count < count)
        {
            var batch = await tail.NextAsync();
            Assert.Equal(TailBatchKind.Events, batch.Kind);
            Assert.NotEmpty(batch.Events);
            all.AddRange(batch.Events);
        }

        Assert.Equal(count, all.Count);
        return all;
    }

    public static LogSnapshot Snapshot(this Position position, byte[]? state = null) => new(position, state ?? Some.Bytes(100));

    public static Position At(this Position position, long sequence) => position with { Sequence = sequence };
}
