using RealtimeSessions.Server.Sessions;
using RealtimeSessions.Server.Tests.Support;

namespace RealtimeSessions.Server.Tests.Lanes;

public sealed class LiveLogsTests : LaneTest
{
    internal override SessionsOptions Options { get; } = new() { MaximumIdleSessions = 2, IdleTime = TimeSpan.FromSeconds(10) };

    [Fact]
    public void Rent_Twice_IsTheSameSession()
    {
        using var first = Parts.Sessions.Rent(Board);
        using var second = Parts.Sessions.Rent(Board);

        Assert.Same(first.Log, second.Log);
    }

    [Fact]
    public async Task Return_WithinIdleTime_KeepsTheReplica()
    {
        var before = await UseAsync(Board);
        Parts.Time.Advance(TimeSpan.FromSeconds(9));

        Assert.Same(before, await UseAsync(Board));
    }

    [Fact]
    public async Task Return_IdleForLong_ClosesTheReplica()
    {
        var before = await UseAsync(Board);
        Parts.Time.Advance(TimeSpan.FromSeconds(11));

        Assert.NotSame(before, await UseAsync(Board));
    }

    [Fact]
    public async Task Rent_HeldForLong_StaysOpen()
    {
        using var lease = Parts.Sessions.Rent(Board);
        var before = await lease.Log.OpenAsync();
        Parts.Time.Advance(TimeSpan.FromMinutes(10));

        Assert.Same(before, await UseAsync(Board));
        Assert.Same(lease.Log, Rented(Board));
    }

    [Fact]
    public async Task Dispose_Twice_ReturnsOnce()
    {
        using var held = Parts.Sessions.Rent(Board);
        await held.Log.OpenAsync();
        var lease = Parts.Sessions.Rent(Board);
        lease.Dispose();
        lease.Dispose();
        Parts.Time.Advance(TimeSpan.FromMinutes(10));

        Assert.Same(held.Log, Rented(Board));
    }

    [Fact]
    public async Task Return_OfASessionThatIsNotThere_LeavesNothing()
    {
        var key = ServerParts.Key("nothing");
        LiveSession before;
        using (var lease = Parts.Sessions.Rent(key))
        {
            before = lease.Log;
            Assert.Null(await before.OpenAsync());
        }

        Assert.NotSame(before, Rented(key));
    }

    [Fact]
    public async Task Return_BeyondTheMaximum_ClosesAtOnce()
    {
        var keys = new List<SessionKey> { Board };
        foreach (var id in new[] { "one", "two" })
        {
            keys.Add(await Parts.CreateAsync(id));
        }

        var first = new List<object>();
        foreach (var key in keys)
        {
            first.Add(await UseAsync(key));
        }

        var kept = 0;
        for (var i = 0; i < keys.Count; i++)
        {
            kept += ReferenceEquals(first[i], await UseAsync(keys[i])) ? 1 : 0;
        }

        Assert.Equal(2, kept);
    }

    [Fact]
    public async Task CloseAsync_WhileOpening_ClosesWhatOpens()
    {
        await UseAsync(Board);
        Parts.Time.Advance(TimeSpan.FromSeconds(11));
        var gate = new TaskCompletionSource();
        Parts.Log.OnRead = () => gate.Task;
        var session = new LiveSession(Board, Parts.Kind, Parts.Log, Parts.Lane, Parts.Lane.Logger);
        var opening = session.OpenAsync();
        var closing = session.CloseAsync();
        gate.SetResult();
        await closing;

        Assert.Equal(1, (await opening)!.Current.Position.Sequence);
        Assert.Null(await session.OpenAsync());
        Assert.False(session.IsOpen);
    }

    [Fact]
    public async Task DisposeAsync_WhileASessionIsBeingClosed_WaitsForIt()
    {
        Parts.Time.Advance(TimeSpan.FromSeconds(11));
        await Wait.UntilAsync(() => Parts.Log.OpenTails == 0);
        var gate = new TaskCompletionSource();
        Parts.Log.OnRead = () => gate.Task;
        Task opening;
        using (var lease = Parts.Sessions.Rent(Board))
        {
            opening = lease.Log.OpenAsync();
        }

        var disposing = Parts.Sessions.DisposeAsync().AsTask();
        Assert.False(disposing.IsCompleted);
        gate.SetResult();
        await disposing;

        Assert.True(opening.IsCompletedSuccessfully);
        Assert.Equal(0, Parts.Log.OpenTails);
    }

    private LiveSession Rented(SessionKey key)
    {
        using var lease = Parts.Sessions.Rent(key);
        return lease.Log;
    }

    private async Task<object> UseAsync(SessionKey key)
    {
        using var lease = Parts.Sessions.Rent(key);
        return (await lease.Log.OpenAsync())!;
    }
}
