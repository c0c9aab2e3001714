using Microsoft.Extensions.Logging;
using RealtimeSessions.EventLog.Redis;
using RealtimeSessions.Testing;

namespace RealtimeSessions.EventLog.Tests.Conformance;

/// <summary>Redis engines on one real server, each under a prefix of its own.</summary>
public sealed class RedisFixture : IEngineFixture, IAsyncLifetime
{
    /// <summary>A busy machine is no outage.</summary>
    private const string Patient = ",connectTimeout=30000,syncTimeout=30000";

    private RedisServer? _server;
    private int _prefixes;

    public async Task InitializeAsync() => _server = await RedisServer.StartAsync();

    public async Task DisposeAsync() => await _server!.DisposeAsync();

    public async Task<IEngineStorage> CreateAsync(LogOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        var prefix = $"test{Interlocked.Increment(ref _prefixes)}";
        var redis = new RedisOptions { ConnectionString = _server!.ConnectionString + Patient, KeyPrefix = prefix };
        var storage = new Storage(async () => await RedisEngine.OpenAsync(redis, options, time, loggers), _server);
        await storage.ReopenAsync();
        return storage;
    }

    private sealed class Storage(Func<Task<IStorageEngine>> open, RedisServer server) : IEngineStorage
    {
        private readonly List<IStorageEngine> _engines = [];

        public IStorageEngine Engine => _engines[0];

        public async Task<IStorageEngine?> OpenOtherAsync()
        {
            _engines.Add(await open());
            return _engines[^1];
        }

        public async Task ReopenAsync()
        {
            await DisposeAsync();
            _engines.Add(await open());
        }

        public Task BreakConnectionsAsync() => server.SendAsync("CLIENT KILL TYPE pubsub");

        public async ValueTask DisposeAsync()
        {
            foreach (var engine in _engines)
            {
                await engine.DisposeAsync();
            }

            _engines.Clear();
        }
    }
}
