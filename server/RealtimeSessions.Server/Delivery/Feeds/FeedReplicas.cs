using RealtimeSessions.EventLog;
using RealtimeSessions.EventLog.Replicas;
using RealtimeSessions.Server.Sessions;
using RealtimeSessions.Server.Sessions.Following;

namespace RealtimeSessions.Server.Delivery.Feeds;

/// <summary>The replicas of the feeds that are watched on this server.</summary>
internal sealed class FeedReplicas(IEventLog eventLog, FeedLog feeds, ILogger<FeedReplicas> logger) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly HashSet<Replica<FeedState>> _open = [];
    private readonly ClosingTasks _closing = new();

    /// <summary>Begins to follow a feed, which is made if nothing was ever fed.</summary>
    /// <returns>Its replica; null if the feed was deleted.</returns>
    public async Task<Replica<FeedState>?> OpenAsync(string applicationId)
    {
        var replica = await TryOpenAsync(applicationId);
        if (replica is null)
        {
            await feeds.OpenAsync(applicationId);
            replica = await TryOpenAsync(applicationId);
        }

        return replica;
    }

    /// <summary>Ends a replica. Returns at once.</summary>
    public void Close(Replica<FeedState> replica)
    {
        lock (_lock)
        {
            if (_open.Remove(replica))
            {
                _closing.Add(replica.DisposeAsync().AsTask());
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        Replica<FeedState>[] open;
        lock (_lock)
        {
            open = [.. _open];
        }

        foreach (var replica in open)
        {
            Close(replica);
        }

        await _closing.WaitAsync();
    }

    private async Task<Replica<FeedState>?> TryOpenAsync(string applicationId)
    {
        var replica = await Replica<FeedState>.OpenAsync(eventLog, FeedEvent.Log(applicationId), FeedFold.Instance, logger);
        lock (_lock)
        {
            return replica is not null && _open.Add(replica) ? replica : null;
        }
    }
}
