using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace RealtimeSessions.EventLog.Redis;

/// <summary>What <see cref="RedisSubscriptions"/> keeps subscribed, and for whom.</summary>
/// <param name="Channel">A name's channel.</param>
/// <param name="IsWanted">Whether a name's channel is to be subscribed now. For any thread.</param>
/// <param name="Take">Takes a message of a name's channel. Messages may come in any order, and several at a time.</param>
/// <param name="Stands">Told when a name's channel is subscribed: what was sent before may not have arrived. It may be told so again.</param>
internal sealed record RedisChannels(
    Func<LogId, RedisChannel> Channel, Func<LogId, bool> IsWanted, Action<LogId, ReadOnlyMemory<byte>> Take, Action<LogId> Stands);

/// <summary>
/// Keeps exactly those channels subscribed that are wanted. Per name one reconciliation runs at a time, and again when something has changed
/// meanwhile, so that calls to Redis never overtake each other.
/// </summary>
internal sealed partial class RedisSubscriptions(RedisConnection connection, RedisChannels channels, TimeProvider time, ILogger logger) : IDisposable
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly ILogger _logger = logger;
    private readonly Lock _lock = new();
    private readonly Dictionary<LogId, Subscription> _subscriptions = [];
    private readonly CancellationTokenSource _disposed = new();

    /// <summary>Reconciles a name's channel with what is wanted now. Returns at once.</summary>
    public void Reconcile(LogId name)
    {
        lock (_lock)
        {
            if (_subscriptions.TryGetValue(name, out var subscription))
            {
                subscription.MustReconcile = true;
                if (subscription.IsReconciling)
                {
                    return;
                }
            }
            else
            {
                _subscriptions[name] = subscription = new Subscription(name);
            }

            subscription.IsReconciling = true;
            _ = Task.Run(() => ReconcileAsync(subscription));
        }
    }

    /// <summary>Changes nothing any more. The connection is about to be closed, and every subscription with it.</summary>
    public void Dispose() => _disposed.Cancel();

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
                LogSubscribingFailed(subscription.Name, e.Message);
                lock (_lock)
                {
                    subscription.MustReconcile = true;
                }

                await Task.Delay(RetryDelay, time, _disposed.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (EngineUnavailableException)
            {
                return;
            }
        }
    }

    /// <summary>Whether there is more to reconcile. If not, and nothing is subscribed either, the name is forgotten.</summary>
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
                _subscriptions.Remove(subscription.Name);
            }

            return false;
        }
    }

    private async Task ReconcileOnceAsync(Subscription subscription)
    {
        var name = subscription.Name;
        var channel = channels.Channel(name);
        var wanted = channels.IsWanted(name);
        if (subscription.IsSubscribed != wanted && subscription.IsSubscribed != false)
        {
            await connection.UnsubscribeAsync(channel);
            subscription.IsSubscribed = false;
        }

        if (!wanted)
        {
            return;
        }

        if (subscription.IsSubscribed == false)
        {
            subscription.IsSubscribed = null;
            await connection.SubscribeAsync(channel, message => channels.Take(name, (byte[])message!));
            subscription.IsSubscribed = true;
        }

        channels.Stands(name);
    }

    [LoggerMessage(2110, LogLevel.Warning, "Subscribing to {Name} failed and is tried again; until then nothing is announced of it: {Error}")]
    private partial void LogSubscribingFailed(LogId name, string error);

    /// <summary>What is known of one name's channel. The flags are used under the lock, the state by the one reconciliation.</summary>
    private sealed class Subscription(LogId name)
    {
        public LogId Name { get; } = name;

        public bool IsReconciling { get; set; }

        public bool MustReconcile { get; set; } = true;

        /// <summary>Null after a failure: it may be either.</summary>
        public bool? IsSubscribed { get; set; } = false;
    }
}
