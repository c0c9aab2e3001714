using RealtimeSessions.EventLog.Tests.Support;

namespace RealtimeSessions.EventLog.Tests.Conformance;

/// <summary>Documents by id: compare-and-set, versions, exact bytes.</summary>
public abstract class CatalogConformance(IEngineFixture fixture) : EngineConformance(fixture)
{
    private const string Scope = "sessions/demo";

    [Fact]
    public async Task GetAsync_NoSuchScopeOrDocument_IsNull()
    {
        Assert.Null(await Catalog.GetAsync(Scope, "a"));
        await PutAsync("b", null);
        Assert.Null(await Catalog.GetAsync(Scope, "a"));
        Assert.Null(await Catalog.GetAsync("sessions/other", "b"));
        Assert.Null(await Catalog.GetAsync(Scope, "B"));
    }

    [Fact]
    public async Task PutAsync_New_IsVersionOne()
    {
        Assert.Equal(1, await PutAsync("a", 0));
        Assert.Equal(1, await PutAsync("b", null));
        var entry = await Catalog.GetAsync(Scope, "a");
        Assert.Equal(("a", 1), (entry!.Id, entry.Version));
    }

    [Fact]
    public async Task PutAsync_ExpectedVersionIsThePresentOne_IsWritten()
    {
        var version = await PutAsync("a", 0);
        for (var i = 0; i < 5; i++)
        {
            var next = await PutAsync("a", version, $"body {i}");
            Assert.True(next > version);
            version = next;
            var entry = await Catalog.GetAsync(Scope, "a");
            Assert.Equal(((long)next!, $"body {i}"), (entry!.Version, Text(entry)));
        }
    }

    [Fact]
    public async Task PutAsync_ConditionFails_WritesNothing()
    {
        Assert.Null(await PutAsync("a", 1));
        Assert.Null(await Catalog.GetAsync(Scope, "a"));
        var first = await PutAsync("a", 0, "first");
        var second = await PutAsync("a", first, "second");
        var version = await Catalog.GetVersionAsync(Scope);

        Assert.Null(await PutAsync("a", 0, "third"));
        Assert.Null(await PutAsync("a", first, "third"));
        Assert.Null(await PutAsync("a", second + 1, "third"));
        var entry = await Catalog.GetAsync(Scope, "a");
        Assert.Equal((second, "second"), (entry!.Version, Text(entry)));
        Assert.Equal(version, await Catalog.GetVersionAsync(Scope));
    }

    [Fact]
    public async Task PutAsync_NoExpectation_WritesWhateverThereIs()
    {
        var first = await PutAsync("a", null, "first");
        Assert.True(await PutAsync("a", null, "second") > first);
        Assert.Equal("second", Text(await Catalog.GetAsync(Scope, "a")));
    }

    [Fact]
    public async Task DeleteAsync_ExpectedVersion_MustBeThePresentOne()
    {
        Assert.False(await Catalog.DeleteAsync(Scope, "a"));
        var first = await PutAsync("a", 0);
        var second = await PutAsync("a", first);
        Assert.False(await Catalog.DeleteAsync(Scope, "a", first));
        Assert.NotNull(await Catalog.GetAsync(Scope, "a"));
        Assert.True(await Catalog.DeleteAsync(Scope, "a", second));
        Assert.Null(await Catalog.GetAsync(Scope, "a"));
        Assert.False(await Catalog.DeleteAsync(Scope, "a", second));
        Assert.False(await Catalog.DeleteAsync(Scope, "a"));
    }

    [Fact]
    public async Task PutAsync_AnewAfterDeletion_StartsAboveTheVersionsItHad()
    {
        long highest = 0;
        for (var round = 0; round < 4; round++)
        {
            var made = await PutAsync("a", 0);
            Assert.True(made > highest);
            highest = (await PutAsync("a", made))!.Value;
            Assert.True(highest > made);
            Assert.True(await Catalog.DeleteAsync(Scope, "a"));
            Assert.Null(await PutAsync("a", highest));
        }
    }

    [Fact]
    public async Task GetVersionAsync_EveryWrite_Grows()
    {
        Assert.Equal(0, await Catalog.GetVersionAsync(Scope));
        var last = 0L;
        await GrowsAsync(() => PutAsync("a", 0));
        await GrowsAsync(() => PutAsync("a", null));
        await GrowsAsync(() => PutAsync("b", 0));
        await GrowsAsync(() => Catalog.DeleteAsync(Scope, "a"));
        await Catalog.DeleteAsync(Scope, "a");
        Assert.Equal(last, await Catalog.GetVersionAsync(Scope));
        Assert.Equal(0, await Catalog.GetVersionAsync("sessions"));

        async Task GrowsAsync(Func<Task> write)
        {
            await write();
            var version = await Catalog.GetVersionAsync(Scope);
            Assert.True(version > last);
            last = version;
        }
    }

    [Fact]
    public async Task PutAsync_ManyIncrementByCompareAndSet_LosesNone()
    {
        var other = await OtherServerAsync();
        await Catalog.PutAsync(Scope, new CatalogDocument("count", new byte[] { 0 }), 0);
        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(() => IncrementAsync(i % 2 == 0 ? Catalog : other.Catalog, 20))));
        var entry = await Catalog.GetAsync(Scope, "count");
        Assert.Equal(120, entry!.Body.Span[0]);
        Assert.Equal(121, entry.Version);
    }

    [Fact]
    public async Task PutAsync_ManyMakeOneDocument_OneWins()
    {
        var other = await OtherServerAsync();
        var versions = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() =>
            (i % 2 == 0 ? Catalog : other.Catalog).PutAsync(Scope, new CatalogDocument("a", new[] { (byte)i }), 0))));
        Assert.Equal(1, Assert.Single(versions, v => v is not null));
    }

    public static TheoryData<byte[]> Bodies => new([], [0], [0, 255, 0], Some.Bytes(4 * 1024 * 1024));

    [Theory]
    [MemberData(nameof(Bodies), DisableDiscoveryEnumeration = true)]
    public async Task GetAsync_AnyBody_IsReadByteForByte(byte[] body)
    {
        await Catalog.PutAsync(Scope, new CatalogDocument("a", body), 0);
        var entry = await Catalog.GetAsync(Scope, "a");
        Assert.True(body.AsSpan().SequenceEqual(entry!.Body.Span));
    }

    [Fact]
    public async Task GetAsync_HostileIds_AreSeparateDocuments()
    {
        string[] ids = [.. HostileText.Ids];
        foreach (var id in ids)
        {
            Assert.Equal(1, await PutAsync(id, 0, $"of {id}"));
        }

        foreach (var id in ids)
        {
            var entry = await Catalog.GetAsync(Scope, id);
            Assert.Equal((id, $"of {id}"), (entry!.Id, Text(entry)));
            Assert.True(await Catalog.DeleteAsync(Scope, id, 1));
        }
    }

    private static async Task IncrementAsync(ICatalog catalog, int times)
    {
        while (times > 0)
        {
            var entry = await catalog.GetAsync(Scope, "count");
            var next = entry!.Body.ToArray();
            next[0]++;
            if (await catalog.PutAsync(Scope, new CatalogDocument("count", next), entry.Version) is not null)
            {
                times--;
            }
        }
    }

    private static string Text(CatalogEntry? entry) => System.Text.Encoding.UTF8.GetString(entry!.Body.Span);

    private Task<long?> PutAsync(string id, long? expectedVersion, string body = "body") =>
        Catalog.PutAsync(Scope, new CatalogDocument(id, System.Text.Encoding.UTF8.GetBytes(body)), expectedVersion);
}
