using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol.Conversations;

namespace RealtimeSessions.Server.Conversations.Entries;

/// <summary>The catalog's entries of comments.</summary>
internal sealed class CommentEntries(ICatalog catalog) : Entries<PlacedComment>("comments", EntryJsonContext.Default.EntryPlacedComment, catalog)
{
    private const string PlaceOrder = "place";

    /// <summary>Finds comments of a conversation by when they were made.</summary>
    public Task<(IReadOnlyList<PlacedComment> Found, CatalogCursor? Next)> FindAsync(long conversationId, CatalogCursor? after, int limit) =>
        QueryAsync([Conversation(conversationId)], [], CreatedOrder, after, limit);

    /// <summary>Finds comments of a conversation by their place, before a sequence.</summary>
    public Task<(IReadOnlyList<PlacedComment> Found, CatalogCursor? Next)> FindBeforeAsync(long conversationId, long? before, int limit) =>
        QueryAsync([Conversation(conversationId)], [], PlaceOrder, before is { } sequence ? new CatalogCursor(sequence, "") : null, limit);

    /// <summary>Removes all comments of a conversation.</summary>
    public async Task RemoveAllAsync(long conversationId)
    {
        while ((await FindAsync(conversationId, after: null, limit: 1_000)).Found is { Count: > 0 } found)
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
        Orders = new Dictionary<string, long>
        {
            [CreatedOrder] = value.Comment.CreatedAt.ToUnixTimeMilliseconds(),
            [PlaceOrder] = value.Sequence,
        },
    };

    private static string Conversation(long conversationId) => $"conversation:{conversationId}";
}
