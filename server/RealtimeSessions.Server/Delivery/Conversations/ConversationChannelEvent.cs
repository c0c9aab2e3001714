using RealtimeSessions.EventLog;
using RealtimeSessions.Server.Delivery.Channels;
using RealtimeSessions.Server.Delivery.Frames;
using RealtimeSessions.Server.Sessions;

namespace RealtimeSessions.Server.Delivery.Conversations;

/// <summary>An event of a conversation on its way to the members: the same for all of them.</summary>
internal sealed class ConversationChannelEvent(long conversationId, LogEvent source) : SharedChannelEvent(source)
{
    /// <summary>Of its deletion a member is told by his dismissal.</summary>
    protected override byte[]? Encode(FrameEncoder encoder) => SessionEventJson.TypeOf(Source).SequenceEqual("conversation_deleted"u8)
        ? null
        : ConversationCallbacks.Event(encoder, conversationId, Source);
}

/// <summary>A connection in a conversation.</summary>
/// <param name="client">The connection.</param>
/// <param name="channel">The conversation.</param>
/// <param name="encoder">The connection's protocol.</param>
/// <param name="userId">Whose it is.</param>
internal sealed class ConversationMember(ClientConnection client, ConversationChannel channel, FrameEncoder encoder, long userId)
    : ChannelMember(client, channel, encoder)
{
    public long UserId => userId;

    public override bool IsLikeOthers => true;

    protected override void GiveUpSeat() => Client.Conversations.Free(channel.Key, this);
}
