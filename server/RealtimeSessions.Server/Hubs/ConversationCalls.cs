using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Conversations;
using RealtimeSessions.Server.Conversations;
using RealtimeSessions.Server.Delivery;
using RealtimeSessions.Server.Delivery.Conversations;

namespace RealtimeSessions.Server.Hubs;

/// <summary>What the hub does about conversations.</summary>
internal sealed class ConversationCalls(ConversationDelivery delivery, SpaceFeedDelivery feeds, CommentService comments)
{
    public Task<Result<JoinedConversation>> JoinAsync(ClientConnection connection, JoinConversationRequest request) =>
        delivery.JoinAsync(connection, request);

    public Task<Result<Empty>> LeaveAsync(ClientConnection connection, ConversationRequest request) => delivery.LeaveAsync(connection, request);

    /// <summary>Comments of one connection are made in the order of their calls.</summary>
    public Task<Result<CommentAck>> CommentAsync(ClientConnection connection, CreateCommentRequest request) =>
        comments.CreateAsync(connection.Caller, request, connection.Comments);

    public Task<Result<CommentPage>> ListCommentsAsync(ClientConnection connection, ListCommentsRequest request) =>
        comments.ListAsync(connection.Caller, request);

    public Task<Result<WatchedSpace>> WatchAsync(ClientConnection connection, WatchSpaceRequest request) => feeds.WatchAsync(connection, request);

    public Task<Result<Empty>> UnwatchAsync(ClientConnection connection, SpaceRequest request) => feeds.UnwatchAsync(connection, request);
}
