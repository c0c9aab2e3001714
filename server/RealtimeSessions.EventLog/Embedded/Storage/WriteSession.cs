using Microsoft.Extensions.Logging;
using RealtimeSessions.EventLog.Embedded.Catalog;
using RealtimeSessions.EventLog.Embedded.Logs;

namespace RealtimeSessions.EventLog.Embedded.Storage;

/// <summary>
/// What the writer's operations work with: the writing connection, the tables on it with what they cache, and what is to be announced when
/// the transaction is committed. Used by the writer alone.
/// </summary>
internal sealed class WriteSession
{
    private readonly SqliteStatement _begin;
    private readonly SqliteStatement _commit;
    private readonly ILogger _logger;
    private readonly LogTable _logs;
    private readonly WriterTable _writers;
    private readonly List<Action> _announcements = [];

    public WriteSession(EmbeddedConnection connection, LogOptions options, TimeProvider time, ILogger logger)
    {
        (Connection, _logger) = (connection, logger);
        _begin = connection.Prepare("BEGIN IMMEDIATE");
        _commit = connection.Prepare("COMMIT");
        _logs = new LogTable(connection);
        _writers = new WriterTable(connection, options, time);
        Appends = new AppendWrites(connection, _logs, _writers, options);
        Snapshots = new SnapshotWrites(connection, _logs);
        Removals = new RemovalWrites(connection, _logs);
        Catalog = new CatalogWrites(connection);
    }

    public EmbeddedConnection Connection { get; }

    public AppendWrites Appends { get; }

    public SnapshotWrites Snapshots { get; }

    public RemovalWrites Removals { get; }

    public CatalogWrites Catalog { get; }

    /// <summary>Has something announced after the commit, in the order given; never if the transaction fails.</summary>
    public void AfterCommit(Action announce) => _announcements.Add(announce);

    /// <summary>Begins a transaction.</summary>
    public void Begin() => Step(_begin);

    /// <summary>Commits it. When this returns, its writes are stored.</summary>
    public void Commit()
    {
        _logs.Flush();
        Step(_commit);
        _logs.Shed();
        _writers.Shed();
    }

    /// <summary>Announces what was committed.</summary>
    public void Announce()
    {
        try
        {
            foreach (var announce in _announcements)
            {
                announce();
            }
        }
        catch (Exception exception)
        {
            EmbeddedMessages.AnnouncementFailed(_logger, exception);
        }

        _announcements.Clear();
    }

    /// <summary>Undoes the transaction, and forgets what was cached in it.</summary>
    public void Rollback()
    {
        _announcements.Clear();
        _logs.Forget();
        _writers.Forget();

        // SQLite rolls back by itself after some failures.
        if (Connection.IsInTransaction)
        {
            Connection.Execute("ROLLBACK");
        }
    }

    private static void Step(SqliteStatement statement)
    {
        using var run = statement.Start();
        run.Step();
    }
}
