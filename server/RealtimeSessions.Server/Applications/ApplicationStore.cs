using System.Globalization;
using System.Text.Json;
using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.Server.Applications;

/// <summary>
/// Applications and roles in the catalog. One scope holds one application: the document <c>application</c> and one for each role, so that
/// the scope's version stands for all of them.
/// </summary>
internal sealed class ApplicationStore(ICatalog catalog)
{
    private const string ApplicationDocument = "application";
    private const string RolePrefix = "role:";
    private const string Rank = "rank";
    private const int MaximumDocuments = 1_000;

    /// <summary>Makes an application with its roles, unless there is one of that id.</summary>
    /// <returns>True if it was made.</returns>
    public async Task<bool> CreateAsync(Application application, IReadOnlyList<Role> roles)
    {
        var scope = Scope(application.ApplicationId);
        for (var i = 0; i < roles.Count; i++)
        {
            // Roles first: an application that can be found is whole.
            var body = JsonSerializer.SerializeToUtf8Bytes(roles[i], ProtocolJsonContext.Default.Role);
            await catalog.PutAsync(scope, Document(RolePrefix + roles[i].Name, body, rank: -1 - i), expectedVersion: 0);
        }

        var document = JsonSerializer.SerializeToUtf8Bytes(application, ProtocolJsonContext.Default.Application);
        return await catalog.PutAsync(scope, Document(ApplicationDocument, document, rank: 0), expectedVersion: 0) is not null;
    }

    /// <summary>Reads an application with its roles.</summary>
    /// <returns>The application, or null; and the version of its scope, at least as old as what was read.</returns>
    public async Task<(ApplicationModel? Model, long Version)> ReadAsync(string applicationId, CancellationToken cancellationToken)
    {
        var scope = Scope(applicationId);
        var version = await catalog.GetVersionAsync(scope, cancellationToken);
        var page = await catalog.QueryAsync(new CatalogQuery(scope, Rank) { Limit = MaximumDocuments }, cancellationToken);
        if (page.Entries is not [{ Id: ApplicationDocument } first, ..])
        {
            return (null, version);
        }

        var application = JsonSerializer.Deserialize(first.Body.Span, ProtocolJsonContext.Default.Application)!;
        return (new ApplicationModel(application, [.. page.Entries.Skip(1).Select(ReadRole)]), version);
    }

    /// <summary>Waits until an application's scope has another version.</summary>
    public Task<long> WaitForChangeAsync(string applicationId, long known, CancellationToken cancellationToken) =>
        catalog.WaitForChangeAsync(Scope(applicationId), known, cancellationToken);

    private static Role ReadRole(CatalogEntry entry) => JsonSerializer.Deserialize(entry.Body.Span, ProtocolJsonContext.Default.Role)!;

    private static CatalogDocument Document(string id, byte[] body, long rank) =>
        new(id, body) { Orders = new Dictionary<string, long> { [Rank] = rank } };

    private static string Scope(string applicationId) => string.Create(CultureInfo.InvariantCulture, $"application/{applicationId}");
}
