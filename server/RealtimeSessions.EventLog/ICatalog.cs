namespace RealtimeSessions.EventLog;

/// <summary>
/// Documents that are looked up: by id, by terms, newest first.
/// </summary>
/// <remarks>
/// <para><b>Atomicity.</b> One write changes document, terms, order values, and the versions of document and scope together.</para>
/// <para><b>Versions.</b> A document's version is 1 when it is made and grows with each write; a document made anew after a deletion starts
/// above the versions it had. A scope's version grows with each write to the scope.</para>
/// <para><b>Durability</b> and <b>failure</b> are those of <see cref="IEventLog"/>. All members may be called at the same time.</para>
/// </remarks>
public interface ICatalog
{
    /// <summary>Reads one document.</summary>
    /// <returns>The document, or null.</returns>
    Task<CatalogEntry?> GetAsync(string scope, string id, CancellationToken cancellationToken = default);

    /// <summary>Writes one document whole.</summary>
    /// <param name="scope">1 to 200 characters of <c>[A-Za-z0-9_/-]</c>.</param>
    /// <param name="document">The document.</param>
    /// <param name="expectedVersion">0: it must be new. A version: it must be the present one. Null: whatever there is.</param>
    /// <returns>The new version, or null if the condition failed and nothing was written.</returns>
    Task<long?> PutAsync(string scope, CatalogDocument document, long? expectedVersion);

    /// <summary>Removes one document.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="id">The document's id.</param>
    /// <param name="expectedVersion">A version: it must be the present one. Null: whatever there is.</param>
    /// <returns>True if it was removed.</returns>
    Task<bool> DeleteAsync(string scope, string id, long? expectedVersion = null);

    /// <summary>Finds documents, highest order value first, equal values by id, descending by its bytes in UTF-8.</summary>
    /// <remarks>A document that is there during the whole walk over the pages and keeps its terms and order value is found exactly once.
    /// The cost grows with the rarest of the terms asked for, not with the size of the scope.</remarks>
    Task<CatalogPage> QueryAsync(CatalogQuery query, CancellationToken cancellationToken = default);

    /// <summary>Reads a scope's version, 0 if nothing was ever written to it.</summary>
    Task<long> GetVersionAsync(string scope, CancellationToken cancellationToken = default);

    /// <summary>
    /// Waits until a scope's version is another one than <paramref name="known"/>. Announcements wake it; one that was lost delays it by at
    /// most a second, since the version is also read that often.
    /// </summary>
    /// <returns>The scope's version.</returns>
    Task<long> WaitForChangeAsync(string scope, long known, CancellationToken cancellationToken);
}

/// <summary>A document to be written.</summary>
/// <param name="Id">1 to 200 characters, no control characters.</param>
/// <param name="Body">Bytes the catalog does not interpret, at most 4 MiB.</param>
public sealed record CatalogDocument(string Id, ReadOnlyMemory<byte> Body)
{
    /// <summary>What it can be filtered by: distinct texts of 1 to 2,000 characters.</summary>
    public IReadOnlyCollection<string> Terms { get; init; } = [];

    /// <summary>What it can be ordered by: a name of <c>[a-zA-Z]{1,40}</c> and an integer of at most 2^53.</summary>
    public IReadOnlyDictionary<string, long> Orders { get; init; } = new Dictionary<string, long>();
}

/// <summary>A document as read.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Version">Its version, for a compare-and-set.</param>
/// <param name="Body">Its bytes; never change them.</param>
public sealed record CatalogEntry(string Id, long Version, ReadOnlyMemory<byte> Body);

/// <summary>A question to the catalog.</summary>
/// <param name="Scope">Where to look.</param>
/// <param name="OrderBy">By which order value, highest first. Documents without it are not found.</param>
public sealed record CatalogQuery(string Scope, string OrderBy)
{
    /// <summary>The document must have all of these terms. Default: none asked for.</summary>
    public IReadOnlyCollection<string> AllOf { get; init; } = [];

    /// <summary>The document must have at least one of these terms. Default: none asked for.</summary>
    public IReadOnlyCollection<string> AnyOf { get; init; } = [];

    /// <summary>Continue after this place (the <see cref="CatalogPage.Next"/> of the page before); null begins.</summary>
    public CatalogCursor? After { get; init; }

    /// <summary>At most this many documents, 1 to 1,000. Default 100.</summary>
    public int Limit { get; init; } = 100;
}

/// <summary>A place in an order.</summary>
/// <param name="Value">The order value of the last document seen.</param>
/// <param name="Id">Its id.</param>
public readonly record struct CatalogCursor(long Value, string Id);

/// <summary>Documents found.</summary>
/// <param name="Entries">The documents, in order.</param>
/// <param name="Next">Where to continue, or null if there are no more.</param>
public sealed record CatalogPage(IReadOnlyList<CatalogEntry> Entries, CatalogCursor? Next);
