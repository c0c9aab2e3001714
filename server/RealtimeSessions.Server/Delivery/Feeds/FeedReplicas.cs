using RealtimeSessions.EventLog.Replicas;
using RealtimeSessions.EventLog;
using RealtimeSessions.Server.Lanes;
using RealtimeSessions.Server.Sessions.Following;
using RealtimeSessions.Server.Sessions;

namespace RealtimeSessions.Server.Delivery.Feeds;

/// <summary>The replicas of the feeds that are watched on this server.</summary>
internal sealed class FeedReplicas(IEventLog eventLog, FeedLog feeds, ILogger<FeedReplicas> logger) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly HashSet<Replica<FeedState>> _open = [];
    private readonly ClosingTasks _closing = new();
    private bool _hasEnded;

    /// <summary>Begins to follow a feed, which is made if nothing was ever fed.</summary>
    /// <returns>Its replica; null if the feed was deleted.</returns>
    /// <exception cref="EngineUnavailableException">The engine could not be reached, or the server is ending.</exception>
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
            _hasEnded = true;
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
        if (await Replica<FeedState>.OpenAsync(eventLog, FeedEvent.Log(applicationId), FeedFold.Instance, logger) is not { } replica)
        {
            return null;
        }

        lock (_lock)
        {
            if (!_hasEnded)
            {
                _open.Add(replica);
                return replica;
            }
        }

        await replica.DisposeAsync();
        throw new EngineUnavailableException("The server is ending.");
    }
}
