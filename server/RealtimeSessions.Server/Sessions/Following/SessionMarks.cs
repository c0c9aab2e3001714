using RealtimeSessions.EventLog;

namespace RealtimeSessions.Server.Sessions.Following;

/// <summary>A mark as it was set or found.</summary>
/// <param name="Session">The session.</param>
/// <param name="Id">The mark's id.</param>
/// <param name="Version">Its version.</param>
/// <param name="Since">When it was set, by the clock of the server that set it.</param>
internal sealed record SessionMark(SessionKey Session, string Id, long Version, DateTimeOffset Since);

/// <summary>
/// Marks of sessions that are being changed: set before a change enters the log, cleared when the catalog and the feed have followed. A mark
/// that stays tells of a server that has stopped in between (<see cref="SessionSweeper"/>). Each server has marks of its own, under a name.
/// </summary>
internal sealed class SessionMarks(ICatalog catalog, TimeProvider time)
{
    private const string Scope = "marks";
    private const string OldestFirst = "oldest";

    private volatile string _name = NewName();

    /// <summary>Sets this server's mark of a session, or sets it anew.</summary>
    public async Task<SessionMark> SetAsync(SessionKey session)
    {
        var (id, since) = ($"{session}/{_name}", time.GetUtcNow().ToUnixTimeMilliseconds());
        var document = new CatalogDocument(id, BitConverter.GetBytes(since))
        {
            // A query begins with the highest value.
            Orders = new Dictionary<string, long> { [OldestFirst] = -since },
        };
        var version = (await catalog.PutAsync(Scope, document, expectedVersion: null))!.Value;
        return new SessionMark(session, id, version, DateTimeOffset.FromUnixTimeMilliseconds(since));
    }

    /// <summary>Leaves the marks that are set to the sweep: none set from now on takes the place of one of them.</summary>
    public void Leave() => _name = NewName();

    /// <summary>Clears a mark, unless it was set anew.</summary>
    public Task ClearAsync(SessionMark mark) => catalog.DeleteAsync(Scope, mark.Id, mark.Version);

    /// <summary>Reads all marks, oldest first.</summary>
    public async IAsyncEnumerable<SessionMark> ReadAsync()
    {
        CatalogCursor? after = null;
        do
        {
            var page = await catalog.QueryAsync(new CatalogQuery(Scope, OldestFirst) { After = after });
            foreach (var entry in page.Entries)
            {
                var ids = entry.Id.Split('/');
                var since = DateTimeOffset.FromUnixTimeMilliseconds(BitConverter.ToInt64(entry.Body.Span));
                yield return new SessionMark(new SessionKey(ids[0], ids[1]), entry.Id, entry.Version, since);
            }

            after = page.Next;
        }
        while (after is not null);
    }

    private static string NewName() => Guid.NewGuid().ToString("N")[..8];
}
