using Microsoft.Extensions.Logging;
using RealtimeSessions.EventLog.Tails;

namespace RealtimeSessions.EventLog.Redis;

/// <summary>
/// Keeps the channels of exactly those logs subscribed that have tails here. Per log one reconciliation runs at a time, and again when
/// something has changed meanwhile, so that calls to Redis never overtake each other.
/// </summary>
internal sealed partial class RedisTailSubscriptions : IDisposable
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly RedisConnection _connection;
    private readonly RedisKeys _keys;
    private readonly TailRegistry _tails;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Lock _lock = new();
    private readonly Dictionary<LogId, Subscription> _subscriptions = [];
    private readonly CancellationTokenSource _disposed = new();

    public RedisTailSubscriptions(
        RedisConnection connection, RedisKeys keys, TailRegistry tails, TimeProvider time, ILogger<RedisTailSubscriptions> logger)
    {
        (_connection, _keys, _tails, _time, _logger) = (connection, keys, tails, time, logger);
        tails.TailedChanged += OnTailedChanged;
        connection.AnnouncementsResumed += tails.CheckAll;
    }

    public void Dispose()
    {
        _tails.TailedChanged -= OnTailedChanged;
        _connection.AnnouncementsResumed -= _tails.CheckAll;
        _disposed.Cancel();
    }

    private void OnTailedChanged(LogId log, bool tailed)
    {
        lock (_lock)
        {
            if (_subscriptions.TryGetValue(log, out var subscription))
            {
                subscription.MustReconcile = true;
                if (subscription.IsReconciling)
                {
                    return;
                }
            }
            else
            {
                _subscriptions[log] = subscription = new Subscription(log);
            }

            subscription.IsReconciling = true;
            _ = Task.Run(() => ReconcileAsync(subscription));
        }
    }

    private async Task ReconcileAsync(Subscription subscription)
    {
        while (MustGoOn(subscription))
        {
            try
            {
                await ReconcileOnceAsync(subscription);
            }
            catch (EngineUnavailableException e) when (!_disposed.IsCancellationRequested)
            {
                LogSubscribingFailed(subscription.Log, e.Message);
                lock (_lock)
                {
                    subscription.MustReconcile = true;
                }

                await Task.Delay(RetryDelay, _time, _disposed.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (EngineUnavailableException)
            {
                return; // The connection is being closed, and every subscription with it.
            }
        }
    }

    /// <summary>Whether there is more to reconcile. If not, and nothing is subscribed either, the log is forgotten.</summary>
    private bool MustGoOn(Subscription subscription)
    {
        lock (_lock)
        {
            if (subscription.MustReconcile && !_disposed.IsCancellationRequested)
            {
                subscription.MustReconcile = false;
                return true;
            }

            subscription.IsReconciling = false;
            if (subscription.IsSubscribed == false)
            {
                _subscriptions.Remove(subscription.Log);
            }

            return false;
        }
    }

    private async Task ReconcileOnceAsync(Subscription subscription)
    {
        var log = subscription.Log;
        var channel = _keys.LogChannel(log);
        var wanted = _tails.HasTails(log);
        if (subscription.IsSubscribed != wanted && subscription.IsSubscribed != false)
        {
            await _connection.UnsubscribeAsync(channel);
            subscription.IsSubscribed = false;
        }

        if (wanted && subscription.IsSubscribed == false)
        {
            subscription.IsSubscribed = null;
            await _connection.SubscribeAsync(channel, message => _tails.Notify(LogAnnouncement.Read(log, (byte[])message!)));
            subscription.IsSubscribed = true;

            // What was announced before the subscription stood did not arrive.
            _tails.Check(log);
        }
    }

    [LoggerMessage(2110, LogLevel.Warning, "Subscribing to log {Log} failed and is tried again; until then its tails only poll: {Error}")]
    private partial void LogSubscribingFailed(LogId log, string error);

    /// <summary>What is known of one log's channel. The flags are used under the lock, the state by the one reconciliation.</summary>
    private sealed class Subscription(LogId log)
    {
        public LogId Log { get; } = log;

        public bool IsReconciling { get; set; }

        public bool MustReconcile { get; set; } = true;

        /// <summary>Null after a failure: it may be either.</summary>
        public bool? IsSubscribed { get; set; } = false;
    }
}
