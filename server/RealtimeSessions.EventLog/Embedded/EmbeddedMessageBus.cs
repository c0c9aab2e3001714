using RealtimeSessions.EventLog.Messages;

namespace RealtimeSessions.EventLog.Embedded;

/// <summary>Messages within the one process there is: handed over by whoever publishes. None is ever lost.</summary>
internal sealed class EmbeddedMessageBus : IMessageBus
{
    private readonly TopicRegistry _topics = new();

    public void Publish(LogId topic, byte[] message)
    {
        MessageArguments.Check(message);
        _topics.Deliver(topic, message);
    }

    public IDisposable Subscribe(LogId topic, Action<ReadOnlyMemory<byte>> handler, Action resumed)
    {
        var subscription = _topics.Add(topic, handler, resumed);
        resumed();
        return subscription;
    }
}
