using Microsoft.Extensions.Logging;
using RealtimeSessions.EventLog.Embedded.Catalog;
using RealtimeSessions.EventLog.Embedded.Logs;
using RealtimeSessions.EventLog.Embedded.Storage;
using RealtimeSessions.EventLog.Tails;
using SQLitePCL;

namespace RealtimeSessions.EventLog.Embedded;

/// <summary>
/// The engine within the process: one SQLite database in a directory of its own, which one process uses at a time.
/// </summary>
/// <remarks>
/// <para>Whatever waits to be written is stored as one group: appends in a journal beside the database, which commits many groups at once;
/// anything else by a commit. Readers are never blocked by it, and what was acknowledged before a read began is seen by it.</para>
/// <para>After disposal every call fails with <see cref="EngineUnavailableException"/>. What was waiting then has been written.</para>
/// </remarks>
public sealed class EmbeddedEngine : IStorageEngine
{
    private readonly DirectoryLock _lock;
    private readonly EmbeddedConnection _connection;
    private readonly Journal _journal;
    private readonly ILogger _logger;
    private readonly EmbeddedEventLog _eventLog;
    private readonly EmbeddedCatalog _catalog;
    private readonly ReaderPool _readers;
    private readonly WalCheckpointer _checkpointer;
    private volatile int _disposed;

    private EmbeddedEngine(
        DirectoryLock directoryLock, string file, EmbeddedOptions options, LogOptions logOptions, TimeProvider time, ILogger logger)
    {
        (_lock, _logger) = (directoryLock, logger);
        Description = $"embedded engine, SQLite in {file}, durability {options.Durability}";
        _connection = EmbeddedDatabase.OpenWriter(file, options.Durability);
        _journal = Journal.Open(Path.Combine(Path.GetDirectoryName(file)!, Journal.FileName));
        _readers = new ReaderPool(file);
        _checkpointer = new WalCheckpointer(file, logger);
        Writer = new GroupCommitWriter(
            new WriteSession(_connection, _journal, options.Durability, logOptions, time, logger), _checkpointer, logger);
        _eventLog = new EmbeddedEventLog(Writer, _readers, time);
        _catalog = new EmbeddedCatalog(Writer, _readers);
        EmbeddedMessages.Opened(logger, Description, EmbeddedDatabase.SchemaVersion);
    }

    /// <inheritdoc/>
    public IEventLog EventLog => _eventLog;

    /// <inheritdoc/>
    public ICatalog Catalog => _catalog;

    /// <inheritdoc/>
    public IMessageBus Bus { get; } = new EmbeddedMessageBus();

    /// <inheritdoc/>
    public string Kind => "embedded";

    /// <inheritdoc/>
    public string? Problem => _disposed != 0 ? "The database is closed." : Writer.Problem;

    /// <inheritdoc/>
    public string Description { get; }

    /// <summary>The open tails.</summary>
    internal TailRegistry Tails => _eventLog.Tails;

    /// <summary>The only writer of the database.</summary>
    internal GroupCommitWriter Writer { get; }

    /// <summary>Opens the database, and makes it if it is not there.</summary>
    /// <param name="options">Where, and how durable.</param>
    /// <param name="logOptions">The limits of logs.</param>
    /// <param name="time">The clock that writers are forgotten by.</param>
    /// <param name="loggers">Makes the engine's logger.</param>
    /// <exception cref="InvalidOperationException">Another process uses the directory, or a newer program has written the database.</exception>
    public static Task<EmbeddedEngine> OpenAsync(
        EmbeddedOptions options, LogOptions logOptions, TimeProvider time, ILoggerFactory loggers)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(options.Directory);
        var directory = Path.GetFullPath(options.Directory);
        return Task.Run(() =>
        {
            var directoryLock = DirectoryLock.Take(directory);
            try
            {
                var file = Path.Combine(directory, EmbeddedDatabase.FileName);
                return new EmbeddedEngine(directoryLock, file, options, logOptions, time, loggers.CreateLogger<EmbeddedEngine>());
            }
            catch
            {
                directoryLock.Dispose();
                throw;
            }
        });
    }

    /// <summary>Takes no more work, writes what waits, and closes the database.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        await Writer.DisposeAsync();
        await _eventLog.DisposeAsync();
        await _readers.DisposeAsync();
        _catalog.Dispose();
        await _checkpointer.DisposeAsync();
        Close();
        EmbeddedMessages.Closed(_logger, Description);
    }

    private void Close()
    {
        try
        {
            _connection.Checkpoint(raw.SQLITE_CHECKPOINT_TRUNCATE);
        }
        catch (Exception exception)
        {
            // Nothing is lost: the next opening reads the write-ahead log.
            EmbeddedMessages.CheckpointFailed(_logger, exception);
        }
        finally
        {
            _connection.Dispose();
            _journal.Dispose();
            _lock.Dispose();
        }
    }
}
