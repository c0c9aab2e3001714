using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol.Data;
using RealtimeSessions.Server.Delivery.Channels;
using RealtimeSessions.Server.Delivery.Frames;
using RealtimeSessions.Server.Sessions;

namespace RealtimeSessions.Server.Delivery.Sessions;

/// <summary>An event of a session on its way to the members: the same for all of them.</summary>
internal sealed class SessionChannelEvent(SessionKey key, LogEvent source) : ChannelEvent(source)
{
    private volatile Encoded? _frames;
    private volatile JsonTree? _patch;

    /// <summary>The event as the log holds it.</summary>
    public LogEvent Stored => Source;

    /// <summary>Whether it is a client's own.</summary>
    public bool IsCustom => SessionEventJson.IsCustom(Source);

    /// <summary>The patch of the data; null if it is another event. Read when it is asked for first.</summary>
    public JsonTree? Patch => _patch ??= SessionEventJson.ReadPatch(Source);

    public override byte[]? FrameFor(ChannelMember member) => FrameFor(member.Encoder);

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

        // Of its deletion a member is told by his dismissal. Two threads may encode at once; they come to the same.
        var frame = SessionEventJson.TypeOf(Source).SequenceEqual("session_deleted"u8) ? null : SessionCallbacks.Event(encoder, key, Source);
        _frames = new Encoded(encoder, frame, _frames);
        return frame;
    }

    private sealed record Encoded(FrameEncoder Encoder, byte[]? Frame, Encoded? Next);
}
