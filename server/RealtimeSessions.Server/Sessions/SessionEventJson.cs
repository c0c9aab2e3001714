using System.Globalization;
using System.Text;
using System.Text.Json;
using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.Server.Sessions;

/// <summary>
/// An event's two forms: stored without what the log knows (application, session, sequence, id, time), and sent with it. Sending adds
/// the missing members at the end of the stored text and never parses it.
/// </summary>
internal static class SessionEventJson
{
    /// <summary>The stored form.</summary>
    public static byte[] Store(SessionEvent next) => JsonSerializer.SerializeToUtf8Bytes(next, ProtocolJsonContext.Default.SessionEvent);

    /// <summary>The event of a stored form.</summary>
    public static SessionEvent Read(LogEvent next) => JsonSerializer.Deserialize(next.Payload.Span, ProtocolJsonContext.Default.SessionEvent)!;

    /// <summary>The form in which every reader gets it.</summary>
    public static byte[] Send(SessionKey key, LogEvent next)
    {
        var stored = next.Payload.Span[..^1];
        var added = Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $",\"applicationId\":\"{key.ApplicationId}\",\"sessionId\":\"{key.SessionId}\",\"sequence\":{next.Sequence},\"eventId\":\"{next.EventId}\",\"createdAt\":\"{next.CreatedAt.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.FFF'Z'}\"}}"));
        var sent = new byte[stored.Length + added.Length];
        stored.CopyTo(sent);
        added.CopyTo(sent.AsSpan(stored.Length));
        return sent;
    }

    /// <summary>Whether an event changes the session itself, and not only its data: then the catalog and the application's feed follow.</summary>
    public static bool ChangesInfo(LogEvent next) => !TypeOf(next).SequenceEqual("session_data_updated"u8) && !IsCustom(next);

    /// <summary>Whether an event is a client's own.</summary>
    public static bool IsCustom(LogEvent next) => TypeOf(next).SequenceEqual("session_event_created"u8);

    /// <summary>The type of a stored event, for example <c>session_created</c>.</summary>
    public static ReadOnlySpan<byte> TypeOf(LogEvent next) => TypeOf(next.Payload.Span);

    /// <summary>The type of an event: the first member of either form.</summary>
    public static ReadOnlySpan<byte> TypeOf(ReadOnlySpan<byte> json)
    {
        var rest = json["{\"eventType\":\""u8.Length..];
        return rest[..rest.IndexOf((byte)'"')];
    }
}
