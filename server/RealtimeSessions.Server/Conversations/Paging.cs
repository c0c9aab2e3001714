using RealtimeSessions.EventLog;

namespace RealtimeSessions.Server.Conversations;

/// <summary>Reads a page of a list that is found in the catalog.</summary>
internal static class Paging
{
    private const int LargestStep = 1_000;

    /// <summary>Reads a page.</summary>
    /// <param name="page">Which.</param>
    /// <param name="find">Finds at most so many after a place.</param>
    public static async Task<ListPage<T>> ReadAsync<T>(
        PageRequest page, Func<CatalogCursor?, int, Task<(IReadOnlyList<T> Found, CatalogCursor? Next)>> find)
    {
        var after = page.After;
        for (var skip = after is null ? (page.Page - 1) * page.PerPage : 0; skip > 0; skip -= Math.Min(skip, LargestStep))
        {
            (_, after) = await find(after, Math.Min(skip, LargestStep));
            if (after is null)
            {
                return new ListPage<T>([], Next: null);
            }
        }

        var (found, next) = await find(after, page.PerPage);
        return new ListPage<T>(found, next);
    }

    /// <summary>The same, of what passes a filter. It may look at everything.</summary>
    public static Task<ListPage<T>> ReadAsync<T>(
        PageRequest page, Func<CatalogCursor?, int, Task<(IReadOnlyList<T> Found, CatalogCursor? Next)>> find, Func<T, bool> filter,
        Func<T, CatalogCursor> placeOf) =>
        ReadAsync(page, async (after, limit) =>
        {
            var passed = new List<T>();
            do
            {
                (var found, after) = await find(after, LargestStep);
                passed.AddRange(found.Where(filter));
            }
            while (passed.Count <= limit && after is not null);

            // One more than was asked for tells that there is a next page.
            return passed.Count > limit ? (passed[..limit], placeOf(passed[limit - 1])) : ((IReadOnlyList<T>)passed, default(CatalogCursor?));
        });
}
