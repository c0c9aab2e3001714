using RealtimeSessions.Client.Conversations;
using RealtimeSessions.Client.Live;
using RealtimeSessions.Protocol.Conversations;

namespace RealtimeSessions.Client;

/// <content>Conversations.</content>
public sealed partial class RealtimeClient
{
    private readonly LiveTable<long, LiveConversationReplica> _conversations;

    /// <summary>Joins a conversation.</summary>
    /// <param name="conversationId">The conversation's number.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>
    /// The conversation with its latest comments. Dispose it to leave. One that this client is in already is shared, and left with the last one that is disposed.
    /// </returns>
    /// <exception cref="RealtimeException">The server refuses it, or cannot be reached.</exception>
    public async Task<LiveConversation> JoinConversationAsync(long conversationId, CancellationToken cancellationToken = default)
    {
        await _loop.ConnectedAsync(cancellationToken);
        return new LiveConversation(await _conversations.HoldAsync(
            conversationId, () => new(this, new LiveConversationReplica(conversationId, Limits(), _logger, _time)), cancellationToken));
    }

    /// <summary>A page of a conversation's comments, newest first.</summary>
    /// <exception cref="RealtimeException">The server refuses it, or the connection was lost before the answer.</exception>
    public Task<CommentPage> ListCommentsAsync(ListCommentsRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<CommentPage>("ListComments", request, cancellationToken);

    /// <summary>Gives a conversation back.</summary>
    internal Task LeaveAsync(Held<LiveConversationReplica> conversation, CancellationToken cancellationToken) =>
        _conversations.ReleaseAsync(conversation, cancellationToken);
}
