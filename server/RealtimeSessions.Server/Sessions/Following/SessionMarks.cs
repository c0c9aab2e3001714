using System.Globalization;
using RealtimeSessions.EventLog;

namespace RealtimeSessions.Server.Sessions.Following;

/// <summary>A mark as it was found.</summary>
/// <param name="Session">The session.</param>
/// <param name="Id">The mark's id.</param>
/// <param name="Version">Its version.</param>
/// <param name="Since">When it was set, by the clock of the server that set it.</param>
internal sealed record SessionMark(SessionKey Session, string Id, long Version, DateTimeOffset Since);

/// <summary>
/// Marks of sessions that are being changed: set before a change enters the log, cleared when the catalog and the feed have followed. A mark
/// that stays tells of a server that has stopped in between (<see cref="SessionSweeper"/>). Each server has marks of its own.
/// </summary>
internal sealed class SessionMarks(ICatalog catalog, TimeProvider time)
{
    private const string Scope = "marks";
    private const string OldestFirst = "oldest";

    private readonly string _server = Guid.NewGuid().ToString("N")[..8];

    /// <summary>Sets this server's mark of a session, or sets it anew.</summary>
    /// <returns>Its version, by which it can be cleared.</returns>
    public async Task<long> SetAsync(SessionKey session)
    {
        var since = time.GetUtcNow().ToUnixTimeMilliseconds();
        var document = new CatalogDocument(IdOf(session), BitConverter.GetBytes(since))
        {
            // A query begins with the highest value.
            Orders = new Dictionary<string, long> { [OldestFirst] = -since },
        };
        return (await catalog.PutAsync(Scope, document, expectedVersion: null))!.Value;
    }

    /// <summary>Clears this server's mark of a session, unless it was set anew.</summary>
    public Task ClearAsync(SessionKey session, long version) => catalog.DeleteAsync(Scope, IdOf(session), version);

    /// <summary>Clears a mark that was found, unless it was set anew.</summary>
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

    private string IdOf(SessionKey session) => string.Create(CultureInfo.InvariantCulture, $"{session}/{_server}");
}
