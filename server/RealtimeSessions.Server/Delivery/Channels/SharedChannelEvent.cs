using RealtimeSessions.EventLog;
using RealtimeSessions.Server.Delivery.Frames;

namespace RealtimeSessions.Server.Delivery.Channels;

/// <summary>An event on its way to members who all get the same, encoded once for each hub protocol.</summary>
internal abstract class SharedChannelEvent(LogEvent source) : ChannelEvent(source)
{
    private volatile Encoded? _frames;

    public sealed override byte[]? FrameFor(ChannelMember member) => FrameFor(member.Encoder);

    /// <summary>Its frame in a protocol; null: there is none.</summary>
    public byte[]? FrameFor(FrameEncoder encoder)
    {
        for (var known = _frames; known is not null; known = known.Next)
        {
            if (known.Encoder == encoder)
            {
                return known.Frame;
            }
        }

        // Two threads may encode at once; they come to the same.
        var frame = Encode(encoder);
        _frames = new Encoded(encoder, frame, _frames);
        return frame;
    }

    protected abstract byte[]? Encode(FrameEncoder encoder);

    private sealed record Encoded(FrameEncoder Encoder, byte[]? Frame, Encoded? Next);
}
