using System.Text.Json;
using System.Text.Unicode;
using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Conversations;

namespace RealtimeSessions.Server.Conversations;

/// <summary>
/// An event's two forms, as those of a session's: stored without what the log knows (conversation, sequence, id, time), and sent with it, added
/// at the end of the stored text.
/// </summary>
internal static class ConversationEventJson
{
    private const int MaximumAdded = 256;

    public static byte[] Store(ConversationEvent next) => JsonSerializer.SerializeToUtf8Bytes(next, ProtocolJsonContext.Default.ConversationEvent);

    /// <summary>The event of a stored form.</summary>
    public static ConversationEvent Read(LogEvent next) => JsonSerializer.Deserialize(next.Payload.Span, ProtocolJsonContext.Default.ConversationEvent)!;

    /// <summary>The form in which every reader gets it.</summary>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="stored">The stored form.</param>
    /// <param name="sequence">Its place in the conversation's log.</param>
    /// <param name="source">Where its id and time stand.</param>
    public static byte[] Send(long conversationId, ReadOnlySpan<byte> stored, long sequence, LogEvent source)
    {
        Span<byte> createdAt = stackalloc byte[UtcTime.MaximumLength];
        createdAt = createdAt[..UtcTime.Write(source.CreatedAt, createdAt)];
        Span<byte> added = stackalloc byte[MaximumAdded];
        Utf8.TryWrite(
            added, $",\"conversationId\":{conversationId},\"sequence\":{sequence},\"eventId\":\"{source.EventId}\",\"createdAt\":\"", out var length);
        return [.. stored[..^1], .. added[..length], .. createdAt, .. "\"}"u8];
    }
}
