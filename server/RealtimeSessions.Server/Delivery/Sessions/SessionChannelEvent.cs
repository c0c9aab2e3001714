using RealtimeSessions.EventLog;
using RealtimeSessions.Server.Delivery.Channels;
using RealtimeSessions.Server.Delivery.Frames;
using RealtimeSessions.Server.Sessions;

namespace RealtimeSessions.Server.Delivery.Sessions;

/// <summary>An event of a session on its way to the members: the same for all of them.</summary>
internal sealed class SessionChannelEvent(SessionKey key, LogEvent source) : ChannelEvent(source)
{
    private readonly Dictionary<FrameEncoder, byte[]?> _frames = new(capacity: 1);

    public override byte[]? FrameFor(ChannelMember member)
    {
        if (!_frames.TryGetValue(member.Encoder, out var frame))
        {
            // Of its deletion a member is told by his dismissal.
            frame = SessionEventJson.TypeOf(Source).SequenceEqual("session_deleted"u8) ? null : SessionCallbacks.Event(member.Encoder, key, Source);
            _frames.Add(member.Encoder, frame);
        }

        return frame;
    }
}
