using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RealtimeSessions.EventLog;

namespace RealtimeSessions.Server.Directory;

/// <summary>
/// Users in the catalog: one document for each, under an id that follows from the subject, so that a subject is one user on all servers.
/// </summary>
internal sealed class UserStore(ICatalog catalog)
{
    /// <summary>The newest first.</summary>
    public const string CreatedOrder = "createdAt";

    private const string Scope = "users";
    private const int PageSize = 500;
    private const int TermsPerQuery = 100;

    /// <summary>Reads the user of a subject.</summary>
    public Task<CatalogEntry?> GetAsync(string subject) => catalog.GetAsync(Scope, IdOf(subject));

    /// <summary>Writes a user whole.</summary>
    /// <param name="user">The user.</param>
    /// <param name="expectedVersion">The version that must be there; 0: none.</param>
    /// <returns>The new version; null if another was there and nothing was written.</returns>
    public Task<long?> PutAsync(DirectoryUser user, long expectedVersion)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(user, DirectoryJsonContext.Default.DirectoryUser);
        return catalog.PutAsync(Scope, new CatalogDocument(IdOf(user.Subject), body)
        {
            Terms = [IdTerm(user.UserId), .. user.Email is null ? [] : new[] { EmailTerm(user.Email) }, .. user.NameSpaces().Select(SpaceTerm)],
            Orders = new Dictionary<string, long> { [CreatedOrder] = user.CreatedAt.ToUnixTimeMilliseconds() },
        }, expectedVersion);
    }

    /// <summary>The user of an entry.</summary>
    public static DirectoryUser Read(CatalogEntry entry) =>
        JsonSerializer.Deserialize(entry.Body.Span, DirectoryJsonContext.Default.DirectoryUser)!;

    /// <summary>One page of those who have one of the terms.</summary>
    public Task<CatalogPage> QueryAsync(IReadOnlyCollection<string> anyOf, string orderBy, CatalogCursor? after, int limit) =>
        catalog.QueryAsync(new CatalogQuery(Scope, orderBy) { AnyOf = anyOf, After = after, Limit = limit });

    /// <summary>All of those who have one of the terms, the newest first.</summary>
    public async IAsyncEnumerable<CatalogEntry> WalkAsync(
        IEnumerable<string> anyOf, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var terms in anyOf.Chunk(TermsPerQuery))
        {
            CatalogCursor? after = null;
            do
            {
                cancellationToken.ThrowIfCancellationRequested();
                var page = await QueryAsync(terms, CreatedOrder, after, PageSize);
                foreach (var entry in page.Entries)
                {
                    yield return entry;
                }

                after = page.Next;
            }
            while (after is not null);
        }
    }

    /// <summary>The term of the user with a number.</summary>
    public static string IdTerm(long userId) => string.Create(CultureInfo.InvariantCulture, $"id:{userId}");

    /// <summary>The term of the members of a space.</summary>
    public static string SpaceTerm(long spaceId) => string.Create(CultureInfo.InvariantCulture, $"space:{spaceId}");

    /// <summary>The term of the users with an address, whichever way its letters are written.</summary>
    public static string EmailTerm(string email) => $"email:{email.ToLowerInvariant()}";

    private static string IdOf(string subject) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(subject)));
}
