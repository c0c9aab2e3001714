namespace RealtimeSessions.EventLog.Tests.Support;

/// <summary>Steps that the catalog's tests take.</summary>
internal static class CatalogSteps
{
    /// <summary>Reads page after page to the end; every page but the last must be full.</summary>
    public static async Task<IReadOnlyList<CatalogEntry>> WalkAsync(this ICatalog catalog, CatalogQuery query)
    {
        List<CatalogEntry> all = [];
        while (true)
        {
            var page = await catalog.QueryAsync(query);
            all.AddRange(page.Entries);
            if (page.Next is not { } next)
            {
                return all;
            }

            Assert.Equal(query.Limit, page.Entries.Count);
            Assert.Equal(page.Entries[^1].Id, next.Id);
            query = query with { After = next };
        }
    }
}
