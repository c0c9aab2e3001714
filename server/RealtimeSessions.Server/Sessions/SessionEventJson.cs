using System.Text.Json;
using System.Text.Unicode;
using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Data;

namespace RealtimeSessions.Server.Sessions;

/// <summary>
/// An event's two forms: stored without what the log knows (application, session, sequence, id, time), and sent with it. Sending adds
/// the missing members at the end of the stored text and never parses it. Patches, of which nearly all events are, go past the serializer.
/// </summary>
internal static class SessionEventJson
{
    /// <summary>More bytes than are ever added to a stored form.</summary>
    public const int MaximumAdded = 512;

    /// <summary>The stored form; of an event that stands for a run of patches, which is never stored, what would be.</summary>
    public static byte[] Store(SessionEvent next) =>
        next is SessionDataUpdated { FromSequence: null } patch ? StoredPatch.Write(patch) : JsonSerializer.SerializeToUtf8Bytes(next, ProtocolJsonContext.Default.SessionEvent);

    /// <summary>The event of a stored form.</summary>
    public static SessionEvent Read(LogEvent next) => JsonSerializer.Deserialize(next.Payload.Span, ProtocolJsonContext.Default.SessionEvent)!;

    /// <summary>The patch alone of a stored form; null if the event is no patch of the data.</summary>
    public static JsonTree? ReadPatch(LogEvent next) =>
        TypeOf(next).SequenceEqual(StoredPatch.EventType) ? StoredPatch.ReadData(next.Payload.Span) : null;

    /// <summary>The form in which every reader gets it.</summary>
    public static byte[] Send(SessionKey key, LogEvent next)
    {
        Span<byte> added = stackalloc byte[MaximumAdded];
        return [.. next.Payload.Span[..^1], .. added[..WriteAdded(key, next, added)]];
    }

    /// <summary>Writes what is added to the stored form, in the place of its closing brace.</summary>
    /// <param name="key">The session.</param>
    /// <param name="next">The event.</param>
    /// <param name="added">Where to, <see cref="MaximumAdded"/> bytes.</param>
    /// <returns>How many bytes were written.</returns>
    public static int WriteAdded(SessionKey key, LogEvent next, Span<byte> added)
    {
        Span<byte> createdAt = stackalloc byte[UtcTime.MaximumLength];
        createdAt = createdAt[..UtcTime.Write(next.CreatedAt, createdAt)];
        Utf8.TryWrite(
            added, $",\"applicationId\":\"{key.ApplicationId}\",\"sessionId\":\"{key.SessionId}\",\"sequence\":{next.Sequence},\"eventId\":\"{next.EventId}\",\"createdAt\":\"",
            out var length);
        createdAt.CopyTo(added[length..]);
        "\"}"u8.CopyTo(added[(length + createdAt.Length)..]);
        return length + createdAt.Length + 2;
    }

    /// <summary>Whether an event changes the session itself, and not only its data: then the catalog and the application's feed follow.</summary>
    public static bool ChangesInfo(LogEvent next) => !TypeOf(next).SequenceEqual(StoredPatch.EventType) && !IsCustom(next);

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
