using RealtimeSessions.EventLog.Tests.Support;
using RealtimeSessions.Testing;

namespace RealtimeSessions.EventLog.Tests.Conformance;

/// <summary>Waiting for a scope to change.</summary>
public abstract class CatalogChangeConformance(IEngineFixture fixture) : EngineConformance(fixture)
{
    private const string Scope = "roles/demo";

    /// <summary>The clock stands still, so only an announcement can wake a wait.</summary>
    public override Task InitializeAsync() => OpenAsync(new LogOptions(), new VirtualTime());

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(99)]
    public async Task WaitForChangeAsync_AnotherVersionThanKnown_AnswersAtOnce(long known)
    {
        await PutAsync();
        await PutAsync();
        var version = await Catalog.GetVersionAsync(Scope);
        Assert.NotEqual(known, version);
        Assert.Equal(version, await WaitAsync(Catalog, known));
    }

    [Fact]
    public async Task WaitForChangeAsync_EveryChange_WakesByItsAnnouncement()
    {
        var other = await OtherServerAsync();
        for (var round = 0; round < 20; round++)
        {
            var known = await Catalog.GetVersionAsync(Scope);
            var waits = new[] { WaitAsync(Catalog, known), WaitAsync(other.Catalog, known), WaitAsync(other.Catalog, known) };
            Assert.DoesNotContain(waits, wait => wait.IsCompleted);
            await (round % 3 == 2 ? Catalog.DeleteAsync(Scope, "a") : PutAsync());
            Assert.All(await Task.WhenAll(waits), version => Assert.True(version > known));
        }
    }

    [Fact]
    public async Task WaitForChangeAsync_ScopeNeverWritten_WakesByItsFirstDocument()
    {
        var waiting = WaitAsync((await OtherServerAsync()).Catalog, 0);
        Assert.False(waiting.IsCompleted);
        await PutAsync();
        Assert.Equal(await Catalog.GetVersionAsync(Scope), await waiting);
    }

    [Fact]
    public async Task WaitForChangeAsync_OtherScopeChanges_GoesOnWaiting()
    {
        await PutAsync();
        var known = await Catalog.GetVersionAsync(Scope);
        var waiting = WaitAsync(Catalog, known);
        await Catalog.PutAsync("roles/demo2", new CatalogDocument("a", default), null);
        await Catalog.PutAsync("roles", new CatalogDocument("a", default), null);
        await WaitAsync(Catalog, 0, "roles/demo2");
        await WaitAsync(Catalog, 0, "roles");
        Assert.False(waiting.IsCompleted);
        await PutAsync();
        Assert.Equal(await Catalog.GetVersionAsync(Scope), await waiting);
    }

    [Fact]
    public async Task WaitForChangeAsync_Cancelled_ThrowsAndOthersGoOn()
    {
        using var cancellation = new CancellationTokenSource();
        var cancelled = Catalog.WaitForChangeAsync(Scope, 0, cancellation.Token);
        var waiting = WaitAsync(Catalog, 0);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.WaitAsync(EventLogSteps.Patience));
        Assert.False(waiting.IsCompleted);
        await PutAsync();
        await waiting;
    }

    [Fact]
    public async Task WaitForChangeAsync_FollowingEveryChange_SeesTheLast()
    {
        var other = await OtherServerAsync();
        var following = Task.Run(async () =>
        {
            for (long known = 0; known < 200;)
            {
                var next = await WaitAsync(other.Catalog, known);
                Assert.True(next > known);
                known = next;
            }
        });
        while (await Catalog.GetVersionAsync(Scope) < 200)
        {
            await PutAsync();
        }

        await following;
    }

    [Fact]
    public async Task WaitForChangeAsync_ConnectionsBroken_StillWakes()
    {
        await OpenAsync(new LogOptions());
        var other = await OtherServerAsync();
        for (var round = 0; round < 3; round++)
        {
            var known = await Catalog.GetVersionAsync(Scope);
            var waiting = WaitAsync(other.Catalog, known);
            await Storage.BreakConnectionsAsync();
            await PutAsync();
            Assert.True(await waiting > known);
        }
    }

    private static Task<long> WaitAsync(ICatalog catalog, long known, string scope = Scope) =>
        catalog.WaitForChangeAsync(scope, known, CancellationToken.None).WaitAsync(EventLogSteps.Patience);

    private Task PutAsync() => Catalog.PutAsync(Scope, new CatalogDocument("a", default), null);
}
