using Microsoft.Extensions.Options;
using RealtimeSessions.EventLog;
using RealtimeSessions.EventLog.Embedded;
using RealtimeSessions.EventLog.Redis;
using RealtimeSessions.Server.Metrics;

namespace RealtimeSessions.Server.Storage;

/// <summary>Chooses the engine and opens it.</summary>
internal static class StorageSetup
{
    public static IServiceCollection AddStorage(this IServiceCollection services)
    {
        services.AddOptions<StorageOptions>().BindConfiguration("Storage")
            .Validate(options => options.Directory.Length > 0, "Storage:Directory is empty.")
            .Validate(options => options.RedisKeyPrefix.Length > 0, "Storage:RedisKeyPrefix is empty.").ValidateOnStart();
        services.AddOptions<LogOptions>().BindConfiguration("Log")
            .Validate(options => options.SnapshotMinimumBytes > 0, "Log:SnapshotMinimumBytes must be positive.")
            .Validate(options => options.SnapshotEvents > 0, "Log:SnapshotEvents must be positive.")
            .Validate(options => options.WriterRetention > TimeSpan.Zero, "Log:WriterRetention must be positive.")
            .Validate(options => options.MaximumWriters > 0, "Log:MaximumWriters must be positive.")
            .Validate(options => options.TailCheckInterval > TimeSpan.Zero, "Log:TailCheckInterval must be positive.")
            .ValidateOnStart();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<EngineHost>();
        services.AddSingleton<IEventLog>(provider => new MeasuredEventLog(
            provider.GetRequiredService<EngineHost>().Engine.EventLog, provider.GetRequiredService<ServerMetrics>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => provider.GetRequiredService<EngineHost>().Engine.Catalog);
        services.AddSingleton(provider => provider.GetRequiredService<EngineHost>().Engine.Bus);
        return services;
    }

    /// <summary>Opens the engine; nothing else can be made before.</summary>
    public static Task OpenStorageAsync(this IHost host) => host.Services.GetRequiredService<EngineHost>().OpenAsync();
}

/// <summary>Owns the engine: opened before anything that needs it is made, closed when everything else has stopped.</summary>
internal sealed class EngineHost(
    IConfiguration configuration, IOptions<StorageOptions> options, IOptions<LogOptions> log, TimeProvider time, ILoggerFactory loggers)
    : IAsyncDisposable
{
    private IStorageEngine? _engine;

    public IStorageEngine Engine => _engine ?? throw new InvalidOperationException("The storage engine is not open.");

    public async Task OpenAsync()
    {
        var storage = options.Value;
        try
        {
            _engine = configuration.GetConnectionString("Redis") is { Length: > 0 } redis
                ? await RedisEngine.OpenAsync(
                    new RedisOptions { ConnectionString = redis, KeyPrefix = storage.RedisKeyPrefix }, log.Value, time, loggers)
                : await EmbeddedEngine.OpenAsync(
                    new EmbeddedOptions { Directory = storage.Directory, Durability = storage.Durability }, log.Value, time, loggers);
        }
        catch (InvalidOperationException exception)
        {
            throw new EngineUnavailableException(exception.Message, exception);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _engine, null) is { } engine)
        {
            await engine.DisposeAsync();
        }
    }
}
