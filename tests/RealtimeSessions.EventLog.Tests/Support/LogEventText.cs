namespace RealtimeSessions.EventLog.Tests.Support;

/// <summary>Events as text, so that two of them compare by content and a difference can be read.</summary>
internal static class LogEventText
{
    public static string Text(LogEvent e) =>
        $"{e.Sequence} {e.EventId} {e.CreatedAt:O} {e.Payload.Length}:{Convert.ToHexString(Digest(e.Payload.Span))}";

    public static string Text(long sequence, NewEvent e) => Text(Stored(sequence, e));

    public static IReadOnlyList<string> Texts(IEnumerable<LogEvent> events) => [.. events.Select(Text)];

    /// <summary>What a log makes of an event.</summary>
    public static LogEvent Stored(long sequence, NewEvent e) =>
        new(sequence, e.EventId, DateTimeOffset.FromUnixTimeMilliseconds(e.CreatedAt.ToUnixTimeMilliseconds()), e.Payload);

    private static ReadOnlySpan<byte> Digest(ReadOnlySpan<byte> payload) =>
        payload.Length <= 32 ? payload : System.Security.Cryptography.SHA256.HashData(payload);
}
