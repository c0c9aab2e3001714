
namespace RealtimeSessions.EventLog.Tests.Embedded;

/// <summary>Compares the walks over postings with a filter over everything.</summary>
public sealed class CatalogWalkTests : IDisposable
{
    private readonly EngineFolder _folder = new();

    [Fact]
    public async Task Query_RandomDocuments_MatchesAFilterOverAll()
    {
        var random = new Random(4711);
        var model = new Dictionary<string, CatalogDocument>(StringComparer.Ordinal);
        await using var engine = await _folder.OpenAsync();
        for (var step = 0; step < 1_500; step++)
        {
            var id = $"{(char)('a' + random.Next(26))}{random.Next(20)}é\U0001F600"[..random.Next(2, 4)].TrimEnd('\ud83d');
            if (random.Next(5) == 0)
            {
                Assert.Equal(model.Remove(id), await engine.Catalog.DeleteAsync("s", id));
                continue;
            }

            var document = new CatalogDocument(id, new byte[] { 1 })
            {
                Terms = Enumerable.Range(0, 8).Where(term => random.Next(term + 2) == 0).Select(term => $"t{term}").ToArray(),
                Orders = random.Next(10) == 0 ? new Dictionary<string, long>() : new Dictionary<string, long> { ["n"] = random.Next(30) },
            };
            Assert.NotNull(await engine.Catalog.PutAsync("s", document, null));
            model[id] = document;
        }

        for (var round = 0; round < 300; round++)
        {
            var query = new CatalogQuery("s", "n") { AllOf = Terms(3), AnyOf = Terms(4), Limit = random.Next(1, 60) };
            var expected = model.Values.Where(document => document.Orders.ContainsKey("n")
                && query.AllOf.All(document.Terms.Contains)
                && (query.AnyOf.Count == 0 || query.AnyOf.Any(document.Terms.Contains)))
                .OrderByDescending(document => document.Orders["n"]).ThenByDescending(document => document.Id, StringComparer.Ordinal)
                .Select(document => document.Id).ToArray();
            var found = new List<string>();
            CatalogCursor? next = null;
            do
            {
                var page = await engine.Catalog.QueryAsync(query with { After = next });
                found.AddRange(page.Entries.Select(entry => entry.Id));
                next = page.Next;
                Assert.True(next is null || page.Entries.Count == query.Limit);
            }
            while (next is not null);
            Assert.Equal(expected, found);
        }

        string[] Terms(int most) => Enumerable.Range(0, random.Next(most)).Select(_ => $"t{random.Next(9)}").Distinct().ToArray();
    }

    public void Dispose() => _folder.Dispose();
}
