namespace RealtimeSessions.EventLog.Messages;

/// <summary>Who listens to which topic on this server.</summary>
internal sealed class TopicRegistry
{
    private readonly ListenerTable<Subscription> _topics = new();

    /// <summary>Raised when a topic gets a subscription here and when it has lost its last one. In no particular order across threads: a handler
    /// asks <see cref="IsWanted"/> for what is true now.</summary>
    public event Action<LogId>? Changed;

    /// <summary>Whether anybody listens.</summary>
    public bool IsWanted(LogId topic) => _topics.Has(topic);

    /// <summary>Adds a listener.</summary>
    public Subscription Add(LogId topic, Action<ReadOnlyMemory<byte>> handler, Action resumed)
    {
        var subscription = new Subscription(this, topic, handler, resumed);
        _topics.Add(topic, subscription);
        Changed?.Invoke(topic);
        return subscription;
    }

    /// <summary>Hands a message to everybody who listens.</summary>
    public void Deliver(LogId topic, ReadOnlyMemory<byte> message)
    {
        foreach (var subscription in _topics.Of(topic))
        {
            subscription.Handler(message);
        }
    }

    /// <summary>Tells the listeners of one topic that from now on they are handed everything, and may have missed something before.</summary>
    public void Resume(LogId topic)
    {
        foreach (var subscription in _topics.Of(topic))
        {
            subscription.Resumed();
        }
    }

    /// <summary>Tells every listener that he may have missed something.</summary>
    public void ResumeAll()
    {
        foreach (var topic in _topics.Names)
        {
            Resume(topic);
        }
    }

    private void Remove(Subscription subscription)
    {
        if (_topics.Remove(subscription.Topic, subscription))
        {
            Changed?.Invoke(subscription.Topic);
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
