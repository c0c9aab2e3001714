using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace RealtimeSessions.EventLog.Messages;

/// <summary>Who listens to which topic on this server.</summary>
internal sealed class TopicRegistry
{
    private readonly ConcurrentDictionary<LogId, ImmutableArray<Subscription>> _topics = new();

    /// <summary>Raised when a topic gets a subscription here and when it has lost its last one. In no particular order across threads: a handler
    /// asks <see cref="IsWanted"/> for what is true now.</summary>
    public event Action<LogId>? Changed;

    /// <summary>Whether anybody listens.</summary>
    public bool IsWanted(LogId topic) => _topics.ContainsKey(topic);

    /// <summary>Adds a listener.</summary>
    public Subscription Add(LogId topic, Action<ReadOnlyMemory<byte>> handler, Action resumed)
    {
        var subscription = new Subscription(this, topic, handler, resumed);
        _topics.AddOrUpdate(topic, static (_, added) => [added], static (_, present, added) => present.Add(added), subscription);
        Changed?.Invoke(topic);
        return subscription;
    }

    /// <summary>Hands a message to everybody who listens.</summary>
    public void Deliver(LogId topic, ReadOnlyMemory<byte> message)
    {
        foreach (var subscription in Of(topic))
        {
            subscription.Handler(message);
        }
    }

    /// <summary>Tells the listeners of one topic that from now on they are handed everything, and may have missed something before.</summary>
    public void Resume(LogId topic)
    {
        foreach (var subscription in Of(topic))
        {
            subscription.Resumed();
        }
    }

    /// <summary>Tells every listener that he may have missed something.</summary>
    public void ResumeAll()
    {
        foreach (var topic in _topics.Keys)
        {
            Resume(topic);
        }
    }

    private ImmutableArray<Subscription> Of(LogId topic) => _topics.TryGetValue(topic, out var subscriptions) ? subscriptions : [];

    private void Remove(Subscription subscription)
    {
        while (_topics.TryGetValue(subscription.Topic, out var present))
        {
            var remaining = present.Remove(subscription);
            if (remaining.IsEmpty
                ? _topics.TryRemove(new KeyValuePair<LogId, ImmutableArray<Subscription>>(subscription.Topic, present))
                : _topics.TryUpdate(subscription.Topic, remaining, present))
            {
                if (remaining.IsEmpty)
                {
                    Changed?.Invoke(subscription.Topic);
                }

                return;
            }
        }
    }

    /// <summary>One who listens; disposal ends it.</summary>
    internal sealed class Subscription(TopicRegistry owner, LogId topic, Action<ReadOnlyMemory<byte>> handler, Action resumed) : IDisposable
    {
        public LogId Topic => topic;

        public Action<ReadOnlyMemory<byte>> Handler => handler;

        public Action Resumed => resumed;

        public void Dispose() => owner.Remove(this);
    }
}
