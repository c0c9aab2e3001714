using RealtimeSessions.EventLog.Tails;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.EventLog.Tests.Tails;

public sealed class LogTailTests
{
    private static readonly LogId Log = new("session/demo/board-1");

    [Fact]
    public async Task Read_CancelledInTheMiddle_IsTakenUpByTheNextOne()
    {
        var source = new Source(pageEvents: 10) { Head = 1 };
        await using var registry = new TailRegistry(source, TimeProvider.System, Timeout.InfiniteTimeSpan);
        await using var tail = registry.Open(Log, new Position("e", 0));
        using var cancelled = new CancellationTokenSource();
        source.BeforeRead = () => cancelled.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await tail.ReadAsync(cancelled.Token));

        source.BeforeRead = () => { };
        Assert.Equal(1, Assert.Single((await tail.ReadAsync()).Events).Sequence);
    }

    [Fact]
    public async Task Read_EventReadLastFillsAPage_GoesOnBehindIt()
    {
        var source = new Source(pageEvents: 1) { Head = 3 };
        await using var registry = new TailRegistry(source, TimeProvider.System, Timeout.InfiniteTimeSpan);
        await using var tail = registry.Open(Log, new Position("e", 1));
        Assert.Equal(2, Assert.Single((await tail.ReadAsync()).Events).Sequence);
        Assert.Equal(3, Assert.Single((await tail.ReadAsync()).Events).Sequence);
    }

    [Fact]
    public async Task Read_AfterDisposal_IsCancelled()
    {
        await using var registry = new TailRegistry(new Source(pageEvents: 1), TimeProvider.System, Timeout.InfiniteTimeSpan);
        var tail = registry.Open(Log, new Position("e", 0));
        await tail.DisposeAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await tail.ReadAsync());
    }

    private sealed class Source(int pageEvents) : ILogTailSource
    {
        public long Head { get; set; }

        public Action BeforeRead { get; set; } = () => { };

        public Task<LogPage?> ReadAsync(LogId log, long after, int limit, CancellationToken cancellationToken)
        {
            BeforeRead();
            cancellationToken.ThrowIfCancellationRequested();
            var events = Enumerable.Range((int)after + 1, (int)(Head - after)).Take(pageEvents)
                .Select(sequence => new LogEvent(sequence, new Guid(sequence, 0, 0, new byte[8]), default, default)).ToArray();
            return Task.FromResult<LogPage?>(new LogPage(new LogHead(new Position("e", Head), 1, 0, false), events));
        }

        public Task ChangeEpochAsync(LogId log, string expected) => Task.CompletedTask;
    }
}
