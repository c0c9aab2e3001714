using Microsoft.Extensions.Logging;
using RealtimeSessions.EventLog.Tails;

namespace RealtimeSessions.EventLog.Redis;

/// <summary>Keeps the channels of exactly those logs subscribed that have tails here.</summary>
internal sealed class RedisTailSubscriptions : IDisposable
{
    private readonly RedisConnection _connection;
    private readonly TailRegistry _tails;
    private readonly RedisSubscriptions _subscriptions;

    public RedisTailSubscriptions(
        RedisConnection connection, RedisKeys keys, TailRegistry tails, TimeProvider time, ILogger<RedisTailSubscriptions> logger)
    {
        (_connection, _tails) = (connection, tails);
        var channels = new RedisChannels(
            keys.LogChannel, tails.HasTails, (log, message) => tails.Notify(LogAnnouncement.Read(log, message)), tails.Check);
        _subscriptions = new RedisSubscriptions(connection, channels, time, logger);
        tails.TailedChanged += _subscriptions.Reconcile;
        connection.AnnouncementsResumed += tails.CheckAll;
    }

    public void Dispose()
    {
        _tails.TailedChanged -= _subscriptions.Reconcile;
        _connection.AnnouncementsResumed -= _tails.CheckAll;
        _subscriptions.Dispose();
    }
}
