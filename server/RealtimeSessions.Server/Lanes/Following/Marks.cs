using RealtimeSessions.EventLog;

namespace RealtimeSessions.Server.Lanes.Following;

/// <summary>A mark as it was set or found.</summary>
/// <param name="Key">The log.</param>
/// <param name="Id">The mark's id.</param>
/// <param name="Version">Its version.</param>
/// <param name="Since">When it was set, by the clock of the server that set it.</param>
internal sealed record Mark<TKey>(TKey Key, string Id, long Version, DateTimeOffset Since);

/// <summary>
/// Marks of logs that are being changed: set before a change enters the log, cleared when the catalog and the feed have followed. A mark
/// that stays tells of a server that has stopped in between (<see cref="Sweeper{TKey, TState, TScene}"/>). Each server has marks of its own,
/// under a name.
/// </summary>
/// <param name="scope">Where in the catalog they are; each kind of log has a scope of its own.</param>
/// <param name="keyOf">Reads the text of a key.</param>
/// <param name="catalog">The catalog.</param>
/// <param name="time">The clock.</param>
internal sealed class Marks<TKey>(string scope, Func<string, TKey> keyOf, ICatalog catalog, TimeProvider time)
    where TKey : notnull
{
    private const string OldestFirst = "oldest";

    private volatile string _name = NewName();

    /// <summary>Sets this server's mark of a log, or sets it anew.</summary>
    public async Task<Mark<TKey>> SetAsync(TKey key)
    {
        var (id, since) = ($"{key}/{_name}", time.GetUtcNow().ToUnixTimeMilliseconds());
        var document = new CatalogDocument(id, BitConverter.GetBytes(since))
        {
            // A query begins with the highest value.
            Orders = new Dictionary<string, long> { [OldestFirst] = -since },
        };
        var version = (await catalog.PutAsync(scope, document, expectedVersion: null))!.Value;
        return new Mark<TKey>(key, id, version, DateTimeOffset.FromUnixTimeMilliseconds(since));
    }

    /// <summary>Leaves the marks that are set to the sweep: none set from now on takes the place of one of them.</summary>
    public void Leave() => _name = NewName();

    /// <summary>Clears a mark, unless it was set anew.</summary>
    public Task ClearAsync(Mark<TKey> mark) => catalog.DeleteAsync(scope, mark.Id, mark.Version);

    /// <summary>Reads all marks, oldest first.</summary>
    public async IAsyncEnumerable<Mark<TKey>> ReadAsync()
    {
        CatalogCursor? after = null;
        do
        {
            var page = await catalog.QueryAsync(new CatalogQuery(scope, OldestFirst) { After = after });
            foreach (var entry in page.Entries)
            {
                var key = keyOf(entry.Id[..entry.Id.LastIndexOf('/')]);
                var since = DateTimeOffset.FromUnixTimeMilliseconds(BitConverter.ToInt64(entry.Body.Span));
                yield return new Mark<TKey>(key, entry.Id, entry.Version, since);
            }

            after = page.Next;
        }
        while (after is not null);
    }

    private static string NewName() => Guid.NewGuid().ToString("N")[..8];
}
