using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.Server.Conversations.Entries;

/// <summary>An entry that follows a log.</summary>
/// <param name="Value">What it tells of.</param>
/// <param name="AsOf">Up to where in the log it is true.</param>
internal sealed record Entry<T>(T Value, Position AsOf);

/// <summary>Entries of one kind in the catalog. A log is the truth; an entry follows it and never goes back.</summary>
/// <param name="scope">Where they are.</param>
/// <param name="type">Their form.</param>
/// <param name="catalog">The catalog.</param>
internal abstract class Entries<T>(string scope, JsonTypeInfo<Entry<T>> type, ICatalog catalog)
{
    protected const string CreatedOrder = "createdAt";
    protected const string UpdatedOrder = "updatedAt";

    /// <summary>Reads an entry; null: there is none.</summary>
    public async Task<T?> FindAsync(long number) => await catalog.GetAsync(scope, EntryId.Of(number)) is { } entry ? Read(entry).Value : default;

    /// <summary>Whether there is an entry.</summary>
    public async Task<bool> IsThereAsync(long number) => await catalog.GetAsync(scope, EntryId.Of(number)) is not null;

    /// <summary>Writes what something is, unless something newer is written already.</summary>
    /// <returns>True if there was no entry.</returns>
    public async Task<bool> WriteAsync(Entry<T> entry)
    {
        var document = Document(entry.Value, JsonSerializer.SerializeToUtf8Bytes(entry, type));
        while (true)
        {
            var present = await catalog.GetAsync(scope, document.Id);
            if (present is not null && Read(present).AsOf is var asOf && asOf.Epoch == entry.AsOf.Epoch && asOf.Sequence >= entry.AsOf.Sequence)
            {
                return false;
            }

            if (await catalog.PutAsync(scope, document, present?.Version ?? 0) is not null)
            {
                return present is null;
            }
        }
    }

    /// <summary>Removes an entry.</summary>
    public Task RemoveAsync(long number) => catalog.DeleteAsync(scope, EntryId.Of(number));

    /// <summary>Finds entries with any of some terms, newest first; without terms, none.</summary>
    /// <param name="terms">Any of these.</param>
    /// <param name="allOf">And all of these.</param>
    /// <param name="order">By what.</param>
    /// <param name="after">Where to continue; null: from the beginning.</param>
    /// <param name="limit">At most this many, 1 to 1,000.</param>
    protected async Task<(IReadOnlyList<T> Found, CatalogCursor? Next)> QueryAsync(
        IReadOnlyCollection<string> terms, IReadOnlyCollection<string> allOf, string order, CatalogCursor? after, int limit)
    {
        if (terms.Count == 0)
        {
            return ([], null);
        }

        var query = new CatalogQuery(scope, order) { AnyOf = terms, AllOf = allOf, After = after, Limit = limit };
        var page = await catalog.QueryAsync(query);
        return ([.. page.Entries.Select(entry => Read(entry).Value)], page.Next);
    }

    protected abstract CatalogDocument Document(T value, byte[] body);

    private Entry<T> Read(CatalogEntry entry) => JsonSerializer.Deserialize(entry.Body.Span, type)!;
}
