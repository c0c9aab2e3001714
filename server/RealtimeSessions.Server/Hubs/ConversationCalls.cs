using Microsoft.Extensions.Options;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Conversations;
using RealtimeSessions.Server.Conversations;
using RealtimeSessions.Server.Delivery;
using RealtimeSessions.Server.Delivery.Conversations;
using RealtimeSessions.Server.Directory;

namespace RealtimeSessions.Server.Hubs;

/// <summary>What the hub does about conversations, where there are any.</summary>
internal sealed class ConversationCalls(
    ConversationDelivery delivery, SpaceFeedDelivery feeds, CommentService comments, CommentReader reader, IOptions<DirectoryOptions> options)
{
    private static readonly Error SwitchedOff = new(ErrorCode.NotFound, "Conversations are switched off on this server.");

    public Task<Result<JoinedConversation>> JoinAsync(ClientConnection connection, JoinConversationRequest request) =>
        IfEnabledAsync(() => delivery.JoinAsync(connection, request));

    public Task<Result<Empty>> LeaveAsync(ClientConnection connection, ConversationRequest request) =>
        IfEnabledAsync(() => delivery.LeaveAsync(connection, request));

    /// <summary>Comments of one connection are made in the order of their calls.</summary>
    public Task<Result<CommentAck>> CommentAsync(ClientConnection connection, CreateCommentRequest request) =>
        IfEnabledAsync(() => comments.CreateAsync(connection.Caller, request, connection.Comments));

    public Task<Result<CommentPage>> ListCommentsAsync(ClientConnection connection, ListCommentsRequest request) =>
        IfEnabledAsync(() => reader.ListAsync(connection.Caller, request));

    public Task<Result<WatchedSpace>> WatchAsync(ClientConnection connection, WatchSpaceRequest request) =>
        IfEnabledAsync(() => feeds.WatchAsync(connection, request));

    public Task<Result<Empty>> UnwatchAsync(ClientConnection connection, SpaceRequest request) =>
        IfEnabledAsync(() => feeds.UnwatchAsync(connection, request));

    private Task<Result<T>> IfEnabledAsync<T>(Func<Task<Result<T>>> call) => options.Value.Enabled ? call() : Task.FromResult<Result<T>>(SwitchedOff);
}
