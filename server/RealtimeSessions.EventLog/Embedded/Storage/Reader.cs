using RealtimeSessions.EventLog.Embedded.Catalog;
using RealtimeSessions.EventLog.Embedded.Logs;

namespace RealtimeSessions.EventLog.Embedded.Storage;

/// <summary>A connection that reads, with the questions that are asked on it.</summary>
internal sealed class Reader : IDisposable
{
    private readonly EmbeddedConnection _connection;
    private readonly SqliteStatement _begin;
    private readonly SqliteStatement _end;

    public Reader(EmbeddedConnection connection)
    {
        _connection = connection;
        _begin = connection.Prepare("BEGIN");
        _end = connection.Prepare("COMMIT");
        Logs = new LogReads(connection);
        Catalog = new CatalogReads(connection);
    }

    public LogReads Logs { get; }

    public CatalogReads Catalog { get; }

    /// <summary>Reads within one transaction. After an exception the reader is of no more use.</summary>
    public T Run<T>(Func<Reader, T> read)
    {
        Step(_begin);
        var answer = read(this);
        Step(_end);
        return answer;
    }

    public void Dispose() => _connection.Dispose();

    private static void Step(SqliteStatement statement)
    {
        using var run = statement.Start();
        run.Step();
    }
}
