using Microsoft.Extensions.Logging;
using RealtimeSessions.EventLog;
using RealtimeSessions.Server.Lanes.Following;
using RealtimeSessions.Server.Tests.Support;
using RealtimeSessions.Testing;

namespace RealtimeSessions.Server.Tests.Lanes.Following;

public sealed class PeriodicTaskTests
{
    private readonly VirtualTime _time = new();
    private readonly RecordedLogs _logs = new();

    [Fact]
    public async Task ExecuteAsync_OutagesAndFailures_GoesOn()
    {
        using var task = new Counting(_time, _logs.CreateLogger("task"), run => run switch
        {
            1 => Task.FromException(new EngineUnavailableException("The connection broke.")),
            2 => Task.FromException(new InvalidOperationException("A bug.")),
            3 => Task.FromException(new OperationCanceledException()),
            _ => Task.CompletedTask,
        });
        await task.StartAsync(CancellationToken.None);
        await Wait.UntilAsync(() =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return task.Runs >= 5;
        });

        await task.StopAsync(CancellationToken.None);

        // An outage is no error.
        Assert.Equal(2, _logs.Errors.Count);
        Assert.Equal(0, _time.WaitingTimers);
    }

    [Fact]
    public async Task ExecuteAsync_BeforeItsTime_DoesNothing()
    {
        using var task = new Counting(_time, _logs.CreateLogger("task"), _ => Task.CompletedTask);
        await task.StartAsync(CancellationToken.None);
        await Wait.UntilAsync(() => _time.WaitingTimers > 0);
        _time.Advance(TimeSpan.FromSeconds(7.4));

        await task.StopAsync(CancellationToken.None);
        Assert.Equal(0, task.Runs);
    }

    private sealed class Counting(VirtualTime time, ILogger logger, Func<int, Task> run) : PeriodicTask(time, logger)
    {
        private int _runs;

        public int Runs => Volatile.Read(ref _runs);

        protected override TimeSpan Interval => TimeSpan.FromSeconds(10);

        public override Task RunAsync() => run(Interlocked.Increment(ref _runs));
    }
}
