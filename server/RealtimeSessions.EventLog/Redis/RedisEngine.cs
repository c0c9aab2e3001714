using Microsoft.Extensions.Logging;
using RealtimeSessions.EventLog.Tails;
using StackExchange.Redis;

namespace RealtimeSessions.EventLog.Redis;

/// <summary>
/// Logs, catalog and bus in Redis 6.2 or later, or Valkey, single or Cluster: for any number of servers that share them.
/// </summary>
/// <remarks>
/// What is acknowledged is as durable as Redis is configured to make it; <see cref="OpenAsync"/> warns where it could be lost. After a
/// failover that lost acknowledged events, tails notice that the log does not continue what they read, and reset.
/// </remarks>
public sealed class RedisEngine : IStorageEngine
{
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LeastTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RoleCheckInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ReconnectInterval = TimeSpan.FromSeconds(1);

    private readonly RedisConnection _connection;
    private readonly RedisEventLog _eventLog;
    private readonly RedisTailSubscriptions _subscriptions;
    private readonly RedisCatalogAnnouncements _announcements;
    private readonly RedisMessageBus _bus;

    private RedisEngine(
        RedisConnection connection, RedisEventLog eventLog, RedisTailSubscriptions subscriptions,
        RedisCatalog catalog, RedisCatalogAnnouncements announcements, RedisMessageBus bus, string description)
    {
        (_connection, _eventLog, _subscriptions, _announcements, _bus) = (connection, eventLog, subscriptions, announcements, bus);
        (Catalog, Description) = (catalog, description);
    }

    /// <inheritdoc />
    public IEventLog EventLog => _eventLog;

    /// <inheritdoc />
    public ICatalog Catalog { get; }

    /// <inheritdoc />
    public IMessageBus Bus => _bus;

    /// <inheritdoc />
    public string Kind => "redis";

    /// <inheritdoc />
    public string? Problem => _connection.Problem;

    /// <inheritdoc />
    public string Description { get; }

    /// <summary>The open tails.</summary>
    internal TailRegistry Tails => _eventLog.Tails;

    /// <summary>Connects, and checks the version and the durability of the servers.</summary>
    /// <param name="options">Where Redis is.</param>
    /// <param name="logOptions">Limits of logs.</param>
    /// <param name="time">The clock.</param>
    /// <param name="loggers">For what the operator should know.</param>
    /// <exception cref="ArgumentException">The options are wrong.</exception>
    /// <exception cref="EngineUnavailableException">No server could be reached in time (<c>connectTimeout</c>).</exception>
    /// <exception cref="InvalidOperationException">A server is older than Redis 6.2.</exception>
    public static async Task<RedisEngine> OpenAsync(
        RedisOptions options, LogOptions logOptions, TimeProvider time, ILoggerFactory loggers)
    {
        var keys = new RedisKeys(options.KeyPrefix);
        var configuration = Configuration(options.ConnectionString);
        var multiplexer = await ConnectAsync(configuration);
        var timeout = TimeSpan.FromMilliseconds(configuration.SyncTimeout);
        var connection = new RedisConnection(multiplexer, timeout, time, loggers.CreateLogger<RedisConnection>());
        try
        {
            var description = await new RedisServerCheck(multiplexer, timeout, time, loggers.CreateLogger<RedisServerCheck>()).RunAsync();
            await connection.LoadScriptsAsync();
            var announcements = await RedisCatalogAnnouncements.OpenAsync(connection, keys);
            var eventLog = new RedisEventLog(connection, keys, logOptions, time);
            var subscriptions = new RedisTailSubscriptions(
                connection, keys, eventLog.Tails, time, loggers.CreateLogger<RedisTailSubscriptions>());
            var catalog = new RedisCatalog(connection, keys, announcements, time);
            var bus = new RedisMessageBus(connection, keys, time, loggers.CreateLogger<RedisMessageBus>());
            return new RedisEngine(connection, eventLog, subscriptions, catalog, announcements, bus, description);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _subscriptions.Dispose();
        _announcements.Dispose();
        _bus.Dispose();
        await _eventLog.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private static ConfigurationOptions Configuration(string connectionString)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        var configuration = ConfigurationOptions.Parse(connectionString);
        configuration.ClientName ??= "RealtimeSessions";
        configuration.AbortOnConnectFail = true;
        configuration.AllowAdmin = true; // for reading the settings that RedisServerCheck looks at
        configuration.ChannelPrefix = default; // scripts publish, and know nothing of it
        configuration.KeepAlive = configuration.KeepAlive > 0 ? configuration.KeepAlive : (int)KeepAlive.TotalSeconds;
        configuration.ConfigCheckSeconds = Math.Min(configuration.ConfigCheckSeconds, (int)RoleCheckInterval.TotalSeconds);
        configuration.SyncTimeout = Math.Max(configuration.SyncTimeout, (int)LeastTimeout.TotalMilliseconds);
        configuration.ReconnectRetryPolicy = new LinearRetry((int)ReconnectInterval.TotalMilliseconds);
        return configuration;
    }

    private static async Task<IConnectionMultiplexer> ConnectAsync(ConfigurationOptions configuration)
    {
        try
        {
            return await ConnectionMultiplexer.ConnectAsync(configuration);
        }
        catch (RedisException e)
        {
            var servers = string.Join(", ", configuration.EndPoints);
            throw new EngineUnavailableException($"Redis could not be reached at {servers}, or did not let us in.", e);
        }
    }
}
