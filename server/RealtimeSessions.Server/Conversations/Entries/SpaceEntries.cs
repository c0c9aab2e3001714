using RealtimeSessions.EventLog;
using RealtimeSessions.Server.Conversations.Spaces;

namespace RealtimeSessions.Server.Conversations.Entries;

/// <summary>The catalog's entries of spaces; one that was deleted keeps its entry until nothing of it is left.</summary>
internal sealed class SpaceEntries(ICatalog catalog) : Entries<SpaceView>("spaces", EntryJsonContext.Default.EntrySpaceView, catalog)
{
    private const string Deleted = "deleted";

    /// <summary>Finds the spaces that a user is a member of.</summary>
    public Task<(IReadOnlyList<SpaceView> Found, CatalogCursor? Next)> FindAsync(long userId, CatalogCursor? after, int limit) =>
        QueryAsync([User(userId)], [], CreatedOrder, after, limit);

    /// <summary>Finds some spaces that were deleted.</summary>
    public async Task<IReadOnlyList<SpaceView>> FindDeletedAsync() => (await QueryAsync([Deleted], [], CreatedOrder, after: null, limit: 100)).Found;

    protected override CatalogDocument Document(SpaceView value, byte[] body) => new(EntryId.Of(value.Space.SpaceId), body)
    {
        // Whoever is there has an owner.
        Terms = value.Participants is [] ? [Deleted] : [.. value.Participants.Select(participant => User(participant.UserId))],
        Orders = new Dictionary<string, long> { [CreatedOrder] = value.Space.CreatedAt.ToUnixTimeMilliseconds() },
    };

    private static string User(long userId) => $"user:{userId}";
}

/// <summary>The catalog's entries of groups.</summary>
internal sealed class GroupEntries(ICatalog catalog) : Entries<Group>("groups", EntryJsonContext.Default.EntryGroup, catalog)
{
    /// <summary>Finds the groups of some spaces.</summary>
    public Task<(IReadOnlyList<Group> Found, CatalogCursor? Next)> FindAsync(IEnumerable<long> spaceIds, CatalogCursor? after, int limit) =>
        QueryAsync([.. spaceIds.Select(Space)], [], CreatedOrder, after, limit);

    protected override CatalogDocument Document(Group value, byte[] body) => new(EntryId.Of(value.GroupId), body)
    {
        Terms = [Space(value.SpaceId)],
        Orders = new Dictionary<string, long> { [CreatedOrder] = value.CreatedAt.ToUnixTimeMilliseconds() },
    };

    private static string Space(long spaceId) => $"space:{spaceId}";
}
