using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol.Conversations;
using RealtimeSessions.Server.Directory;

namespace RealtimeSessions.Server.Conversations.Entries;

/// <summary>The catalog's entries of conversations, found by who sees them: each term of a listed user, a group or everyone is one of their space, so that a
/// search costs what the caller sees, and not what there is.</summary>
internal sealed class ConversationEntries(ICatalog catalog)
    : Entries<Conversation>("conversations", EntryJsonContext.Default.EntryConversation, catalog)
{
    /// <summary>Finds the conversations that a user sees, as far as is known here: who gets them judges each.</summary>
    /// <param name="user">The user.</param>
    /// <param name="spaceId">Only those of this space; null: all.</param>
    /// <param name="externalObjectId">Only those that are linked with this; null: all.</param>
    /// <param name="order">By what.</param>
    /// <param name="after">Where to continue.</param>
    /// <param name="limit">At most this many.</param>
    public Task<(IReadOnlyList<Conversation> Found, CatalogCursor? Next)> FindAsync(
        DirectoryUser user, long? spaceId, string? externalObjectId, ListOrder order, CatalogCursor? after, int limit)
    {
        var spaces = user.Spaces.Where(space => space.Value.IsMember && (spaceId is null || space.Key == spaceId));
        string[] terms =
        [
            .. spaceId is null ? new[] { User(0, user.UserId) } : [],
            .. spaces.SelectMany(space => space.Value.GroupIds.Select(Group).Prepend(Everyone(space.Key)).Prepend(User(space.Key, user.UserId))),
        ];
        return QueryAsync(
            terms,
            externalObjectId is null ? [] : [External(externalObjectId)],
            order == ListOrder.CreatedAt ? CreatedOrder : UpdatedOrder,
            after,
            limit);
    }

    /// <summary>Finds some conversations of a space, whoever sees them.</summary>
    public async Task<IReadOnlyList<Conversation>> FindAnyAsync(long spaceId) =>
        (await QueryAsync([Space(spaceId)], [], CreatedOrder, after: null, limit: 100)).Found;

    protected override CatalogDocument Document(Conversation value, byte[] body)
    {
        var space = value.SpaceId ?? 0;
        return new CatalogDocument(EntryId.Of(value.ConversationId), body)
        {
            Terms = new HashSet<string>(
            [
                Space(space),
                User(space, value.CreatorId),
                .. value.Participants.Select(entry => User(space, entry.UserId)),
                .. value.Groups.Select(entry => Group(entry.GroupId)),
                .. value.Stakeholder == Stakeholder.Everyone ? new[] { Everyone(space) } : [],
                .. value.ExternalObjects.Select(linked => External(linked.Id)),
            ]),
            Orders = new Dictionary<string, long>
            {
                [CreatedOrder] = value.CreatedAt.ToUnixTimeMilliseconds(),
                [UpdatedOrder] = value.UpdatedAt.ToUnixTimeMilliseconds(),
            },
        };
    }

    private static string Space(long spaceId) => $"space:{spaceId}";

    private static string User(long spaceId, long userId) => $"user:{spaceId}/{userId}";

    private static string Group(long groupId) => $"group:{groupId}";

    private static string Everyone(long spaceId) => $"everyone:{spaceId}";

    private static string External(string id) => EntryId.Term("object", id);
}
