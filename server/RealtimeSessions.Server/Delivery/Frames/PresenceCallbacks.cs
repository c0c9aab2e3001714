using System.Text.Json;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Data;
using RealtimeSessions.Server.Sessions;

namespace RealtimeSessions.Server.Delivery.Frames;

/// <summary>Who is in a session, and what they signal, as callbacks.</summary>
internal static class PresenceCallbacks
{
    /// <summary>The frame of <c>SessionPresence</c>.</summary>
    public static byte[] Whole(FrameEncoder encoder, SessionKey key, JsonTree people) =>
        encoder.Encode("SessionPresence", new SessionPresence(key.ApplicationId, key.SessionId, people), ProtocolJsonContext.Default.SessionPresence);

    /// <summary>The frame of <c>SessionPresenceUpdated</c>.</summary>
    public static byte[] Updated(FrameEncoder encoder, SessionKey key, JsonTree difference) =>
        encoder.Encode(
            "SessionPresenceUpdated",
            new SessionPresenceUpdated(key.ApplicationId, key.SessionId, difference),
            ProtocolJsonContext.Default.SessionPresenceUpdated);

    /// <summary>The argument of <c>SessionSignal</c>, as other servers get it too.</summary>
    public static byte[] SignalArgument(SessionSignal signal) =>
        JsonSerializer.SerializeToUtf8Bytes(signal, ProtocolJsonContext.Default.SessionSignal);

    /// <summary>The frame of <c>SessionSignal</c>.</summary>
    public static byte[] Signal(FrameEncoder encoder, ReadOnlySpan<byte> argument) => encoder.Encode("SessionSignal", argument);
}
