using Microsoft.Extensions.Options;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Conversations;
using RealtimeSessions.Server.Conversations;
using RealtimeSessions.Server.Conversations.Spaces;
using RealtimeSessions.Server.Delivery.Channels;
using RealtimeSessions.Server.Directory;
using RealtimeSessions.Server.Requests;

namespace RealtimeSessions.Server.Delivery.Conversations;

/// <summary>Who is in which conversation on this server.</summary>
internal sealed class ConversationDelivery(
    ConversationReader reader, LiveConversations conversations, LiveSpaces spaces, UserDirectory directory, ChannelServices services,
    IOptions<LimitsOptions> options)
{
    private readonly ChannelDirectory<ConversationKey, ConversationChannel, ConversationState> _channels =
        new(services.EventLog, (key, ended) => new ConversationChannel(key, conversations, spaces, services, ended));

    /// <summary>Lets a connection into a conversation. A second join replaces the first.</summary>
    public async Task<Result<JoinedConversation>> JoinAsync(ClientConnection connection, JoinConversationRequest request)
    {
        var key = new ConversationKey(request.ConversationId);
        using var seat = connection.Conversations.TryReserve(key, options.Value.MaximumJoinedConversations);
        if (seat is null)
        {
            return Error.LimitExceeded(options.Value.MaximumJoinedConversations, "The connection has joined too many conversations.");
        }

        // From the judgement on, the conversation stays in use.
        using var lease = conversations.Rent(key);
        var (encoder, user) = (services.EncoderOf(connection.Connection), await directory.GetAsync(connection.Caller));
        var entered = await _channels.EnterAsync(new Admission<ConversationKey, ConversationChannel>(
            key,
            seat,
            async () => (await reader.ReadAsync(connection.Caller, request.ConversationId)).Error,
            channel => new ConversationMember(connection, channel, encoder, user.UserId),
            request.Since,
            ConversationPolicy.NotFound));
        return entered.TryGet(out var entrance, out var error)
            ? new JoinedConversation(entrance.State.Info, entrance.Position, entrance.Recovered, user.UserId)
            : error;
    }

    /// <summary>Takes a connection out of a conversation, if it is in it. Nothing of the conversation is written after that.</summary>
    public async Task<Result<Empty>> LeaveAsync(ClientConnection connection, ConversationRequest request)
    {
        await (connection.Conversations.Take(new ConversationKey(request.ConversationId))?.LeaveAsync() ?? Task.CompletedTask);
        return Empty.Value;
    }
}
