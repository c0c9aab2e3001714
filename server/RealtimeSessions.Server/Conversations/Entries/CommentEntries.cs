using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol.Conversations;

namespace RealtimeSessions.Server.Conversations.Entries;

/// <summary>The catalog's entries of comments, by which one is found by its number.</summary>
internal sealed class CommentEntries(ICatalog catalog) : Entries<PlacedComment>("comments", EntryJsonContext.Default.EntryPlacedComment, catalog)
{
    /// <summary>Removes all comments of a conversation.</summary>
    public async Task RemoveAllAsync(long conversationId)
    {
        while ((await QueryAsync([Conversation(conversationId)], [], CreatedOrder, after: null, limit: 1_000)).Found is { Count: > 0 } found)
        {
            foreach (var comment in found)
            {
                await RemoveAsync(comment.Comment.CommentId);
            }
        }
    }

    protected override CatalogDocument Document(PlacedComment value, byte[] body) => new(EntryId.Of(value.Comment.CommentId), body)
    {
        Terms = [Conversation(value.Comment.ConversationId)],
        Orders = new Dictionary<string, long> { [CreatedOrder] = value.Comment.CreatedAt.ToUnixTimeMilliseconds() },
    };

    private static string Conversation(long conversationId) => $"conversation:{conversationId}";
}
