using System.Runtime.CompilerServices;
using System.Text.Json;
using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Identity;

namespace RealtimeSessions.Server.Applications;

/// <summary>Applications in the catalog: one scope, and in it one document per application, which holds its roles too.</summary>
internal sealed class ApplicationStore(ICatalog catalog)
{
    private const string Scope = "applications";
    private const string CreatedOrder = "createdAt";
    private const int PageSize = 50;
    private const int MaximumBytes = 1024 * 1024;

    /// <summary>Makes an application with its roles, unless there is, or was, one of that id.</summary>
    /// <returns>True if it was made.</returns>
    public async Task<bool> CreateAsync(Application application, IReadOnlyList<Role> roles) =>
        (await PutAsync(new ApplicationDocument(application, roles), expectedVersion: 0)).Value is not null;

    /// <summary>Writes an application whole.</summary>
    /// <param name="document">The application.</param>
    /// <param name="expectedVersion">The version that must be there; 0: none.</param>
    /// <returns>The new version; null if another was there and nothing was written; <c>limit_exceeded</c> if it is too large.</returns>
    public async Task<Result<long?>> PutAsync(ApplicationDocument document, long expectedVersion)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(document, ApplicationJsonContext.Default.ApplicationDocument);
        return body.Length > MaximumBytes
            ? Error.LimitExceeded(MaximumBytes, $"The application would weigh more than {MaximumBytes} bytes with its roles.")
            : await catalog.PutAsync(Scope, Indexed(document, body, ApplicationTerms.Of(document)), expectedVersion);
    }

    /// <summary>Reads an application, existing or deleted.</summary>
    /// <returns>Its document; null if there never was one, or the id has not even the form of one.</returns>
    public async Task<CatalogEntry?> GetAsync(string applicationId) =>
        ApplicationIds.IsWellFormed(applicationId) ? await catalog.GetAsync(Scope, applicationId) : null;

    /// <summary>The application of an entry.</summary>
    public static ApplicationDocument Read(CatalogEntry entry) =>
        JsonSerializer.Deserialize(entry.Body.Span, ApplicationJsonContext.Default.ApplicationDocument)!;

    /// <summary>The applications that a caller may read, newest first.</summary>
    public IAsyncEnumerable<Application> FindReadableAsync(Caller caller, CancellationToken cancellationToken = default) =>
        WalkAsync(ApplicationTerms.Of(caller), cancellationToken).Select(entry => Read(entry).Application);

    /// <summary>The ids of all applications that exist, newest first.</summary>
    public IAsyncEnumerable<string> EnumerateAsync(CancellationToken cancellationToken = default) =>
        WalkAsync([ApplicationTerms.Existing], cancellationToken).Select(entry => entry.Id);

    /// <summary>The deleted applications that are not marked as swept, and when they were deleted.</summary>
    public IAsyncEnumerable<(string Id, DateTimeOffset DeletedAt)> EnumerateDeletedAsync(CancellationToken cancellationToken = default) =>
        WalkAsync([ApplicationTerms.Deleted], cancellationToken).Select(entry => (entry.Id, Read(entry).DeletedAt!.Value));

    /// <summary>Remembers of a deleted application that nothing of it is left: it is not enumerated any more.</summary>
    public async Task MarkSweptAsync(string applicationId)
    {
        long? written = null;
        while (written is null && await GetAsync(applicationId) is { } entry && Read(entry) is { DeletedAt: not null } document)
        {
            written = await catalog.PutAsync(Scope, Indexed(document, entry.Body, terms: []), entry.Version);
        }
    }

    /// <summary>Waits until something has changed since the applications had the version known.</summary>
    /// <returns>Their version.</returns>
    public Task<long> WaitForChangeAsync(long known, CancellationToken cancellationToken) =>
        catalog.WaitForChangeAsync(Scope, known, cancellationToken);

    private static CatalogDocument Indexed(ApplicationDocument document, ReadOnlyMemory<byte> body, IReadOnlyCollection<string> terms) =>
        new(document.Application.ApplicationId, body)
        {
            Terms = terms,
            Orders = new Dictionary<string, long> { [CreatedOrder] = document.Application.CreatedAt.ToUnixTimeMilliseconds() },
        };

    private async IAsyncEnumerable<CatalogEntry> WalkAsync(
        IReadOnlyCollection<string> anyOf, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        CatalogCursor? after = null;
        do
        {
            var query = new CatalogQuery(Scope, CreatedOrder) { AnyOf = anyOf, After = after, Limit = PageSize };
            var page = await catalog.QueryAsync(query, cancellationToken);
            foreach (var entry in page.Entries)
            {
                yield return entry;
            }

            after = page.Next;
        }
        while (after is not null);
    }
}
