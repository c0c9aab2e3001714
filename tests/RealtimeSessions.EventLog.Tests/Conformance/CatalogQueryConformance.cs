using RealtimeSessions.EventLog.Tests.Support;

namespace RealtimeSessions.EventLog.Tests.Conformance;

/// <summary>Queries: terms, orders, pages.</summary>
public abstract class CatalogQueryConformance(IEngineFixture fixture) : EngineConformance(fixture)
{
    private const string Scope = "sessions/demo";
    private const long Largest = 1L << 53;

    private static CatalogQuery All => new(Scope, "at") { Limit = 1_000 };

    [Fact]
    public async Task QueryAsync_NoSuchScopeOrOrder_IsEmpty()
    {
        await PutAsync("a", 1);
        foreach (var query in new[] { All with { Scope = "never" }, All with { OrderBy = "name" }, All with { AllOf = ["none"] } })
        {
            var page = await Catalog.QueryAsync(query);
            Assert.Empty(page.Entries);
            Assert.Null(page.Next);
        }
    }

    [Fact]
    public async Task QueryAsync_ByOrderValue_IsHighestFirst()
    {
        long[] values = [5, -5, 0, Largest, -Largest, Largest - 1, 1, 1_790_000_000_000, 1_790_000_000_001];
        foreach (var value in values)
        {
            await PutAsync($"of {value}", value);
        }

        Assert.Equal(values.OrderDescending().Select(v => $"of {v}"), await IdsAsync(All));
        Assert.Equal(values.OrderDescending().Select(v => $"of {v}"), await WalkAsync(All with { Limit = 1 }));
    }

    [Fact]
    public async Task QueryAsync_EqualValues_AreByIdDescendingOrdinal()
    {
        string[] ids = [.. HostileText.Ids];
        foreach (var id in ids)
        {
            await PutAsync(id, 7);
        }

        var expected = ids.OrderDescending(StringComparer.Ordinal);
        Assert.Equal(expected, await IdsAsync(All));
        Assert.Equal(expected, await WalkAsync(All with { Limit = 1 }));
        Assert.Equal(expected, await WalkAsync(All with { Limit = 7 }));
    }

    [Fact]
    public async Task QueryAsync_DocumentsWithoutTheOrder_AreNotFound()
    {
        await PutAsync("a", 1);
        await Catalog.PutAsync(Scope, new CatalogDocument("b", default), 0);
        await Catalog.PutAsync(Scope, new CatalogDocument("c", default) { Orders = new Dictionary<string, long> { ["AT"] = 3 } }, 0);
        Assert.Equal(["a"], await IdsAsync(All));
    }

    [Fact]
    public async Task QueryAsync_SeveralOrders_EachIsItsOwn()
    {
        Dictionary<string, (long Made, long Changed)> documents = new() { ["a"] = (1, 9), ["b"] = (2, 8), ["c"] = (3, 10) };
        foreach (var (id, (made, changed)) in documents)
        {
            var orders = new Dictionary<string, long> { ["made"] = made, ["changed"] = changed };
            await Catalog.PutAsync(Scope, new CatalogDocument(id, default) { Orders = orders }, 0);
        }

        Assert.Equal(["c", "b", "a"], await IdsAsync(All with { OrderBy = "made" }));
        Assert.Equal(["c", "a", "b"], await IdsAsync(All with { OrderBy = "changed" }));
    }

    [Fact]
    public async Task QueryAsync_Terms_AllAndAnyCombine()
    {
        await PutAsync("a", 1, "open", "red");
        await PutAsync("b", 2, "open", "blue", "red");
        await PutAsync("c", 3, "open", "green");
        await PutAsync("d", 4, "closed", "red");
        await PutAsync("e", 5);
        Assert.Equal(["e", "d", "c", "b", "a"], await IdsAsync(All));
        Assert.Equal(["c", "b", "a"], await IdsAsync(All with { AllOf = ["open"] }));
        Assert.Equal(["b", "a"], await IdsAsync(All with { AllOf = ["open", "red"] }));
        Assert.Equal(["d", "b", "a"], await IdsAsync(All with { AnyOf = ["red", "blue"] }));
        Assert.Equal(["c", "b"], await IdsAsync(All with { AllOf = ["open"], AnyOf = ["blue", "green", "none"] }));
        Assert.Equal(["b"], await IdsAsync(All with { AllOf = ["open", "red"], AnyOf = ["blue", "green"] }));
        Assert.Empty(await IdsAsync(All with { AllOf = ["open", "none"] }));
        Assert.Empty(await IdsAsync(All with { AllOf = ["open"], AnyOf = ["none"] }));
        Assert.Equal(["c", "b"], await WalkAsync(All with { AllOf = ["open"], AnyOf = ["blue", "green", "red"], Limit = 1 }, take: 2));
    }

