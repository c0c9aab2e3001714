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

    private readonly TemporaryFolder _folder = new();
    private RedisServer? _redis;

    public override async Task InitializeAsync()
    {
        _redis = await RedisServer.StartAsync();
        var settings = Settings(_redis.ConnectionString, _folder);
        await StartAsync(settings);
        await StartAsync(settings);
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        if (_redis is not null)
        {
            await _redis.DisposeAsync();
        }

        _folder.Dispose();
    }

    /// <summary>
    /// Servers of one deployment share the folder, and with it the key of the development sign-in. A busy machine is given more than the
    /// usual 5 s to connect, and to answer.
    /// </summary>
    public static ImmutableDictionary<string, string> Settings(string redis, TemporaryFolder folder) => ImmutableDictionary<string, string>.Empty
        .Add("ConnectionStrings__Redis", redis + ",connectTimeout=30000,syncTimeout=20000")
        .Add("Storage__Directory", folder.Path);

    [CollectionDefinition(Name)]
    public sealed class Collection : ICollectionFixture<RedisDeployment>;
}
