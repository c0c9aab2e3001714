using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Sessions;

namespace RealtimeSessions.Server.Delivery.Frames;

/// <summary>What an application's watchers are told, as callbacks.</summary>
internal static class FeedCallbacks
{
    /// <summary>The frame of a change: the session's callback, with the position in the feed.</summary>
    /// <param name="encoder">The protocol.</param>
    /// <param name="feed">The change.</param>
    /// <param name="position">Its position in the feed.</param>
    /// <param name="isWhole">Whether the whole session stands in it, in the place of a part.</param>
    public static byte[] Event(FrameEncoder encoder, FeedEvent feed, Position position, bool isWhole)
    {
        var change = isWhole ? WithSession(feed) : feed.Event.Utf8.Span;
        var added = Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $",\"feed\":{{\"epoch\":\"{position.Epoch}\",\"sequence\":{position.Sequence}}}}}"));
        return encoder.Encode(SessionCallbacks.NameOf(SessionEventJson.TypeOf(feed.Event.Utf8.Span)), [.. change[..^1], .. added]);
    }

    /// <summary>The frame of <c>FeedReset</c>.</summary>
    public static byte[] Reset(FrameEncoder encoder, string applicationId, Position position) =>
        encoder.Encode("FeedReset", new FeedReset(applicationId, position), ProtocolJsonContext.Default.FeedReset);

    /// <summary>The frame of <c>FeedPosition</c>.</summary>
    public static byte[] Position(FrameEncoder encoder, string applicationId, Position position) =>
        encoder.Encode("FeedPosition", new FeedPosition(applicationId, position), ProtocolJsonContext.Default.FeedPosition);

    /// <summary>The frame of <c>FeedLeft</c>.</summary>
    public static byte[] Left(FrameEncoder encoder, string applicationId, string reason) =>
        encoder.Encode("FeedLeft", new FeedLeft(applicationId, reason), ProtocolJsonContext.Default.FeedLeft);

    private static ReadOnlySpan<byte> WithSession(FeedEvent feed)
    {
        using var change = JsonDocument.Parse(feed.Event.Utf8);
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var member in change.RootElement.EnumerateObject().Where(member => !member.NameEquals("session"u8)))
            {
                member.WriteTo(writer);
            }

            writer.WritePropertyName("session"u8);
            JsonSerializer.Serialize(writer, feed.Session, ProtocolJsonContext.Default.Session);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan;
    }
}
