using System.Text;
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

        await WriteViewerAsync("""{"name":"Viewer","permissions":[],"participants":[]}""");

        await Wait.UntilAsync(async () => (await _parts.Applications.GetAsync("demo"))!.PermissionsOf(ServerParts.Carol) == Permissions.None);
    }

    [Fact]
    public async Task GetAsync_RolesCannotBeRead_LetsTheOldOnesGo()
    {
        await _parts.Applications.GetAsync("demo");

        await WriteViewerAsync("broken");

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

    private async Task WriteViewerAsync(string role)
    {
        var document = new CatalogDocument("role:Viewer", Encoding.UTF8.GetBytes(role)) { Orders = new Dictionary<string, long> { ["rank"] = -3 } };
        Assert.NotNull(await _parts.Catalog.PutAsync("application/demo", document, expectedVersion: null));
    }
}
