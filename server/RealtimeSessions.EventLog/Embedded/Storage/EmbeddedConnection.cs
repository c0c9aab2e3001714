using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace RealtimeSessions.EventLog.Embedded.Storage;

/// <summary>One connection to the database with the statements prepared on it. Used by one thread at a time.</summary>
internal sealed class EmbeddedConnection : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly List<SqliteStatement> _statements = [];

    private EmbeddedConnection(SqliteConnection connection) => _connection = connection;

    /// <summary>
    /// Opens the file. There is no memory mapping: under it a failing disk ends the process instead of failing a call.
    /// </summary>
    /// <param name="file">The database.</param>
    /// <param name="mode">Who opens it.</param>
    /// <param name="cacheKilobytes">The most this connection's page cache takes.</param>
    public static EmbeddedConnection Open(string file, SqliteOpenMode mode, int cacheKilobytes)
    {
        var text = new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false };
        var connection = new EmbeddedConnection(new SqliteConnection(text.ToString()));
        try
        {
            connection._connection.Open();
            connection.Execute($"PRAGMA busy_timeout = 5000; PRAGMA cache_size = -{cacheKilobytes}; PRAGMA temp_store = MEMORY;");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Whether a transaction is open.</summary>
    public bool IsInTransaction => raw.sqlite3_get_autocommit(_connection.Handle) == 0;

    /// <summary>Prepares a statement that lives as long as the connection.</summary>
    public SqliteStatement Prepare(string sql)
    {
        var statement = new SqliteStatement(_connection.Handle!, sql);
        _statements.Add(statement);
        return statement;
    }

    /// <summary>Runs statements of any number once.</summary>
    public void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Runs a statement once and answers its first value.</summary>
    public object? Query(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    /// <summary>The pages this connection wrote since the last call.</summary>
    public int TakePagesWritten()
    {
        raw.sqlite3_db_status(_connection.Handle, raw.SQLITE_DBSTATUS_CACHE_WRITE, out var pages, out _, resetFlg: 1);
        return pages;
    }

    /// <summary>Copies the write-ahead log into the database, as far as readers allow.</summary>
    /// <param name="mode">One of SQLite's modes, for example <see cref="raw.SQLITE_CHECKPOINT_PASSIVE"/>.</param>
    public void Checkpoint(int mode)
    {
        var code = raw.sqlite3_wal_checkpoint_v2(_connection.Handle, null, mode, out _, out _);
        if (code != raw.SQLITE_BUSY)
        {
            SqliteException.ThrowExceptionForRC(code, _connection.Handle);
        }
    }

    public void Dispose()
    {
        foreach (var statement in _statements)
        {
            statement.Dispose();
        }

        _connection.Dispose();
    }
}
