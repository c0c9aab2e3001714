using System.Collections.Immutable;
using RealtimeSessions.Testing;

namespace RealtimeSessions.EndToEnd.Tests.Deployments;

/// <summary>What the servers of one deployment share: a Redis, and a folder with the key of the development sign-in.</summary>
internal sealed class RedisStorage : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();

    private RedisStorage(RedisServer redis) => Redis = redis;

    public RedisServer Redis { get; }

    /// <summary>What a server on it is started with.</summary>
    public ImmutableDictionary<string, string> Settings => SettingsThrough(Redis.Port);

    /// <summary>Starts a Redis that keeps nothing beyond its end.</summary>
    public static async Task<RedisStorage> StartAsync() => new(await RedisServer.StartAsync());

    /// <summary>Starts a Redis that has lost nothing when it is started again.</summary>
    public static async Task<RedisStorage> StartDurableAsync() => new(await RedisServer.StartAsync("--appendonly", "yes", "--appendfsync", "always"));

    /// <summary>The settings of a server that reaches Redis at another port. A busy machine is given more than the usual 5 s to connect, and to answer.</summary>
    public ImmutableDictionary<string, string> SettingsThrough(int port) => ImmutableDictionary<string, string>.Empty
        .Add("ConnectionStrings__Redis", $"127.0.0.1:{port},connectTimeout=30000,syncTimeout=20000")
        .Add("Storage__Directory", _folder.Path);

    public async ValueTask DisposeAsync()
    {
        await Redis.DisposeAsync();
        _folder.Dispose();
    }
}
