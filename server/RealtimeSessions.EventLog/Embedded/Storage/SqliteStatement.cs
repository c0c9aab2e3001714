using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace RealtimeSessions.EventLog.Embedded.Storage;

/// <summary>
/// A statement that is prepared once and run many times. It binds by number straight to SQLite: binding by name through a command costs
/// as much as the insertion of a row. Used by one thread at a time, one run at a time.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    public SqliteStatement(sqlite3 database, string sql)
    {
        _database = database;
        Check(raw.sqlite3_prepare_v3(database, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
    }

    /// <summary>Begins a run, which ends with its disposal.</summary>
    public Run Start() => new(this);

    public void Dispose() => _statement.Dispose();

    private void Check(int code) => SqliteException.ThrowExceptionForRC(code, _database);

    /// <summary>One run: parameters are numbered from 1, columns from 0. Parameters that are not bound keep the last run's value.</summary>
    public readonly ref struct Run(SqliteStatement owner) : IDisposable
    {
        public void Bind(int parameter, long value) => owner.Check(raw.sqlite3_bind_int64(owner._statement, parameter, value));

        public void Bind(int parameter, bool value) => Bind(parameter, value ? 1 : 0);

        public void Bind(int parameter, string value)
        {
            var size = Encoding.UTF8.GetMaxByteCount(value.Length);
            var bytes = size <= 1024 ? stackalloc byte[size] : new byte[size];
            BindText(parameter, bytes[..Encoding.UTF8.GetBytes(value, bytes)]);
        }

        public void BindText(int parameter, ReadOnlySpan<byte> utf8)
        {
            // An empty span has no address, and SQLite takes no address for NULL.
            owner.Check(utf8.IsEmpty
                ? raw.sqlite3_bind_text(owner._statement, parameter, "")
                : raw.sqlite3_bind_text(owner._statement, parameter, utf8));
        }

        public void Bind(int parameter, ReadOnlySpan<byte> value)
        {
            owner.Check(value.IsEmpty
                ? raw.sqlite3_bind_zeroblob(owner._statement, parameter, 0)
                : raw.sqlite3_bind_blob(owner._statement, parameter, value));
        }

        public void Bind(int parameter, Guid value)
        {
            Span<byte> bytes = stackalloc byte[16];
            value.TryWriteBytes(bytes, bigEndian: true, out _);
            Bind(parameter, bytes);
        }

        /// <summary>Goes to the next row.</summary>
        /// <returns>False if there is none.</returns>
        public bool Step()
        {
            var code = raw.sqlite3_step(owner._statement);
            owner.Check(code);
            return code == raw.SQLITE_ROW;
        }

        public bool IsNull(int column) => raw.sqlite3_column_type(owner._statement, column) == raw.SQLITE_NULL;

        public long Int64(int column) => raw.sqlite3_column_int64(owner._statement, column);

        public bool Boolean(int column) => Int64(column) != 0;

        public string Text(int column) => Encoding.UTF8.GetString(raw.sqlite3_column_blob(owner._statement, column));

        /// <summary>A copy of a blob's bytes, or of a text's bytes in UTF-8.</summary>
        public byte[] Bytes(int column) => raw.sqlite3_column_blob(owner._statement, column).ToArray();

        /// <summary>A GUID, empty where there is NULL.</summary>
        public Guid Guid(int column) =>
            IsNull(column) ? System.Guid.Empty : new Guid(raw.sqlite3_column_blob(owner._statement, column), bigEndian: true);

        public void Dispose() => raw.sqlite3_reset(owner._statement);
    }
}
