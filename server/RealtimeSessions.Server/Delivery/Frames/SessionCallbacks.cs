using System.Text;
using RealtimeSessions.EventLog;
using RealtimeSessions.EventLog.Replicas;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Sessions;

namespace RealtimeSessions.Server.Delivery.Frames;

/// <summary>A session's events and state as callbacks.</summary>
internal static class SessionCallbacks
{
    private static readonly (byte[] Type, string Callback)[] Events =
    [
        ("session_data_updated"u8.ToArray(), "SessionDataUpdated"),
        ("session_event_created"u8.ToArray(), "SessionEventCreated"),
        ("session_updated"u8.ToArray(), "SessionUpdated"),
        ("session_properties_updated"u8.ToArray(), "SessionPropertiesUpdated"),
        ("session_participant_added"u8.ToArray(), "SessionParticipantAdded"),
        ("session_participant_removed"u8.ToArray(), "SessionParticipantRemoved"),
        ("session_created"u8.ToArray(), "SessionCreated"),
        ("session_closed"u8.ToArray(), "SessionClosed"),
        ("session_deleted"u8.ToArray(), "SessionDeleted"),
    ];

    /// <summary>The frame of an event.</summary>
    public static byte[] Event(FrameEncoder encoder, SessionKey key, LogEvent next) =>
        encoder.Encode(NameOf(SessionEventJson.TypeOf(next)), key, next);

    /// <summary>The frame of <c>SessionReset</c>.</summary>
    public static byte[] Reset(FrameEncoder encoder, SessionKey key, ReplicaState<SessionState> state) =>
        encoder.Encode(
            "SessionReset",
            new SessionReset(
                key.ApplicationId, key.SessionId, state.State.Info, state.State.Data, state.State.DataSequence, state.Position),
            ProtocolJsonContext.Default.SessionReset);

    /// <summary>The frame of <c>SessionLeft</c>.</summary>
    public static byte[] Left(FrameEncoder encoder, SessionKey key, string reason) =>
        encoder.Encode("SessionLeft", new SessionLeft(key.ApplicationId, key.SessionId, reason), ProtocolJsonContext.Default.SessionLeft);

    /// <summary>The callback of a type of event.</summary>
    public static string NameOf(ReadOnlySpan<byte> type)
    {
        foreach (var (known, callback) in Events)
        {
            if (type.SequenceEqual(known))
            {
                return callback;
            }
        }

        throw new InvalidOperationException($"Events of the type {Encoding.UTF8.GetString(type)} have no callback.");
    }
}
