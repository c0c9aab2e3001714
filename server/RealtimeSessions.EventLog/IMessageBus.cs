namespace RealtimeSessions.EventLog;

/// <summary>
/// Messages among the servers of one storage, for what concerns the moment and is worth no place in a log.
/// </summary>
/// <remarks>
/// <para><b>Delivery.</b> At most once, to whoever is subscribed at the moment, on any server, the publishing one included. Nothing is stored, and
/// while the engine cannot be reached, or takes less than is published, messages are lost without a word.</para>
/// <para><b>Order.</b> What one server publishes to one topic usually arrives in its order, but this is not promised: a subscriber whom
/// it matters to numbers his messages.</para>
/// <para><b>Handlers</b> may be called at the same time and by any thread, the publishing or subscribing one included: they only enqueue, and
/// never throw.</para>
/// <para><b>Thread safety.</b> All members may be called at the same time.</para>
/// </remarks>
public interface IMessageBus
{
    /// <summary>What a message may weigh at most, in bytes. A cluster hands every message to each of its nodes, so most should weigh far less.</summary>
    const int MaximumBytes = 64 * 1024;

    /// <summary>Sends a message. Returns at once.</summary>
    /// <param name="topic">What it is about.</param>
    /// <param name="message">At most <see cref="MaximumBytes"/>; not to be changed any more.</param>
    /// <exception cref="ArgumentException">The message is too large.</exception>
    void Publish(LogId topic, byte[] message);

    /// <summary>Listens to a topic until the subscription is disposed; a little later nothing is handed over any more.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="handler">Takes each message; its bytes are never to be changed.</param>
    /// <param name="resumed">Called when the subscription stands for the first time, and whenever messages may have been missed since; now and then also
    /// when none were.</param>
    IDisposable Subscribe(LogId topic, Action<ReadOnlyMemory<byte>> handler, Action resumed);
}
