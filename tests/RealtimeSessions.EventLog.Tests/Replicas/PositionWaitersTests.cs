using RealtimeSessions.EventLog.Replicas;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.EventLog.Tests.Replicas;

/// <summary>Waiting for positions.</summary>
public sealed class PositionWaitersTests
{
    [Fact]
    public async Task Release_SomeReached_ReleasesThoseOnly()
    {
        var head = 1L;
        var waiters = new PositionWaiters(position => position.Sequence <= head, () => null);
        var (first, second) = (waiters.Add(new Position("e", 1)), waiters.Add(new Position("e", 2)));

        waiters.Release();
        await first;
        Assert.False(second.IsCompleted);
        head = 2;
        waiters.Release();

        await second;
    }

    [Fact]
    public async Task Release_FailsWhileItIsLookedWhatIsReached_TellsTheFailure()
    {
        Exception? failure = null;
        var waiters = new PositionWaiters(
            _ =>
            {
                failure = new InvalidOperationException("Just now.");
                return true;
            },
            () => failure);
        var waiting = waiters.Add(new Position("e", 1));

        waiters.Release();

        Assert.Same(failure, await Assert.ThrowsAsync<InvalidOperationException>(() => waiting));
    }
}
