using System.Diagnostics;
using RealtimeSessions.EventLog.Embedded;
using RealtimeSessions.EventLog.Embedded.Logs;
using RealtimeSessions.EventLog.Embedded.Storage;
using RealtimeSessions.Testing;
using SQLitePCL;

namespace RealtimeSessions.Benchmarks.Append;

/// <summary>
/// Rows of the same columns inserted into SQLite, in a database that is opened as the engine's is: nothing around it. Its write-ahead log is copied
/// between the rounds, not during them as the engine's is.
/// </summary>
internal sealed class RawSqlite : IAppendLoad
{
    private readonly TemporaryFolder _folder = new();
    private readonly EmbeddedConnection _connection;
    private long _rows;

    public RawSqlite() =>
        _connection = EmbeddedDatabase.OpenWriter(Path.Combine(_folder.Path, EmbeddedDatabase.FileName), EmbeddedDurability.Process);

    /// <summary>Rows of one transaction.</summary>
    public int Batch { get; set; } = 1;

    public Task<long> RunAsync(TimeSpan time) => Task.Factory.StartNew(() => Run(time), TaskCreationOptions.LongRunning);

    public Task ClearAsync() => Task.Run(() =>
    {
        _connection.Execute("DELETE FROM event");
        _connection.Checkpoint(raw.SQLITE_CHECKPOINT_TRUNCATE);
    });

    public ValueTask DisposeAsync()
    {
        _connection.Dispose();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private long Run(TimeSpan time)
    {
        using var begin = _connection.Prepare("BEGIN IMMEDIATE");
        using var commit = _connection.Prepare("COMMIT");
        using var insert = _connection.Prepare("INSERT INTO event (key, event_id, created_at, payload) VALUES (?1, ?2, ?3, ?4)");
        var before = _rows;
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < time;)
        {
            Step(begin);
            for (var i = 0; i < Batch; i++)
            {
                Insert(insert);
            }

            Step(commit);
        }

        return _rows - before;
    }

    private void Insert(SqliteStatement insert)
    {
        using var run = insert.Start();
        run.Bind(1, EventKey.Of(1 + (_rows % AppendBenchmark.Logs), 1 + (_rows / AppendBenchmark.Logs)));
        run.Bind(2, Guid.CreateVersion7());
        run.Bind(3, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
        run.Bind(4, AppendBenchmark.Payload);
        run.Step();
        _rows++;
    }

    private static void Step(SqliteStatement statement)
    {
        using var run = statement.Start();
        run.Step();
    }
}
