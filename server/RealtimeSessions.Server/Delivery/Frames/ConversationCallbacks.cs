using System.Globalization;
using System.Text;
using RealtimeSessions.EventLog;
using RealtimeSessions.EventLog.Replicas;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Conversations;
using RealtimeSessions.Server.Conversations;
using RealtimeSessions.Server.Conversations.Spaces;
using RealtimeSessions.Server.Sessions;

namespace RealtimeSessions.Server.Delivery.Frames;

/// <summary>A conversation's events and state, and a space's feed, as callbacks.</summary>
internal static class ConversationCallbacks
{
    /// <summary>The frame of an event for those in the conversation.</summary>
    public static byte[] Event(FrameEncoder encoder, long conversationId, LogEvent next) =>
        encoder.Encode(NameOf(next.Payload.Span), ConversationEventJson.Send(conversationId, next.Payload.Span, next.Sequence, next));

    /// <summary>The frame of an event for watchers of the space: as those in the conversation get it, with its place in the feed.</summary>
    /// <param name="encoder">The protocol.</param>
    /// <param name="spaceId">The space.</param>
    /// <param name="told">The event.</param>
    /// <param name="source">Where it stands in the feed.</param>
    /// <param name="position">Its position there.</param>
    public static byte[] Event(FrameEncoder encoder, long spaceId, ConversationTold told, LogEvent source, Position position)
    {
        var change = ConversationEventJson.Send(told.ConversationId, told.Event.Utf8.Span, told.Sequence, source);
        var added = string.Create(
            CultureInfo.InvariantCulture, $",\"spaceId\":{spaceId},\"feed\":{{\"epoch\":\"{position.Epoch}\",\"sequence\":{position.Sequence}}}}}");
        return encoder.Encode(NameOf(told.Event.Utf8.Span), [.. change.AsSpan(..^1), .. Encoding.ASCII.GetBytes(added)]);
    }

    /// <summary>The frame of <c>ConversationReset</c>.</summary>
    public static byte[] Reset(FrameEncoder encoder, long conversationId, ReplicaState<ConversationState> state) =>
        encoder.Encode(
            "ConversationReset",
            new ConversationReset(conversationId, state.State.Info, state.State.Comments, state.State.HasEarlier, state.Position),
            ProtocolJsonContext.Default.ConversationReset);

    /// <summary>The frame of <c>ConversationLeft</c>.</summary>
    public static byte[] Left(FrameEncoder encoder, long conversationId, string reason, Position? feed = null) =>
        encoder.Encode(
            "ConversationLeft",
            new ConversationLeft(conversationId, reason) { Feed = feed },
            ProtocolJsonContext.Default.ConversationLeft);

    /// <summary>The frame of <c>SpaceFeedReset</c>.</summary>
    public static byte[] FeedReset(FrameEncoder encoder, long spaceId, Position position) =>
        encoder.Encode("SpaceFeedReset", new SpaceFeedReset(spaceId, position), ProtocolJsonContext.Default.SpaceFeedReset);

    /// <summary>The frame of <c>SpaceFeedPosition</c>.</summary>
    public static byte[] FeedPosition(FrameEncoder encoder, long spaceId, Position position) =>
        encoder.Encode("SpaceFeedPosition", new SpaceFeedPosition(spaceId, position), ProtocolJsonContext.Default.SpaceFeedPosition);

    /// <summary>The frame of <c>SpaceFeedLeft</c>.</summary>
    public static byte[] FeedLeft(FrameEncoder encoder, long spaceId, string reason) =>
        encoder.Encode("SpaceFeedLeft", new SpaceFeedLeft(spaceId, reason), ProtocolJsonContext.Default.SpaceFeedLeft);

    private static string NameOf(ReadOnlySpan<byte> stored)
    {
        var type = SessionEventJson.TypeOf(stored);
        return type.SequenceEqual("comment_created"u8) ? "CommentCreated"
            : type.SequenceEqual("conversation_updated"u8) ? "ConversationUpdated"
            : type.SequenceEqual("conversation_created"u8) ? "ConversationCreated"
            : type.SequenceEqual("conversation_deleted"u8) ? "ConversationDeleted"
            : throw new InvalidOperationException($"Events of the type {Encoding.UTF8.GetString(type)} have no callback.");
    }
}
