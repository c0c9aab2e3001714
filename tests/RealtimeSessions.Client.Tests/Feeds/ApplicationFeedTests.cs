using System.Collections.Concurrent;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;

namespace RealtimeSessions.Client.Tests.Feeds;

/// <summary>Watching an application.</summary>
public sealed class ApplicationFeedTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly FakeFeedHub _hub = new();

    [Fact]
    public async Task Watch_ThatIsTaken_TellsEachEventOnce()
    {
        await using var client = _hub.Client();
        await using var feed = await client.WatchApplicationAsync("demo").WaitAsync(Patience);
        var told = Listen(feed);

        _hub.Rename("s1", "One");
        _hub.Make("s1", new SessionDeleted());

        Assert.Equal(["SessionUpdated 1", "SessionDeleted 2"], await told(2));
        Assert.Equal(("demo", new Position("f1", 2), SyncStatus.Synchronized), (feed.ApplicationId, feed.Position, feed.SyncStatus));
    }

    [Fact]
    public async Task Watch_OfWhatIsWatched_IsSharedAndEndedWithTheLast()
    {
        await using var client = _hub.Client();
        var first = await client.WatchApplicationAsync("demo").WaitAsync(Patience);
        var second = await client.WatchApplicationAsync("demo").WaitAsync(Patience);

        await first.LeaveAsync();
        await first.LeaveAsync();
        Assert.DoesNotContain(_hub.Link.Calls, call => call.Method == "UnwatchApplication");
        await second.DisposeAsync();

        Assert.Single(_hub.Link.Calls, call => call.Method == "UnwatchApplication");
        Assert.Single(_hub.Link.Calls, call => call.Method == "WatchApplication");
        Assert.Equal(SyncStatus.Disconnected, second.SyncStatus);
    }

    [Fact]
    public async Task Watch_ThatIsRefused_Throws()
    {
        _hub.Refuses = _ => ErrorCode.ApplicationNotFound;
        await using var client = _hub.Client();

        var exception = await Assert.ThrowsAsync<RealtimeException>(() => client.WatchApplicationAsync("demo").WaitAsync(Patience));

        Assert.Equal(ErrorCode.ApplicationNotFound, exception.Code);
    }

    [Fact]
    public async Task Feed_AfterALostConnection_GoesOnWhereItWas()
    {
        await using var client = _hub.Client();
        await using var feed = await client.WatchApplicationAsync("demo").WaitAsync(Patience);
        var told = Listen(feed);
        _hub.Rename("s1", "One");
        _hub.Rename("s1", "Two", isTold: false);

        _hub.Link.End();
        var watch = (WatchApplicationRequest)(await _hub.CallsAsync("WatchApplication", count: 2, timeGoesOn: true))[1].Request;

        Assert.Equal(["SessionUpdated 1", "SessionUpdated 2"], await told(2));
        Assert.Equal(("f1", 1L, _hub.Log[0].Event.EventId), (watch.Since!.Epoch, watch.Since.Sequence, watch.Since.EventId));
    }

    [Fact]
    public async Task Feed_ThatCannotGoOn_TellsAReset()
    {
        await using var client = _hub.Client();
        await using var feed = await client.WatchApplicationAsync("demo").WaitAsync(Patience);
        var reset = new TaskCompletionSource<Position>();
        using var listening = feed.OnReset(reset.SetResult);

        _hub.Epoch = "f2";
        _hub.Link.End();
        await _hub.CallsAsync("WatchApplication", count: 2, timeGoesOn: true);

        Assert.Equal(_hub.Head, await reset.Task.WaitAsync(Patience));
    }

    [Fact]
    public async Task Feed_WhosePositionMoves_ResumesThere()
    {
        await using var client = _hub.Client();
        await using var feed = await client.WatchApplicationAsync("demo").WaitAsync(Patience);
        _hub.Move(7);
        Assert.Equal(new Position("f1", 7), feed.Position);

        _hub.Link.End();
        var watch = (WatchApplicationRequest)(await _hub.CallsAsync("WatchApplication", count: 2, timeGoesOn: true))[1].Request;

        Assert.Equal(new ResumePosition("f1", 7), watch.Since);
    }

    [Fact]
    public async Task Feed_OfADeletedApplication_IsLeft()
    {
        await using var client = _hub.Client();
        await using var feed = await client.WatchApplicationAsync("demo").WaitAsync(Patience);
        var left = new TaskCompletionSource<string>();
        using var listening = feed.OnLeft(left.SetResult);

        _hub.PutOut("deleted");

        Assert.Equal("deleted", await left.Task.WaitAsync(Patience));
    }

    [Fact]
    public async Task Watch_ForLessThanIsWatched_BeginsAnewForAll()
    {
        await using var client = _hub.Client();
        await using var blue = await client.WatchSessionsAsync("demo", Room("blue", "2")).WaitAsync(Patience);
        await using var other = await client.WatchSessionsAsync("demo", Room("blue", "3")).WaitAsync(Patience);
        await using var feed = await client.WatchApplicationAsync("demo").WaitAsync(Patience);
        await using var same = await client.WatchSessionsAsync("demo", Room("red", "1")).WaitAsync(Patience);

        var watches = _hub.Link.Calls.Where(call => call.Method == "WatchApplication").Select(call => (WatchApplicationRequest)call.Request);

        Assert.Equal(["floor=2,room=blue", "room=blue", ""], watches.Select(watch => string.Join(',', watch.Properties!.Select(one => $"{one.Key}={one.Value}").Order())));
        Assert.All(watches, watch => Assert.Null(watch.Since));
    }

    private static WatchSessionsOptions Room(string room, string floor) => new() { Properties = new Dictionary<string, string> { ["room"] = room, ["floor"] = floor } };

    /// <returns>Waits for as many events, each as its type and its place in the feed.</returns>
    private static Func<int, Task<string[]>> Listen(ApplicationFeed feed)
    {
        var told = new BlockingCollection<string>();
        feed.OnEvent(next => told.Add($"{next.Event.GetType().Name} {next.Position.Sequence}"));
        return count => Task.Run(() => Enumerable.Range(0, count).Select(_ => told.TryTake(out var next, Patience) ? next : "nothing").ToArray());
    }
}
