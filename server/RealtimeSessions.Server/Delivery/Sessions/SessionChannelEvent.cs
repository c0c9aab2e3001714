using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol.Data;
using RealtimeSessions.Server.Delivery.Channels;
using RealtimeSessions.Server.Delivery.Frames;
using RealtimeSessions.Server.Sessions;

namespace RealtimeSessions.Server.Delivery.Sessions;

/// <summary>An event of a session on its way to the members: the same for all of them.</summary>
internal sealed class SessionChannelEvent(SessionKey key, LogEvent source) : SharedChannelEvent(source)
{
    private volatile JsonTree? _patch;

    /// <summary>The event as the log holds it.</summary>
    public LogEvent Stored => Source;

    /// <summary>Whether it is a client's own.</summary>
    public bool IsCustom => SessionEventJson.IsCustom(Source);

    /// <summary>The patch of the data; null if it is another event. Read when it is asked for first.</summary>
    public JsonTree? Patch => _patch ??= SessionEventJson.ReadPatch(Source);

    /// <summary>Of its deletion a member is told by his dismissal.</summary>
    protected override byte[]? Encode(FrameEncoder encoder) =>
        SessionEventJson.TypeOf(Source).SequenceEqual("session_deleted"u8) ? null : SessionCallbacks.Event(encoder, key, Source);
}
