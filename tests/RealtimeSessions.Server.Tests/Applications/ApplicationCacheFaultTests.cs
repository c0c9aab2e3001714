using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using RealtimeSessions.EventLog;
using RealtimeSessions.Server.Applications;
using RealtimeSessions.Server.Tests.Support;
using RealtimeSessions.Testing;

namespace RealtimeSessions.Server.Tests.Applications;

/// <summary>A cache whose storage fails, is slow, loses history, or is not asked for long.</summary>
public sealed class ApplicationCacheFaultTests : ApplicationTest
{
    private readonly VirtualTime _time = new();
    private ScriptedCatalog _catalog = null!;
    private ApplicationCache _cache = null!;

    public override async Task DisposeAsync()
    {
        _cache.Dispose();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task GetAsync_WhileTheStorageIsAway_GivesTheLastKnownAndThenTheNew()
    {
        Start(TimeProvider.System);
        var known = await _cache.GetAsync("demo");
        _catalog.IsDown = true;

        Value(await Service.PublishAsync(ServerParts.Alice, Demo));
        await Wait.UntilAsync(() => _catalog.Refused >= 2);

        Assert.Same(known, await _cache.GetAsync("demo"));
        await Assert.ThrowsAsync<EngineUnavailableException>(async () => await _cache.GetAsync("other"));
        _catalog.IsDown = false;
        await Wait.UntilAsync(async () => (await _cache.GetAsync("demo"))!.Application.PublishedVersion == 1);
    }

    [Fact]
    public async Task Follow_WhileTheStorageIsAway_TellsTheFirstReadingLater()
    {
        Start(TimeProvider.System);
        _catalog.IsDown = true;
        var told = Channel.CreateUnbounded<ApplicationModel?>();
        using var follower = _cache.Follow("demo", model => told.Writer.TryWrite(model));
        await Wait.UntilAsync(() => _catalog.Refused >= 1);
        Assert.False(told.Reader.TryPeek(out _));

        _catalog.IsDown = false;

        Assert.Equal("demo", (await told.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20)))!.Application.ApplicationId);
    }

    [Fact]
    public async Task GetAsync_AReadingThatComesLate_NeverReplacesANewerOne()
    {
        Start(TimeProvider.System);
        var hold = new TaskCompletionSource();
        _catalog.HoldNext = hold.Task;
        var late = _cache.GetAsync("demo");
        Value(await Service.PublishAsync(ServerParts.Alice, Demo));
        await Wait.UntilAsync(async () => (await _cache.GetAsync("demo"))!.Application.PublishedVersion == 1);
        var newer = await _cache.GetAsync("demo");

        hold.SetResult();

        Assert.Same(newer, await late);
        Assert.Same(newer, await _cache.GetAsync("demo"));
    }

    [Fact]
    public async Task GetAsync_StorageHasLostHistory_HoldsWhatIsStoredNow()
    {
        await using var older = await ServerParts.StartAsync();
        Start(TimeProvider.System);
        Value(await Service.PublishAsync(ServerParts.Alice, Demo));
        Assert.Equal(1, (await _cache.GetAsync("demo"))!.Application.PublishedVersion);

        _catalog.Inner = older.Catalog;
        Value(await Service.CreateVersionAsync(ServerParts.Alice, Demo));

        await Wait.UntilAsync(async () => (await _cache.GetAsync("demo"))!.Application.PublishedVersion is null);
    }

    [Fact]
    public async Task GetAsync_AnApplicationNobodyUsed_IsReadAnew()
    {
        Start(_time);
        var model = await _cache.GetAsync("demo");

        await PassAsync(minutes: 9);
        Assert.Same(model, await _cache.GetAsync("demo"));
        await PassAsync(minutes: 9);
        Assert.Same(model, await _cache.GetAsync("demo"));
        await PassAsync(minutes: 12);
        Assert.NotSame(model, await _cache.GetAsync("demo"));
    }

    [Fact]
    public async Task GetAsync_AnApplicationThatIsFollowed_StaysUntilLongAfter()
    {
        Start(_time);
        var model = await _cache.GetAsync("demo");
        var follower = _cache.Follow("demo", _ => { });

        await PassAsync(minutes: 30);
        follower.Dispose();
        await PassAsync(minutes: 9);
        Assert.Same(model, await _cache.GetAsync("demo"));
        await PassAsync(minutes: 12);
        Assert.NotSame(model, await _cache.GetAsync("demo"));
    }

    private void Start(TimeProvider time)
    {
        _catalog = new ScriptedCatalog(Parts.Catalog);
        _cache = new ApplicationCache(new ApplicationStore(_catalog), time, Parts.Logs.CreateLogger<ApplicationCache>());
    }

    /// <summary>Lets minutes pass, and after each the cache look for what it can let go; in the last two, certainly once.</summary>
    private async Task PassAsync(int minutes)
    {
        for (var minute = 0; minute < minutes; minute++)
        {
            await Wait.UntilAsync(() => _time.WaitingTimers == 1);
            var waits = _catalog.Waits;
            _time.Advance(TimeSpan.FromMinutes(1));
            await Wait.UntilAsync(() => _catalog.Waits > waits);
        }
    }
}
