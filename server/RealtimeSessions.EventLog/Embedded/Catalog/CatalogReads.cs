using System.Text;
using RealtimeSessions.EventLog.Embedded.Storage;

namespace RealtimeSessions.EventLog.Embedded.Catalog;

/// <summary>
/// Reads of documents within a reader's transaction. A query walks the rarest of its terms, newest first, and looks the others up at each
/// place; without terms it walks the term that every document has.
/// </summary>
internal sealed class CatalogReads(EmbeddedConnection connection)
{
    private readonly PostingReads _postings = new(connection);

    private readonly SqliteStatement _selectScope = connection.Prepare("SELECT id, version FROM scope WHERE name = ?1");

    private readonly SqliteStatement _selectTerm = connection.Prepare("SELECT id, documents FROM term WHERE scope = ?1 AND text = ?2");

    private readonly SqliteStatement _selectDocument = connection.Prepare(
        "SELECT version, body FROM document WHERE scope = ?1 AND id = ?2 AND body IS NOT NULL");

    /// <summary>As <see cref="ICatalog.GetVersionAsync"/>.</summary>
    public long Version(string scope) => FindScope(scope)?.Version ?? 0;

    /// <summary>As <see cref="ICatalog.GetAsync"/>.</summary>
    public CatalogEntry? Get(string scope, string id) => FindScope(scope) is var (key, _) ? Get(key, id) : null;

    /// <summary>As <see cref="ICatalog.QueryAsync"/>.</summary>
    public CatalogPage Query(CatalogQuery query, CancellationToken cancellationToken)
    {
        var entries = new List<CatalogEntry>();
        if (FindScope(query.Scope) is not var (scope, _) || Find(scope, query, cancellationToken) is not { } walk)
        {
            return new CatalogPage(entries, null);
        }

        var last = default(CatalogCursor);
        foreach (var place in walk)
        {
            if (entries.Count == query.Limit)
            {
                return new CatalogPage(entries, last);
            }

            last = new CatalogCursor(place.Value, Encoding.UTF8.GetString(place.Id));
            entries.Add(Get(scope, last.Id) ?? throw new InvalidOperationException("The catalog's index names a document that is not there."));
        }

        return new CatalogPage(entries, null);
    }

    /// <summary>The places of the documents that match, or null if there cannot be any.</summary>
    private IEnumerable<Posting>? Find(long scope, CatalogQuery query, CancellationToken cancellationToken)
    {
        var all = FindTerms(scope, query.AllOf);
        var any = FindTerms(scope, query.AnyOf);
        if (all.Count < query.AllOf.Count || (any.Count == 0 && query.AnyOf.Count > 0))
        {
            return null;
        }

        if (all.Count == 0 && any.Count == 0)
        {
            all = FindTerms(scope, [TermTable.Everything]);
        }

        var after = query.After is { } cursor ? new Posting(cursor.Value, Encoding.UTF8.GetBytes(cursor.Id)) : Posting.Start;
        all.Sort((one, other) => one.Documents.CompareTo(other.Documents));
        var isAnyRarer = any.Count > 0 && (all.Count == 0 || any.Sum(term => term.Documents) < all[0].Documents);
        var walk = isAnyRarer
            ? _postings.WalkAny(any.Select(term => term.Id), query.OrderBy, after)
            : all.Take(1).SelectMany(term => _postings.Walk(term.Id, query.OrderBy, after));
        return walk.Where(place =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            return all.Skip(isAnyRarer ? 0 : 1).All(term => Has(term.Id, place))
                && (isAnyRarer || any.Count == 0 || any.Exists(term => Has(term.Id, place)));
        });

        bool Has(long term, Posting place) => _postings.Has(term, query.OrderBy, place);
    }

    /// <summary>The terms that are in use, with the number of documents that have them.</summary>
    private List<(long Id, long Documents)> FindTerms(long scope, IReadOnlyCollection<string> texts)
    {
        var terms = new List<(long, long)>();
        foreach (var text in texts)
        {
            using var run = _selectTerm.Start();
            run.Bind(1, scope);
            run.Bind(2, text);
            if (run.Step())
            {
                terms.Add((run.Int64(0), run.Int64(1)));
            }
        }

        return terms;
    }

    private (long Id, long Version)? FindScope(string scope)
    {
        using var run = _selectScope.Start();
        run.Bind(1, scope);
        return run.Step() ? (run.Int64(0), run.Int64(1)) : null;
    }

    private CatalogEntry? Get(long scope, string id)
    {
        using var run = _selectDocument.Start();
        run.Bind(1, scope);
        run.Bind(2, id);
        return run.Step() ? new CatalogEntry(id, run.Int64(0), run.Bytes(1)) : null;
    }
}
