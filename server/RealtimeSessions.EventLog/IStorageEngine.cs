namespace RealtimeSessions.EventLog;

/// <summary>Logs, catalog and bus of one storage, opened. Disposal flushes and closes it.</summary>
public interface IStorageEngine : IAsyncDisposable
{
    /// <summary>The logs.</summary>
    IEventLog EventLog { get; }

    /// <summary>The catalog.</summary>
    ICatalog Catalog { get; }

    /// <summary>Messages among the servers of the storage.</summary>
    IMessageBus Bus { get; }

    /// <summary>One line for the operator: which engine, where, how durable. No secrets.</summary>
    string Description { get; }
}