    [Fact]
    public async Task QueryAsync_HostileTerms_FindExactlyTheirDocuments()
    {
        var terms = HostileText.Terms;
        for (var i = 0; i < terms.Count; i++)
        {
            await PutAsync($"d{i}", i, terms[i], "common");
        }

        for (var i = 0; i < terms.Count; i++)
        {
            Assert.Equal([$"d{i}"], await IdsAsync(All with { AllOf = [terms[i]] }));
            Assert.Equal([$"d{i}"], await IdsAsync(All with { AllOf = ["common"], AnyOf = [terms[i]] }));
        }
    }

    [Fact]
    public async Task PutAsync_OtherTermsAndOrders_ReplaceTheFormerOnes()
    {
        await PutAsync("a", 1, "red", "round");
        await PutAsync("b", 2, "red");
        await PutAsync("a", 3, "blue", "round");
        Assert.Equal(["b"], await IdsAsync(All with { AllOf = ["red"] }));
        Assert.Equal(["a"], await IdsAsync(All with { AllOf = ["blue"] }));
        Assert.Equal(["a"], await IdsAsync(All with { AllOf = ["round"] }));
        Assert.Equal(["a", "b"], await IdsAsync(All));
        await Catalog.PutAsync(Scope, new CatalogDocument("a", default) { Terms = ["round"] }, null);
        Assert.Equal(["b"], await IdsAsync(All));
        Assert.Empty(await IdsAsync(All with { AllOf = ["round"] }));
    }

    [Fact]
    public async Task PutAsync_Refused_LeavesTermsAndOrders()
    {
        await PutAsync("a", 1, "red");
        var refused = new CatalogDocument("a", default) { Terms = ["blue"], Orders = new Dictionary<string, long> { ["at"] = 9 } };
        Assert.Null(await Catalog.PutAsync(Scope, refused, 0));
        Assert.Empty(await IdsAsync(All with { AllOf = ["blue"] }));
        Assert.Equal(["a"], await IdsAsync(All with { AllOf = ["red"], After = new CatalogCursor(2, "a") }));
    }

    [Fact]
    public async Task DeleteAsync_ADocument_IsNoLongerFound()
    {
        await PutAsync("a", 1, "red");
        await PutAsync("b", 2, "red");
        await Catalog.DeleteAsync(Scope, "b");
        Assert.Equal(["a"], await IdsAsync(All));
        Assert.Equal(["a"], await IdsAsync(All with { AnyOf = ["red"] }));
        await PutAsync("b", 0, "blue");
        Assert.Equal(["a"], await IdsAsync(All with { AllOf = ["red"] }));
    }

    [Fact]
    public async Task QueryAsync_Entries_CarryBodyAndVersion()
    {
        byte[] body = [0, 1, 255];
        var document = new CatalogDocument("a", body) { Orders = new Dictionary<string, long> { ["at"] = 1 } };
        await Catalog.PutAsync(Scope, document, 0);
        await Catalog.PutAsync(Scope, document, 1);
        var entry = Assert.Single((await Catalog.QueryAsync(All)).Entries);
        Assert.Equal((await Catalog.GetAsync(Scope, "a"))!.Version, entry.Version);
        Assert.Equal(body, entry.Body.ToArray());
    }

    private async Task PutAsync(string id, long at, params string[] terms)
    {
        var document = new CatalogDocument(id, default) { Terms = terms, Orders = new Dictionary<string, long> { ["at"] = at } };
        Assert.NotNull(await Catalog.PutAsync(Scope, document, null));
    }

    private async Task<IEnumerable<string>> IdsAsync(CatalogQuery query) => (await Catalog.QueryAsync(query)).Entries.Select(e => e.Id);

    private async Task<IReadOnlyList<string>> WalkAsync(CatalogQuery query, int take = int.MaxValue) =>
        [.. (await Catalog.WalkAsync(query)).Take(take).Select(e => e.Id)];
}
