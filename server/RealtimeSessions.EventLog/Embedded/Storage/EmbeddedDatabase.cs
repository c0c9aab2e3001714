using System.Globalization;
using Microsoft.Data.Sqlite;

namespace RealtimeSessions.EventLog.Embedded.Storage;

/// <summary>The database file: how it is opened, and the version of its schema.</summary>
internal static class EmbeddedDatabase
{
    public const string FileName = "realtime.db";

    private const string ScriptPrefix = "RealtimeSessions.EventLog.Embedded.Schema.";
    private const int WriterCacheKilobytes = 32 * 1024;
    private const int ReaderCacheKilobytes = 2 * 1024;
    private const int WalKeptBytes = 64 * 1024 * 1024;

    static EmbeddedDatabase() => SQLitePCL.Batteries_V2.Init();

    /// <summary>The schema scripts in order; the n-th leads to version n.</summary>
    private static string[] Scripts { get; } = typeof(EmbeddedDatabase).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(ScriptPrefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToArray();

    /// <summary>The version this program writes.</summary>
    public static int SchemaVersion => Scripts.Length;

    /// <summary>Opens the one connection that writes, and brings the schema up to date.</summary>
    /// <exception cref="InvalidOperationException">The schema is newer than this program.</exception>
    public static EmbeddedConnection OpenWriter(string file, EmbeddedDurability durability)
    {
        var connection = EmbeddedConnection.Open(file, SqliteOpenMode.ReadWriteCreate, WriterCacheKilobytes);
        try
        {
            CheckVersion(connection, file);
            var synchronous = durability == EmbeddedDurability.Full ? "FULL" : "NORMAL";
            connection.Execute(
                $"PRAGMA journal_mode = WAL; PRAGMA synchronous = {synchronous}; PRAGMA wal_autocheckpoint = 0; "
                + $"PRAGMA journal_size_limit = {WalKeptBytes};");
            Upgrade(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Opens a connection that only reads. In WAL mode it is never blocked by the writer and sees what was committed before.</summary>
    public static EmbeddedConnection OpenReader(string file) =>
        EmbeddedConnection.Open(file, SqliteOpenMode.ReadOnly, ReaderCacheKilobytes);

    /// <summary>Opens a connection to copy the write-ahead log with.</summary>
    public static EmbeddedConnection OpenCheckpointer(string file) =>
        EmbeddedConnection.Open(file, SqliteOpenMode.ReadWrite, ReaderCacheKilobytes);

    private static void CheckVersion(EmbeddedConnection connection, string file)
    {
        var version = ReadVersion(connection);
        if (version > SchemaVersion)
        {
            throw new InvalidOperationException(
                $"The database '{file}' has schema version {version}; this program knows versions up to {SchemaVersion}. "
                + "It was written by a newer program: use that one, or another data directory.");
        }
    }

    private static void Upgrade(EmbeddedConnection connection)
    {
        for (var version = ReadVersion(connection); version < SchemaVersion; version++)
        {
            using var script = new StreamReader(typeof(EmbeddedDatabase).Assembly.GetManifestResourceStream(Scripts[version])!);
            connection.Execute($"BEGIN IMMEDIATE; {script.ReadToEnd()} PRAGMA user_version = {version + 1}; COMMIT;");
        }
    }

    private static int ReadVersion(EmbeddedConnection connection) =>
        Convert.ToInt32(connection.Query("PRAGMA user_version"), CultureInfo.InvariantCulture);
}
