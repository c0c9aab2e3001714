using System.Collections.Immutable;
using RealtimeSessions.Testing;

namespace RealtimeSessions.EndToEnd.Tests.Deployments;

/// <summary>The servers that the tests of one collection share.</summary>
public abstract class Deployment : IAsyncLifetime
{
    private readonly List<ServerProcess> _servers = [];

    public IReadOnlyList<ServerProcess> Servers => _servers;

    public abstract Task InitializeAsync();

    public virtual async Task DisposeAsync()
    {
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }
    }

    protected async Task StartAsync(ImmutableDictionary<string, string> settings) => _servers.Add(await ServerProcess.StartAsync(settings));
}

/// <summary>One server on the embedded engine.</summary>
public sealed class EmbeddedDeployment : Deployment
{
    public const string Name = "embedded";

    public override Task InitializeAsync() => StartAsync(ImmutableDictionary<string, string>.Empty);

    [CollectionDefinition(Name)]
    public sealed class Collection : ICollectionFixture<EmbeddedDeployment>;
}

/// <summary>Two servers on one Redis.</summary>
public sealed class RedisDeployment : Deployment
{
    public const string Name = "redis";

    private RedisStorage? _storage;

    public override async Task InitializeAsync()
    {
        _storage = await RedisStorage.StartAsync();
        await StartAsync(_storage.Settings);
        await StartAsync(_storage.Settings);
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        if (_storage is not null)
        {
            await _storage.DisposeAsync();
        }
    }

    [CollectionDefinition(Name)]
    public sealed class Collection : ICollectionFixture<RedisDeployment>;
}
