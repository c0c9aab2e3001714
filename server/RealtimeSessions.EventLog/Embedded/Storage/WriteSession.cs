using Microsoft.Extensions.Logging;
using RealtimeSessions.EventLog.Embedded.Catalog;
using RealtimeSessions.EventLog.Embedded.Logs;

namespace RealtimeSessions.EventLog.Embedded.Storage;

/// <summary>
/// What the writer's operations work with: the writing connection, the tables on it with what they cache, and what is to be announced when
/// a group of them is stored. A group of appends is stored by the journal, anything else by a commit, which takes along what the journal holds.
/// Used by the writer alone.
/// </summary>
internal sealed class WriteSession
{
    private readonly SqliteStatement _begin;
    private readonly SqliteStatement _commit;
    private readonly ILogger _logger;
    private readonly LogTable _logs;
    private readonly WriterTable _writers;
    private readonly Journal _journal;
    private readonly bool _commitsAlways;
    private readonly SnapshotWrites _snapshots;
    private readonly RemovalWrites _removals;
    private readonly CatalogWrites _catalog;
    private readonly List<Action> _announcements = [];
    private bool _mustRecover;

    /// <param name="connection">The connection that writes.</param>
    /// <param name="journal">The journal. What it holds from before is brought into the database.</param>
    /// <param name="durability">With <see cref="EmbeddedDurability.Full"/> every group is committed.</param>
    /// <param name="options">The limits of logs.</param>
    /// <param name="time">The clock that writers are forgotten by.</param>
    /// <param name="logger">Told of what fails.</param>
    public WriteSession(
        EmbeddedConnection connection, Journal journal, EmbeddedDurability durability, LogOptions options, TimeProvider time, ILogger logger)
    {
        (Connection, _journal, _commitsAlways, _logger) = (connection, journal, durability == EmbeddedDurability.Full, logger);
        _begin = connection.Prepare("BEGIN IMMEDIATE");
        _commit = connection.Prepare("COMMIT");
        _logs = new LogTable(connection);
        _writers = new WriterTable(connection, options, time);
        Appends = new AppendWrites(connection, journal, _logs, _writers, options);
        _snapshots = new SnapshotWrites(connection, _logs);
        _removals = new RemovalWrites(connection, _logs);
        _catalog = new CatalogWrites(connection);
        Recover();
    }

    /// <summary>Whether something is stored that no reader sees yet. For any thread.</summary>
    public bool IsAhead => !_journal.IsEmpty;

    public EmbeddedConnection Connection { get; }

    public AppendWrites Appends { get; }

    public SnapshotWrites Snapshots => Committed(_snapshots);

    public RemovalWrites Removals => Committed(_removals);

    public CatalogWrites Catalog => Committed(_catalog);

    /// <summary>Has the group committed, so that readers see what is stored.</summary>
    public void RequireCommit() => _journal.Bypass();

    /// <summary>Has something announced once the group is stored, in the order given; never if that fails.</summary>
    public void AfterStore(Action announce) => _announcements.Add(announce);

    /// <summary>Begins a group.</summary>
    public void Begin()
    {
        if (_mustRecover)
        {
            Recover();
        }

        if (!Connection.IsInTransaction)
        {
            Step(_begin);
        }

        if (_commitsAlways)
        {
            RequireCommit();
        }
    }

    /// <summary>Stores the group. When this returns, its writes survive whatever the engine is configured to survive.</summary>
    public void Store()
    {
        if (!_journal.TryWrite())
        {
            Commit();
        }
    }

    /// <summary>Brings what the journal still holds into the database.</summary>
    public void End()
    {
        if (Connection.IsInTransaction)
        {
            Commit();
        }
    }

    /// <summary>Announces what was stored.</summary>
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

    /// <summary>Undoes the group. The groups before it, undone along with it, are made again from the journal before the next one.</summary>
    public void Rollback()
    {
        _announcements.Clear();
        _journal.Discard();
        _logs.Forget();
        _writers.Forget();
        _mustRecover = true;

        // SQLite rolls back by itself after some failures.
        if (Connection.IsInTransaction)
        {
            Connection.Execute("ROLLBACK");
        }
    }

    private void Commit()
    {
        _logs.Flush();
        Step(_commit);
        _journal.Clear();
        _logs.Shed();
        _writers.Shed();
    }

    private T Committed<T>(T writes)
    {
        RequireCommit();
        return writes;
    }

    /// <summary>Makes the appends again that the journal holds, and commits them.</summary>
    private void Recover()
    {
        Step(_begin);
        var (records, missing) = (_journal.Read(), 0);
        foreach (var record in records)
        {
            if (!Appends.Redo(JournaledAppend.Read(record)))
            {
                missing++;
            }
        }

        Commit();
        _mustRecover = false;
        if (missing > 0)
        {
            EmbeddedMessages.AppendsLost(_logger, missing, records.Count);
        }
    }

    private static void Step(SqliteStatement statement)
    {
        using var run = statement.Start();
        run.Step();
    }
}
