using System.Collections.Concurrent;
using RealtimeSessions.Protocol.Conversations;
using static RealtimeSessions.Client.Tests.Feeds.FakeFeedHub;

namespace RealtimeSessions.Client.Tests.Feeds;

/// <summary>Watching a space.</summary>
public sealed class SpaceFeedTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly FakeFeedHub _hub = new();

    [Fact]
    public async Task Watch_OfTwo_TellsEachWhatIsIts()
    {
        await using var client = _hub.Client();
        await using var nine = await client.WatchSpaceAsync(9).WaitAsync(Patience);
        await using var ten = await client.WatchSpaceAsync(10).WaitAsync(Patience);
        var (atNine, atTen) = (Listen(nine), Listen(ten));

        _hub.Tell(Deleted(7, 9, 5));
        _hub.Hide(8, SpacePosition(9, 6));
        _hub.Tell(Deleted(7, 9, 6));
        _hub.Tell(Deleted(1, 10, 5));

        Assert.Equal([(7L, true), (8, false)], await atNine(2));
        Assert.Equal([(1L, true)], await atTen(1));
        Assert.Equal((9L, SpacePosition(9, 6), SyncStatus.Synchronized), (nine.SpaceId, nine.Position, nine.SyncStatus));
        Assert.Equal(SpacePosition(10, 5), ten.Position);
    }

    [Fact]
    public async Task Feed_OfWhoIsNoMemberAnyMore_IsLeft()
    {
        await using var client = _hub.Client();
        await using var feed = await client.WatchSpaceAsync(9).WaitAsync(Patience);
        var left = new TaskCompletionSource<string>();
        using var listening = feed.OnLeft(left.SetResult);

        _hub.PutOut(10, "deleted");
        Assert.Equal(SyncStatus.Synchronized, feed.SyncStatus);
        _hub.PutOut(9, "access_revoked");

        Assert.Equal("access_revoked", await left.Task.WaitAsync(Patience));
    }

    private static ConversationDeleted Deleted(long conversationId, long spaceId, long sequence) => new()
    {
        ConversationId = conversationId, Sequence = 2, EventId = Guid.NewGuid(), SpaceId = spaceId, Feed = SpacePosition(spaceId, sequence),
    };

    private static Func<int, Task<(long ConversationId, bool IsEvent)[]>> Listen(SpaceFeed feed)
    {
        var told = new BlockingCollection<(long, bool)>();
        feed.OnEvent(next => told.Add((next.ConversationId, next.Event is not null)));
        return count => Task.Run(() => Enumerable.Range(0, count).Select(_ => told.TryTake(out var next, Patience) ? next : default).ToArray());
    }
}
