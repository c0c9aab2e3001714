using RealtimeSessions.EventLog;
using RealtimeSessions.Server.Applications;
using RealtimeSessions.Server.Tests.Support;

namespace RealtimeSessions.Server.Tests.Applications;

public sealed class ApplicationCacheTests : IAsyncLifetime
{
    private ServerParts _parts = null!;

    public async Task InitializeAsync() => _parts = await ServerParts.StartAsync();

    public async Task DisposeAsync() => await _parts.DisposeAsync();

    [Fact]
    public async Task GetAsync_UnknownApplication_IsNull() => Assert.Null(await _parts.Applications.GetAsync("nothing"));

    [Fact]
    public async Task GetAsync_Twice_IsTheSameModel() =>
        Assert.Same(await _parts.Applications.GetAsync("demo"), await _parts.Applications.GetAsync("demo"));

    [Fact]
    public async Task GetAsync_RolesHaveChanged_HoldsTheNewOnesSoon()
    {
        Assert.NotEqual(Permissions.None, (await _parts.Applications.GetAsync("demo"))!.PermissionsOf(ServerParts.Carol));

        var entry = (await _parts.Store.GetAsync("demo"))!;
        await _parts.Store.PutAsync(ApplicationStore.Read(entry) with { Roles = [] }, entry.Version);

        await Wait.UntilAsync(async () => (await _parts.Applications.GetAsync("demo"))!.PermissionsOf(ServerParts.Carol) == Permissions.None);
    }

    [Fact]
    public async Task GetAsync_RolesCannotBeRead_LetsTheOldOnesGo()
    {
        await _parts.Applications.GetAsync("demo");

        await _parts.Catalog.PutAsync("applications", new CatalogDocument("demo", "broken"u8.ToArray()), expectedVersion: null);

        await Wait.UntilAsync(() => _parts.Logs.Errors.Count > 0);
        _parts.Logs.Clear();
        await Wait.UntilAsync(async () =>
        {
            try
            {
                await _parts.Applications.GetAsync("demo");
                return false;
            }
            catch (System.Text.Json.JsonException)
            {
                return true;
            }
        });
    }
}
