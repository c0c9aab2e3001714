namespace RealtimeSessions.EventLog.Tests.Support;

/// <summary>Steps that the catalog's tests take.</summary>
internal static class CatalogSteps
{
    /// <summary>Reads page after page to the end.</summary>
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

            Assert.InRange(page.Entries.Count, 1, query.Limit);
            Assert.Equal(page.Entries[^1].Id, next.Id);
            query = query with { After = next };
        }
    }
}
