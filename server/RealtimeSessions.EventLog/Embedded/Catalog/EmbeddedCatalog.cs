using RealtimeSessions.EventLog.Embedded.Storage;

namespace RealtimeSessions.EventLog.Embedded.Catalog;

/// <summary>
/// The catalog: writes go to the one writer, reads to the readers, announcements to those who wait in this process. Ids are ordered by
/// their bytes in UTF-8.
/// </summary>
internal sealed class EmbeddedCatalog(GroupCommitWriter writer, ReaderPool readers) : ICatalog, IDisposable
{
    private readonly ScopeSignals _signals = new();

    public Task<CatalogEntry?> GetAsync(string scope, string id, CancellationToken cancellationToken = default)
    {
        CatalogArguments.CheckScope(scope);
        CatalogArguments.CheckId(id);
        return readers.ReadAsync(reader => reader.Catalog.Get(scope, id), cancellationToken);
    }

    public Task<long?> PutAsync(string scope, CatalogDocument document, long? expectedVersion)
    {
        CatalogArguments.CheckScope(scope);
        CatalogArguments.Check(document);
        CatalogArguments.CheckVersion(expectedVersion);
        return writer.WriteAsync(
            session =>
            {
                var version = session.Catalog.Put(scope, document, expectedVersion);
                if (version is not null)
                {
                    session.AfterStore(() => _signals.Signal(scope));
                }

                return version;
            },
            document.Body.Length);
    }

    public Task<bool> DeleteAsync(string scope, string id, long? expectedVersion = null)
    {
        CatalogArguments.CheckScope(scope);
        CatalogArguments.CheckId(id);
        CatalogArguments.CheckVersion(expectedVersion);
        return writer.WriteAsync(session =>
        {
            var isDeleted = session.Catalog.Delete(scope, id, expectedVersion);
            if (isDeleted)
            {
                session.AfterStore(() => _signals.Signal(scope));
            }

            return isDeleted;
        });
    }

    public Task<CatalogPage> QueryAsync(CatalogQuery query, CancellationToken cancellationToken = default)
    {
        CatalogArguments.Check(query);
        return readers.ReadAsync(reader => reader.Catalog.Query(query, cancellationToken), cancellationToken);
    }

    public Task<long> GetVersionAsync(string scope, CancellationToken cancellationToken = default)
    {
        CatalogArguments.CheckScope(scope);
        return readers.ReadAsync(reader => reader.Catalog.Version(scope), cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>Announcements within a process are not lost, so the version is read only when one came.</remarks>
    public async Task<long> WaitForChangeAsync(string scope, long known, CancellationToken cancellationToken)
    {
        while (true)
        {
            using var registration = _signals.Register(scope);
            var version = await GetVersionAsync(scope, cancellationToken);
            if (version != known)
            {
                return version;
            }

            await registration.Changed.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Wakes those who wait: they find the readers closed.</summary>
    public void Dispose() => _signals.Close();
}
