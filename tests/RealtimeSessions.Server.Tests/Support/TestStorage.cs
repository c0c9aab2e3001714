using RealtimeSessions.EventLog;
using RealtimeSessions.EventLog.Embedded;
using RealtimeSessions.EventLog.Redis;
using RealtimeSessions.Testing;

namespace RealtimeSessions.Server.Tests.Support;

/// <summary>Fresh storage that several servers share. Disposal closes their engines.</summary>
internal sealed class TestStorage : IAsyncDisposable
{
    /// <summary>A busy machine is no outage.</summary>
    private const string Patient = ",connectTimeout=30000,syncTimeout=30000";

    private readonly TemporaryFolder _folder = new();
    private readonly List<IStorageEngine> _engines = [];
    private readonly LogOptions _log;
    private readonly RedisOptions? _redis;

    /// <param name="log">The limits of logs.</param>
    /// <param name="redis">Where the storage is; null: in the embedded engine.</param>
    public TestStorage(LogOptions log, RedisServer? redis)
    {
        _log = log;
        _redis = redis is null
            ? null
            : new RedisOptions { ConnectionString = redis.ConnectionString + Patient, KeyPrefix = $"test{Guid.NewGuid():N}" };
    }

    /// <summary>An engine for one server: its own where there can be several, else the one that there is.</summary>
    public async Task<IStorageEngine> OpenAsync()
    {
        if (_redis is not null)
        {
            _engines.Add(await RedisEngine.OpenAsync(_redis, _log, TimeProvider.System, new RecordedLogs()));
        }
        else if (_engines.Count == 0)
        {
            var options = new EmbeddedOptions { Directory = _folder.Path };
            _engines.Add(await EmbeddedEngine.OpenAsync(options, _log, TimeProvider.System, new RecordedLogs()));
        }

        return _engines[^1];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var engine in _engines)
        {
            await engine.DisposeAsync();
        }

        _folder.Dispose();
    }
}
