using RealtimeSessions.Protocol;
using static RealtimeSessions.Client.Tests.Feeds.FakeFeedHub;

namespace RealtimeSessions.Client.Tests.Feeds;

/// <summary>A list of sessions that is kept up to date.</summary>
public sealed class LiveSessionListTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly FakeFeedHub _hub = new();

    public LiveSessionListTests() => _hub.Sessions.AddRange([New("s3", 3), New("s2", 2), New("s1", 1)]);

    [Fact]
    public async Task Watch_ListsAndFollows_AndWhatHasNotChangedStaysTheSame()
    {
        await using var client = _hub.Client();
        await using var list = await client.WatchSessionsAsync("demo").WaitAsync(Patience);
        Assert.Equal(("s3 s2 s1", false, SyncStatus.Synchronized), (Names(list), list.HasMore, list.SyncStatus));
        var before = list.Sessions;

        _hub.Rename("s2", "Two");
        _hub.Make("s4", new SessionCreated { Session = New("s4", 4) }, New("s4", 4));

        Assert.Equal("s4 s3 Two s1", Names(list));
        Assert.Same(before[0], list.Sessions[1]);
        Assert.Same(list.View, list.View);
    }

    [Fact]
    public async Task Change_IsTold()
    {
        await using var client = _hub.Client();
        await using var list = await client.WatchSessionsAsync("demo").WaitAsync(Patience);
        var changed = new TaskCompletionSource<SessionListView>();
        using var listening = list.OnChange(view => changed.TrySetResult(view));

        _hub.Make("s2", new SessionDeleted());

        Assert.Equal(["s3", "s1"], (await changed.Task.WaitAsync(Patience)).Sessions.Select(session => session.SessionId));
    }

    [Fact]
    public async Task LoadMore_PutsOlderOnesBehind()
    {
        await using var client = _hub.Client();
        await using var list = await client.WatchSessionsAsync("demo", new() { Limit = 1 }).WaitAsync(Patience);
        Assert.Equal(("s3", true), (Names(list), list.HasMore));

        Assert.Equal(1, await list.LoadMoreAsync().WaitAsync(Patience));
        Assert.Equal(1, await list.LoadMoreAsync(5).WaitAsync(Patience));

        Assert.Equal(("s3 s2 s1", false, 0), (Names(list), list.HasMore, await list.LoadMoreAsync().WaitAsync(Patience)));
    }

    [Fact]
    public async Task LoadMore_ThatIsRefused_LeavesTheListAsItIs()
    {
        await using var client = _hub.Client();
        await using var list = await client.WatchSessionsAsync("demo", new() { Limit = 1 }).WaitAsync(Patience);
        _hub.Refuses = _ => ErrorCode.InvalidArgument;

        var exception = await Assert.ThrowsAsync<RealtimeException>(() => list.LoadMoreAsync(5_000).WaitAsync(Patience));
        _hub.Refuses = _ => null;

        Assert.Equal((ErrorCode.InvalidArgument, "s3", SyncStatus.Synchronized), (exception.Code, Names(list), list.SyncStatus));
        Assert.Equal(1, await list.LoadMoreAsync().WaitAsync(Patience));
    }

    [Fact]
    public async Task Reset_ListsAnewAndShowsTheOldListUntilThen()
    {
        await using var client = _hub.Client();
        await using var list = await client.WatchSessionsAsync("demo").WaitAsync(Patience);
        _hub.Held.Add("ListSessions");
        _hub.Sessions.RemoveAt(0);

        _hub.Reset();
        Assert.Equal(("s3 s2 s1", SyncStatus.Synchronizing), (Names(list), list.SyncStatus));
        (await _hub.CallsAsync("ListSessions", count: 2))[1].Answer.SetResult(new SessionPage(_hub.Sessions, null));

        await UntilAsync(() => list.SyncStatus == SyncStatus.Synchronized);
        Assert.Equal("s2 s1", Names(list));
    }

    [Fact]
    public async Task Listing_ThatIsCutOff_IsDoneWhenItIsBack()
    {
        await using var client = _hub.Client();
        await using var list = await client.WatchSessionsAsync("demo").WaitAsync(Patience);
        _hub.Held.Add("ListSessions");
        _hub.Reset();
        await _hub.CallsAsync("ListSessions", count: 2);
        _hub.Held.Clear();
        _hub.Sessions.Insert(0, New("s4", 4));

        _hub.Link.End();

        await UntilAsync(() => list.SyncStatus == SyncStatus.Synchronized && Names(list) == "s4 s3 s2 s1");
    }

    [Fact]
    public async Task Listing_ThatFailsForNow_IsTriedAgain()
    {
        await using var client = _hub.Client();
        await using var list = await client.WatchSessionsAsync("demo").WaitAsync(Patience);
        _hub.Refuses = call => call.Method == "ListSessions" ? ErrorCode.Unavailable : null;
        _hub.Reset();
        await UntilAsync(() => list.SyncStatus == SyncStatus.Synchronizing);
        _hub.Refuses = _ => null;
        _hub.Sessions.Clear();

        await UntilAsync(() => list.SyncStatus == SyncStatus.Synchronized);
        Assert.Equal("", Names(list));
    }

    [Fact]
    public async Task Listing_ThatIsRefusedForGood_EndsIt()
    {
        await using var client = _hub.Client();
        await using var list = await client.WatchSessionsAsync("demo").WaitAsync(Patience);
        var left = new TaskCompletionSource<string>();
        using var listening = list.OnLeft(left.SetResult);
        _hub.Refuses = call => call.Method == "ListSessions" ? ErrorCode.ApplicationNotFound : null;

        _hub.Reset();

        Assert.Equal("application_not_found", await left.Task.WaitAsync(Patience));
        Assert.Equal((SyncStatus.Disconnected, "s3 s2 s1"), (list.SyncStatus, Names(list)));
    }

    [Fact]
    public async Task Removal_OfAParticipant_IsLookedInto()
    {
        await using var client = _hub.Client();
        await using var list = await client.WatchSessionsAsync("demo").WaitAsync(Patience);

        _hub.Make("s3", new SessionParticipantRemoved { Participant = new("bob") });
        await UntilAsync(() => list.SyncStatus == SyncStatus.Synchronized);
        Assert.Equal("s3 s2 s1", Names(list));
        _hub.Refuses = call => call.Method == "GetSession" ? ErrorCode.SessionNotFound : null;
        _hub.Make("s3", new SessionParticipantRemoved { Participant = new("bob") });

        await UntilAsync(() => Names(list) == "s2 s1" && list.SyncStatus == SyncStatus.Synchronized);
    }

    [Fact]
    public async Task Watch_WhoseListIsRefused_ThrowsAndUnwatches()
    {
        _hub.Refuses = call => call.Method == "ListSessions" ? ErrorCode.InvalidArgument : null;
        await using var client = _hub.Client();

        var exception = await Assert.ThrowsAsync<RealtimeException>(() => client.WatchSessionsAsync("demo", new() { Limit = 0 }).WaitAsync(Patience));

        Assert.Equal(ErrorCode.InvalidArgument, exception.Code);
        await _hub.CallsAsync("UnwatchApplication");
    }

    [Fact]
    public async Task Leave_OfOneOfTwo_LeavesTheOther()
    {
        await using var client = _hub.Client();
        var list = await client.WatchSessionsAsync("demo").WaitAsync(Patience);
        await using var other = await client.WatchSessionsAsync("demo").WaitAsync(Patience);

        await list.DisposeAsync();
        _hub.Rename("s1", "One");

        Assert.Equal(("s3 s2 s1", "s3 s2 One"), (Names(list), Names(other)));
        Assert.Equal((SyncStatus.Disconnected, SyncStatus.Synchronized), (list.SyncStatus, other.SyncStatus));
        Assert.Equal(ClientErrors.Left, (await Assert.ThrowsAsync<RealtimeException>(() => list.LoadMoreAsync())).Code);
    }

    private static string Names(LiveSessionList list) => string.Join(' ', list.Sessions.Select(session => session.Name));

    /// <summary>Waits until the clock's passing has brought something about.</summary>
    private async Task UntilAsync(Func<bool> isSo)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!isSo())
        {
            patience.Token.ThrowIfCancellationRequested();
            _hub.Time.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Yield();
        }
    }
}
