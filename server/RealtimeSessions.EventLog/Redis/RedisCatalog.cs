using StackExchange.Redis;

namespace RealtimeSessions.EventLog.Redis;

/// <summary>The catalog in Redis: per scope a few hashes and one index; every change is one script.</summary>
internal sealed class RedisCatalog(RedisConnection connection, RedisKeys keys, RedisCatalogAnnouncements announcements, TimeProvider time)
    : ICatalog
{
    private const int ValuesPerEntry = 3;
    private const int MaximumPage = 1_000;
    private static readonly TimeSpan ReadInterval = TimeSpan.FromSeconds(1);

    public async Task<CatalogEntry?> GetAsync(string scope, string id, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var scopeKeys = keys.Catalog(scope);
        var reply = await connection.EvaluateAsync(RedisScript.CatalogGet, [scopeKeys.Versions, scopeKeys.Bodies], id)
            .WaitAsync(cancellationToken);
        return reply.IsNull || (RedisValue[])reply! is not [var version, var body]
            ? null
            : new CatalogEntry(id, (long)version, (byte[])body!);
    }

    public async Task<long?> PutAsync(string scope, CatalogDocument document, long? expectedVersion)
    {
        RedisValue[] arguments =
        [
            (string)keys.CatalogChannel!, scope, document.Id, Expected(expectedVersion), document.Body.ToArray(),
            .. CatalogIndex.Members(document),
        ];
        var version = (long)await connection.EvaluateAsync(RedisScript.CatalogPut, WrittenKeys(scope), arguments);
        return version == 0 ? null : version;
    }

    public async Task<bool> DeleteAsync(string scope, string id, long? expectedVersion = null) =>
        (bool)await connection.EvaluateAsync(
            RedisScript.CatalogDelete, WrittenKeys(scope), (string)keys.CatalogChannel!, scope, id, Expected(expectedVersion));

    public async Task<CatalogPage> QueryAsync(CatalogQuery query, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1, nameof(query));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, MaximumPage, nameof(query));
        var entries = new List<CatalogEntry>();
        var (after, last) = (query.After is { } cursor ? CatalogIndex.Place(cursor) : [], default(CatalogCursor));
        do
        {
            // One more than the page holds, to know whether there are more.
            var reply = await FindAsync(query, after, query.Limit + 1 - entries.Count).WaitAsync(cancellationToken);
            after = (byte[])reply[0]!;
            for (var at = 1; at < reply.Length; at += ValuesPerEntry)
            {
                var place = CatalogIndex.Cursor((byte[])reply[at]!);
                if (entries.Count == query.Limit)
                {
                    return new CatalogPage(entries, last);
                }

                entries.Add(new CatalogEntry(place.Id, (long)reply[at + 1], (byte[])reply[at + 2]!));
                last = place;
            }
        }
        while (after.Length > 0);

        return new CatalogPage(entries, Next: null);
    }

    public async Task<long> GetVersionAsync(string scope, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var key = keys.Catalog(scope).Version;
        return (long)await connection.RunAsync(database => database.StringGetAsync(key, CommandFlags.DemandMaster))
            .WaitAsync(cancellationToken);
    }

    public async Task<long> WaitForChangeAsync(string scope, long known, CancellationToken cancellationToken)
    {
        while (true)
        {
            var announced = announcements.NextAsync(scope);
            var version = await GetVersionAsync(scope, cancellationToken);
            if (version != known)
            {
                return version;
            }

            await announced.WaitAsync(ReadInterval, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private static RedisValue Expected(long? version) => version is { } given ? given : RedisValue.EmptyString;

    private RedisKey[] WrittenKeys(string scope)
    {
        var scopeKeys = keys.Catalog(scope);
        return [scopeKeys.Version, scopeKeys.Versions, scopeKeys.Bodies, scopeKeys.Members, scopeKeys.Index];
    }

    private async Task<RedisValue[]> FindAsync(CatalogQuery query, byte[] after, int limit)
    {
        var scopeKeys = keys.Catalog(query.Scope);
        var any = query.AnyOf.Distinct().Select(term => CatalogIndex.List(query.OrderBy, term)).ToArray();
        var all = query.AllOf.Distinct().Select(term => CatalogIndex.List(query.OrderBy, term)).ToArray();
        if (all.Length == 0 && any.Length == 0)
        {
            all = [CatalogIndex.List(query.OrderBy)];
        }

        RedisValue[] arguments = [limit, after, all.Length, any.Length, .. all, .. any];
        return (RedisValue[])(await connection.EvaluateAsync(
            RedisScript.CatalogQuery, [scopeKeys.Versions, scopeKeys.Bodies, scopeKeys.Index], arguments))!;
    }
}
