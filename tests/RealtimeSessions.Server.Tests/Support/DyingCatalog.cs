using RealtimeSessions.EventLog;

namespace RealtimeSessions.Server.Tests.Support;

/// <summary>The catalog as a server sees it that stops when its budget is used up.</summary>
internal sealed class DyingCatalog(ICatalog engine, WriteBudget budget) : ICatalog
{
    public Task<CatalogEntry?> GetAsync(string scope, string id, CancellationToken cancellationToken = default) =>
        budget.ReadAsync(() => engine.GetAsync(scope, id, cancellationToken));

    public Task<long?> PutAsync(string scope, CatalogDocument document, long? expectedVersion) =>
        budget.WriteAsync(() => engine.PutAsync(scope, document, expectedVersion));

    public Task<bool> DeleteAsync(string scope, string id, long? expectedVersion = null) =>
        budget.WriteAsync(() => engine.DeleteAsync(scope, id, expectedVersion));

    public Task<CatalogPage> QueryAsync(CatalogQuery query, CancellationToken cancellationToken = default) =>
        budget.ReadAsync(() => engine.QueryAsync(query, cancellationToken));

    public Task<long> GetVersionAsync(string scope, CancellationToken cancellationToken = default) =>
        budget.ReadAsync(() => engine.GetVersionAsync(scope, cancellationToken));

    public Task<long> WaitForChangeAsync(string scope, long known, CancellationToken cancellationToken) =>
        budget.ReadAsync(() => engine.WaitForChangeAsync(scope, known, cancellationToken));
}
