using RealtimeSessions.EventLog.Tails;
using RealtimeSessions.Testing;

namespace RealtimeSessions.EventLog.Tests.Conformance;

/// <summary>What every conformance class stands on: an engine on fresh storage for each test.</summary>
public abstract class EngineConformance(IEngineFixture fixture) : IAsyncLifetime
{
    /// <summary>The log of a test that needs only one.</summary>
    protected static readonly LogId Log = new("session/demo/board-1");

    private readonly RecordedLogs _recorded = new();
    private IEngineStorage? _storage;
    private IStorageEngine? _other;

    protected IEngineStorage Storage => _storage!;

    protected IEventLog Logs => Storage.Engine.EventLog;

    protected ICatalog Catalog => Storage.Engine.Catalog;

    private protected ILogTailSource TailSource => Storage.Engine as ILogTailSource ?? (ILogTailSource)Logs;

    /// <summary>No tail is helped on by its comparison with the head: announcements must do, while nothing breaks.</summary>
    public virtual Task InitializeAsync() => OpenAsync(new LogOptions { TailCheckInterval = TimeSpan.FromHours(1) }, TimeProvider.System);

    public async Task DisposeAsync()
    {
        await Storage.DisposeAsync();
        Assert.Empty(_recorded.Errors);
    }

    /// <summary>Goes on with an engine of other options or another clock, on fresh storage.</summary>
    protected async Task OpenAsync(LogOptions options, TimeProvider? time = null)
    {
        if (_storage is not null)
        {
            await _storage.DisposeAsync();
        }

        _other = null;
        _storage = await fixture.CreateAsync(options, time ?? TimeProvider.System, _recorded);
    }

    /// <summary>A second server on the same storage; where there can be only one, that one.</summary>
    protected async Task<IStorageEngine> OtherServerAsync() => _other ??= await Storage.OpenOtherAsync() ?? Storage.Engine;
}
