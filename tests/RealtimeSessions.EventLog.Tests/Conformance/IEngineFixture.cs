using Microsoft.Extensions.Logging;

namespace RealtimeSessions.EventLog.Tests.Conformance;

/// <summary>One kind of engine, as the conformance suite needs it.</summary>
public interface IEngineFixture
{
    /// <summary>Opens an engine on fresh, empty storage.</summary>
    Task<IEngineStorage> CreateAsync(LogOptions options, TimeProvider time, ILoggerFactory loggers);
}

/// <summary>Storage with an engine on it. Disposal closes the engines and removes the storage.</summary>
public interface IEngineStorage : IAsyncDisposable
{
    /// <summary>The engine opened last.</summary>
    IStorageEngine Engine { get; }

    /// <summary>Opens one more engine on the same storage, as another server does, or answers null where only one is allowed.</summary>
    Task<IStorageEngine?> OpenOtherAsync();

    /// <summary>Closes every engine and opens one anew on the same storage.</summary>
    Task ReopenAsync();

    /// <summary>Breaks the connections by which announcements come, where there are such connections.</summary>
    Task BreakConnectionsAsync();
}
