using System.Collections.Immutable;
using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.Testing;

namespace RealtimeSessions.EndToEnd.Tests.Conversations.Rest;

/// <summary>A server of its own, whose numbers begin at 1.</summary>
internal sealed class FreshServer : IAsyncDisposable
{
    private readonly RedisStorage? _redis;

    private FreshServer(ServerProcess process, RedisStorage? redis) => (Process, _redis) = (process, redis);

    public ServerProcess Process { get; }

    /// <param name="engine">The name of a deployment.</param>
    public static async Task<FreshServer> StartAsync(string engine)
    {
        var redis = engine == RedisDeployment.Name ? await RedisStorage.StartAsync() : null;
        return new FreshServer(await ServerProcess.StartAsync(redis?.Settings ?? ImmutableDictionary<string, string>.Empty), redis);
    }

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        if (_redis is not null)
        {
            await _redis.DisposeAsync();
        }
    }
}
