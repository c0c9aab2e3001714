using System.Net;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace RealtimeSessions.EventLog.Redis;

/// <summary>
/// Looks at the servers once, at the start: refuses those that are too old, and warns of settings with which acknowledged data can be
/// lost.
/// </summary>
internal sealed partial class RedisServerCheck(
    IConnectionMultiplexer multiplexer, TimeSpan timeout, TimeProvider time, ILogger<RedisServerCheck> logger)
{
    private static readonly Version MinimumVersion = new(6, 2);
    private readonly ILogger _logger = logger;

    /// <returns>Version, addresses and durability, for <see cref="IStorageEngine.Description"/>.</returns>
    /// <exception cref="InvalidOperationException">A server is older than Redis 6.2.</exception>
    public async Task<string> RunAsync()
    {
        var servers = multiplexer.GetEndPoints().Select(endPoint => multiplexer.GetServer(endPoint)).Where(server => server.IsConnected)
            .ToArray();
        if (Array.Find(servers, server => server.Version < MinimumVersion) is { } old)
        {
            throw new InvalidOperationException(
                $"Redis at {Name(old.EndPoint)} has version {old.Version}; version {MinimumVersion} or later (or Valkey) is needed.");
        }

        var appendOnly = await ReadAsync(servers, "appendonly");
        var appendFsync = await ReadAsync(servers, "appendfsync");
        var maxMemoryPolicy = await ReadAsync(servers, "maxmemory-policy");
        if (appendOnly.Concat(maxMemoryPolicy).Contains(null))
        {
            LogSettingsHidden();
        }

        if (appendOnly.Contains("no"))
        {
            LogAppendOnlyOff();
        }
        else if (appendFsync.FirstOrDefault(value => value is not (null or "always")) is { } fsync)
        {
            LogFsyncNotAlways(fsync);
        }

        if (maxMemoryPolicy.FirstOrDefault(value => value is not (null or "noeviction")) is { } policy)
        {
            LogMayEvict(policy);
        }

        var where = string.Join(", ", servers.Select(server => Name(server.EndPoint)));
        return $"Redis {servers.FirstOrDefault()?.Version} at {where} ({Durability(appendOnly, appendFsync)})";
    }

    private static string Durability(string?[] appendOnly, string?[] appendFsync) =>
        appendOnly.Contains("no") ? "not durable: appendonly no"
        : appendOnly.Contains(null) ? "durability unknown"
        : $"appendfsync {string.Join("/", appendFsync.Distinct())}";

    private static string Name(EndPoint endPoint) => endPoint is DnsEndPoint dns ? $"{dns.Host}:{dns.Port}" : endPoint.ToString() ?? "";

    /// <summary>One setting of every server; null where it may not be read.</summary>
    private Task<string?[]> ReadAsync(IServer[] servers, string setting) => Task.WhenAll(servers.Select(async server =>
    {
        try
        {
            return (await server.ConfigGetAsync(setting).WaitAsync(timeout, time)).Select(pair => pair.Value).FirstOrDefault();
        }
        catch (Exception e) when (RedisErrors.IsOutage(e))
        {
            return null;
        }
    }));

    [LoggerMessage(2120, LogLevel.Information,
        "Redis does not let its settings be read (appendonly, appendfsync, maxmemory-policy): it may lose acknowledged data or not.")]
    private partial void LogSettingsHidden();

    [LoggerMessage(2121, LogLevel.Warning,
        "Redis has appendonly off: a restart loses everything since its last dump. Set 'appendonly yes' and 'appendfsync always'.")]
    private partial void LogAppendOnlyOff();

    [LoggerMessage(2122, LogLevel.Warning,
        "Redis has appendfsync '{AppendFsync}': a crash of its machine can lose acknowledged data. Set 'appendfsync always'.")]
    private partial void LogFsyncNotAlways(string appendFsync);

    [LoggerMessage(2123, LogLevel.Warning,
        "Redis has maxmemory-policy '{Policy}': it may drop data when memory is short. Set 'maxmemory-policy noeviction'.")]
    private partial void LogMayEvict(string policy);
}
