using RealtimeSessions.Testing;

namespace RealtimeSessions.EndToEnd.Tests.Deployments;

/// <summary>A test with hub clients of its own on shared servers. It fails if a server logs an error meanwhile.</summary>
public abstract class HubTest(Deployment deployment) : IAsyncLifetime
{
    private readonly List<HubClient> _clients = [];

    /// <summary>A server.</summary>
    protected ServerProcess First => deployment.Servers[0];

    /// <summary>Another server of the same deployment, where there is one.</summary>
    protected ServerProcess Second => deployment.Servers[^1];

    public virtual Task InitializeAsync() => Task.CompletedTask;

    public virtual async Task DisposeAsync()
    {
        foreach (var client in _clients)
        {
            await client.DisposeAsync();
        }

        Assert.All(deployment.Servers, server => server.AssertNoErrors());
    }

    protected async Task<HubClient> ConnectAsync(string user, ServerProcess? server = null, int? receiveBuffer = null)
    {
        var client = await HubClient.ConnectAsync((server ?? First).Address, await (server ?? First).SignInAsync(user), receiveBuffer);
        _clients.Add(client);
        return client;
    }
}
