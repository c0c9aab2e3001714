using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using RealtimeSessions.EventLog.Redis;
using RealtimeSessions.Testing;

namespace RealtimeSessions.EventLog.Tests.Redis;

/// <summary>What is said at the start about servers that could lose acknowledged data.</summary>
public sealed class RedisServerCheckTests
{
    private const int SettingsHidden = 2120, AppendOnlyOff = 2121, FsyncNotAlways = 2122, MayEvict = 2123;

    [Fact]
    public async Task OpenAsync_ServerThatKeepsEverything_WarnsOfNothing() =>
        Assert.Empty(await OpenAsync("--appendonly", "yes", "--appendfsync", "always"));

    [Fact]
    public async Task OpenAsync_WithoutAppendOnlyFile_WarnsOnce() =>
        Assert.Equal([(LogLevel.Warning, AppendOnlyOff)], await OpenAsync());

    [Fact]
    public async Task OpenAsync_FsyncEverySecondAndEviction_WarnsOfBoth() =>
        Assert.Equal(
            [(LogLevel.Warning, FsyncNotAlways), (LogLevel.Warning, MayEvict)],
            await OpenAsync("--appendonly", "yes", "--maxmemory-policy", "allkeys-lru"));

    [Fact]
    public async Task OpenAsync_ConfigForbidden_SaysThatNothingWasChecked() =>
        Assert.Equal([(LogLevel.Information, SettingsHidden)], await OpenAsync("--rename-command", "CONFIG", ""));

    private static async Task<(LogLevel Level, int Id)[]> OpenAsync(params string[] arguments)
    {
        await using var server = await RedisServer.StartAsync(arguments);
        using var loggers = new ListLoggerFactory();
        await using var engine = await RedisEngine.OpenAsync(
            new RedisOptions { ConnectionString = server.ConnectionString }, new LogOptions(), TimeProvider.System, loggers);
        return [.. loggers.Entries.Where(entry => entry.Id is >= SettingsHidden and <= MayEvict).OrderBy(entry => entry.Id)];
    }

    /// <summary>A factory whose one logger notes the level and id of each entry.</summary>
    private sealed class ListLoggerFactory : ILoggerFactory, ILogger
    {
        public ConcurrentQueue<(LogLevel Level, int Id)> Entries { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Entries.Enqueue((logLevel, eventId.Id));

        public void Dispose()
        {
        }
    }
}
