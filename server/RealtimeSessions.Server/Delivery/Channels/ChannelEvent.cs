using RealtimeSessions.EventLog;

namespace RealtimeSessions.Server.Delivery.Channels;

/// <summary>An event on its way to members. Thread-safe.</summary>
internal abstract class ChannelEvent(LogEvent source)
{
    /// <summary>Its place in the channel's log.</summary>
    public long Sequence => source.Sequence;

    /// <summary>What its payload weighs, in bytes.</summary>
    public int Bytes => source.Payload.Length;

    protected LogEvent Source => source;

    /// <summary>Its frame for a member, encoded once for all who get the same; null: it is not for him.</summary>
    public abstract byte[]? FrameFor(ChannelMember member);
}
