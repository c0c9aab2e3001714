using RealtimeSessions.EventLog.Tests.Support;

namespace RealtimeSessions.EventLog.Tests.Conformance;

/// <summary>Walks over pages: against a plain computation, and while others write.</summary>
public abstract class CatalogWalkConformance(IEngineFixture fixture) : EngineConformance(fixture)
{
    private const string Scope = "sessions/demo";
    private static readonly string[] Colors = ["red", "green", "blue", "white", "black"];

    [Fact]
    public async Task QueryAsync_RandomDocumentsAndQueries_AreWhatAPlainComputationFinds()
    {
        var random = new Random(4711);
        var documents = new Dictionary<string, CatalogDocument>();
        for (var i = 0; i < 300; i++)
        {
            var id = $"d{random.Next(120)}";
            if (random.Next(6) == 0)
            {
                Assert.Equal(documents.Remove(id), await Catalog.DeleteAsync(Scope, id));
                continue;
            }

            var orders = new Dictionary<string, long> { ["at"] = random.Next(10) };
            var document = new CatalogDocument(id, default) { Terms = [.. Colors.Where(_ => random.Next(3) == 0)], Orders = orders };
            await Catalog.PutAsync(Scope, documents[id] = document, null);
        }

        for (var i = 0; i < 150; i++)
        {
            var query = new CatalogQuery(Scope, "at")
            {
                AllOf = [.. Colors.Where(_ => random.Next(5) == 0)],
                AnyOf = [.. Colors.Where(_ => random.Next(4) == 0)],
                After = random.Next(2) == 0 ? null : new CatalogCursor(random.Next(-1, 11), $"d{random.Next(120)}"),
                Limit = random.Next(1, 40),
            };
            var expected = Find(documents.Values, query);
            var page = await Catalog.QueryAsync(query);
            Assert.Equal(expected.Take(query.Limit).Select(d => d.Id), page.Entries.Select(e => e.Id));
            CatalogCursor? next = expected.Count > query.Limit
                ? new CatalogCursor(expected[query.Limit - 1].Orders["at"], expected[query.Limit - 1].Id)
                : null;
            Assert.Equal(next, page.Next);
        }
    }

    [Fact]
    public async Task QueryAsync_WalkWhileOthersWrite_FindsWhatStaysExactlyOnce()
    {
        var other = await OtherServerAsync();
        await Task.WhenAll(Enumerable.Range(0, 150).Select(i => Catalog.PutAsync(Scope, Document($"stays{i}", i / 5, "open"), 0)));
        using var stop = new CancellationTokenSource();
        var writing = Task.Run(() => ChurnAsync(other.Catalog, stop.Token));
        try
        {
            foreach (var limit in new[] { 1, 7, 50 })
            {
                var query = new CatalogQuery(Scope, "at") { AllOf = ["open"], AnyOf = ["open", "churning"], Limit = limit };
                var ids = (await Catalog.WalkAsync(query)).Select(e => e.Id).ToArray();
                var expected = Enumerable.Range(0, 150).Select(i => $"stays{i}").Order();
                Assert.Equal(expected, ids.Where(id => id.StartsWith("stays")).Order());
            }
        }
        finally
        {
            await stop.CancelAsync();
        }

        await writing;
    }

    [Fact]
    public async Task QueryAsync_PageExactlyFull_HasNoNext()
    {
        for (var i = 0; i < 6; i++)
        {
            await Catalog.PutAsync(Scope, Document($"d{i}", i, "open"), 0);
        }

        var query = new CatalogQuery(Scope, "at") { AllOf = ["open"], Limit = 3 };
        var first = await Catalog.QueryAsync(query);
        Assert.Equal(new CatalogCursor(3, "d3"), first.Next);
        var second = await Catalog.QueryAsync(query with { After = first.Next });
        Assert.Equal(["d2", "d1", "d0"], second.Entries.Select(e => e.Id));
        Assert.Null(second.Next);
    }

    [Fact]
    public async Task QueryAsync_ThousandOnAPage_AreThere()
    {
        await Task.WhenAll(Enumerable.Range(0, 1_001).Select(i => Catalog.PutAsync(Scope, Document($"d{i:0000}", i, "open"), 0)));
        var page = await Catalog.QueryAsync(new CatalogQuery(Scope, "at") { Limit = 1_000 });
        Assert.Equal(Enumerable.Range(1, 1_000).Reverse().Select(i => $"d{i:0000}"), page.Entries.Select(e => e.Id));
        Assert.Equal(new CatalogCursor(1, "d0001"), page.Next);
        Assert.Equal(100, (await Catalog.QueryAsync(new CatalogQuery(Scope, "at"))).Entries.Count);
    }

    [Fact]
    public async Task QueryAsync_LargeBodies_AreAllFoundOnTheWalk()
    {
        for (var i = 0; i < 12; i++)
        {
            await Catalog.PutAsync(Scope, Document($"d{i:00}", i, "open") with { Body = Some.Bytes(300_000, i) }, 0);
        }

        var walked = await Catalog.WalkAsync(new CatalogQuery(Scope, "at") { AllOf = ["open"], Limit = 10 });
        Assert.Equal(Enumerable.Range(0, 12).Reverse().Select(i => $"d{i:00}"), walked.Select(e => e.Id));
        Assert.All(walked, e => Assert.Equal(Some.Bytes(300_000, int.Parse(e.Id[1..])), e.Body.ToArray()));
    }

    private static IReadOnlyList<CatalogDocument> Find(IEnumerable<CatalogDocument> documents, CatalogQuery query) =>
        [.. documents
            .Where(d => query.AllOf.All(d.Terms.Contains))
            .Where(d => query.AnyOf.Count == 0 || query.AnyOf.Any(d.Terms.Contains))
            .Where(d => query.After is not { } after || Compare(d, after) > 0)
            .OrderByDescending(d => d.Orders["at"]).ThenByDescending(d => d.Id, StringComparer.Ordinal)];

    /// <summary>Above zero if the document comes after the place.</summary>
    private static int Compare(CatalogDocument document, CatalogCursor place) =>
        document.Orders["at"] != place.Value
            ? place.Value.CompareTo(document.Orders["at"])
            : string.CompareOrdinal(place.Id, document.Id);

    private static CatalogDocument Document(string id, long at, params string[] terms) =>
        new(id, default) { Terms = terms, Orders = new Dictionary<string, long> { ["at"] = at } };

    /// <summary>Makes, moves and removes documents, and rewrites those that keep terms and order, until told to stop.</summary>
    private static async Task ChurnAsync(ICatalog catalog, CancellationToken stop)
    {
        var random = new Random(1);
        while (!stop.IsCancellationRequested)
        {
            var (id, stays) = ($"churns{random.Next(40)}", random.Next(150));
            await catalog.PutAsync(Scope, Document(id, random.Next(30), "open", "churning"), null);
            await catalog.PutAsync(Scope, Document($"stays{stays}", stays / 5, "open") with { Body = Some.Bytes(10) }, null);
            await catalog.DeleteAsync(Scope, $"churns{random.Next(40)}");
        }
    }
}
