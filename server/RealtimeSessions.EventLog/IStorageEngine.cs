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

    /// <summary>Which engine: <c>embedded</c> or <c>redis</c>.</summary>
    string Kind { get; }

    /// <summary>
    /// What is wrong with the engine, as far as it knows without asking anybody: one line for the operator, no secrets. Null: nothing. Calls may
    /// still succeed, and may fail where it is null. For any thread.
    /// </summary>
    string? Problem { get; }

    /// <summary>One line for the operator: which engine, where, how durable. No secrets.</summary>
    string Description { get; }
}
