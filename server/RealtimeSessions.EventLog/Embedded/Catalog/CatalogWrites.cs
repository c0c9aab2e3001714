using RealtimeSessions.EventLog.Embedded.Storage;

namespace RealtimeSessions.EventLog.Embedded.Catalog;

/// <summary>Changes of documents within the writer's transaction.</summary>
internal sealed class CatalogWrites(EmbeddedConnection connection)
{
    private readonly TermTable _terms = new(connection);
    private readonly PostingTable _postings = new(connection);

    private readonly SqliteStatement _find = connection.Prepare(
        """
        SELECT document.key, document.version, body IS NULL, scope.id FROM document JOIN scope ON document.scope = scope.id
        WHERE scope.name = ?1 AND document.id = ?2
        """);

    private readonly SqliteStatement _touchScope = connection.Prepare(
        """
        INSERT INTO scope (name, version) VALUES (?1, 1) ON CONFLICT (name) DO UPDATE SET version = version + 1 RETURNING id
        """);

    private readonly SqliteStatement _insert = connection.Prepare(
        "INSERT INTO document (scope, id, version, body) VALUES (?1, ?2, 1, ?3) RETURNING key");

    private readonly SqliteStatement _update = connection.Prepare(
        "UPDATE document SET version = ?2, body = ?3 WHERE key = ?1");

    private readonly SqliteStatement _empty = connection.Prepare("UPDATE document SET body = NULL WHERE key = ?1");

    /// <summary>As <see cref="ICatalog.PutAsync"/>.</summary>
    public long? Put(string scope, CatalogDocument document, long? expectedVersion)
    {
        var row = Find(scope, document.Id);
        var presentVersion = row is { IsDeleted: false } ? row.Value.Version : 0;
        if (expectedVersion is { } expected && expected != presentVersion)
        {
            return null;
        }

        var scopeId = TouchScope(scope);
        var key = row?.Key ?? Insert(scopeId, document);
        var version = (row?.Version ?? 0) + 1;
        if (row is not null)
        {
            using var run = _update.Start();
            run.Bind(1, key);
            run.Bind(2, version);
            run.Bind(3, document.Body.Span);
            run.Step();
        }

        Reindex(key, document.Id, new PostingTable.Index(_terms.FindOrAdd(scopeId, document.Terms), document.Orders));
        return version;
    }

    /// <summary>As <see cref="ICatalog.DeleteAsync"/>.</summary>
    public bool Delete(string scope, string id, long? expectedVersion)
    {
        if (Find(scope, id) is not { IsDeleted: false } row || (expectedVersion ?? row.Version) != row.Version)
        {
            return false;
        }

        TouchScope(scope);
        using (var run = _empty.Start())
        {
            run.Bind(1, row.Key);
            run.Step();
        }

        Reindex(row.Key, id, PostingTable.Index.None);
        return true;
    }

    private (long Key, long Version, bool IsDeleted)? Find(string scope, string id)
    {
        using var run = _find.Start();
        run.Bind(1, scope);
        run.Bind(2, id);
        return run.Step() ? (run.Int64(0), run.Int64(1), run.Boolean(2)) : null;
    }

    private long TouchScope(string scope)
    {
        using var run = _touchScope.Start();
        run.Bind(1, scope);
        run.Step();
        return run.Int64(0);
    }

    private long Insert(long scope, CatalogDocument document)
    {
        using var run = _insert.Start();
        run.Bind(1, scope);
        run.Bind(2, document.Id);
        run.Bind(3, document.Body.Span);
        run.Step();
        return run.Int64(0);
    }

    private void Reindex(long key, string id, PostingTable.Index wanted)
    {
        var present = new PostingTable.Index(_terms.Of(key), _postings.Orders(key));
        _postings.Replace(id, present, wanted);
        _postings.ReplaceOrders(key, (Dictionary<string, long>)present.Orders, wanted.Orders);
        _terms.Replace(key, present.Terms, wanted.Terms);
    }
}
