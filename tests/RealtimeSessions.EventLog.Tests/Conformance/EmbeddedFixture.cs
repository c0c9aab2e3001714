using Microsoft.Extensions.Logging;
using RealtimeSessions.EventLog.Embedded;
using RealtimeSessions.Testing;

namespace RealtimeSessions.EventLog.Tests.Conformance;

/// <summary>Embedded engines, each in a folder of its own.</summary>
public sealed class EmbeddedFixture : IEngineFixture
{
    public async Task<IEngineStorage> CreateAsync(LogOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        var storage = new Storage(options, time, loggers);
        await storage.ReopenAsync();
        return storage;
    }

    private sealed class Storage(LogOptions options, TimeProvider time, ILoggerFactory loggers) : IEngineStorage
    {
        private readonly TemporaryFolder _folder = new();
        private EmbeddedEngine? _engine;

        public IStorageEngine Engine => _engine!;

        public Task<IStorageEngine?> OpenOtherAsync() => Task.FromResult<IStorageEngine?>(null);

        public async Task ReopenAsync()
        {
            await CloseAsync();
            _engine = await EmbeddedEngine.OpenAsync(new EmbeddedOptions { Directory = _folder.Path }, options, time, loggers);
        }

        public Task BreakConnectionsAsync() => Task.CompletedTask;

        public async ValueTask DisposeAsync()
        {
            await CloseAsync();
            _folder.Dispose();
        }

        private ValueTask CloseAsync() => _engine?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}
