using RealtimeSessions.EventLog.Embedded.Storage;

namespace RealtimeSessions.EventLog.Embedded.Logs;

/// <summary>A writer's last append to a log.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Sequence">The sequence of its last event.</param>
/// <param name="EventId">That event's id.</param>
/// <param name="CreatedAt">When that event was created.</param>
internal sealed record WriterState(long Number, long Sequence, Guid EventId, DateTimeOffset CreatedAt)
{
    /// <summary>When it was appended, in Unix milliseconds; the greatest number for a permanent writer.</summary>
    public required long UsedAt { get; init; }
}

/// <summary>
/// The table <c>writer</c>. A use of a writer is an append that was made: a repeated one, answered as a duplicate, does not prolong its time.
/// </summary>
internal sealed class WriterTable(EmbeddedConnection connection, LogOptions options, TimeProvider time)
{
    private const int CachedWriters = 50_000;

    private readonly LeastRecentlyUsed<(long Log, string Name), WriterState> _cache = new(CachedWriters);

    private readonly SqliteStatement _select = connection.Prepare(
        "SELECT number, sequence, event_id, created_at, used_at FROM writer WHERE log = ?1 AND name = ?2");

    private readonly SqliteStatement _upsert = connection.Prepare(
        """
        INSERT INTO writer (log, name, number, sequence, event_id, created_at, used_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
        ON CONFLICT (log, name) DO UPDATE SET number = excluded.number, sequence = excluded.sequence, event_id = excluded.event_id,
            created_at = excluded.created_at, used_at = excluded.used_at
        """);

    private readonly SqliteStatement _deleteOldest = connection.Prepare(
        """
        DELETE FROM writer WHERE log = ?1
            AND name = (SELECT name FROM writer WHERE log = ?1 AND used_at < 9223372036854775807 ORDER BY sequence LIMIT 1)
        RETURNING name
        """);

    /// <summary>The writer as it is remembered, or null.</summary>
    public WriterState? Find(LogState log, string name) =>
        FindRow(log, name) is { } writer && Now() - writer.UsedAt <= options.WriterRetention.TotalMilliseconds ? writer : null;

    /// <summary>Remembers a writer's append, and forgets the writer used longest ago if there are too many.</summary>
    public void Record(LogState log, WriterNumber number, long sequence, NewEvent last)
    {
        var isNew = FindRow(log, number.Writer) is null;
        var writer = new WriterState(number.Number, sequence, last.EventId, StoredTime.Of(last.CreatedAt)) 
        {
            UsedAt = number.IsPermanent ? long.MaxValue : Now(),
        };
        Write(log, number.Writer, writer);
        _cache.Set((log.Id, number.Writer), writer);
        if (isNew && !number.IsPermanent && ++log.Writers > options.MaximumWriters)
        {
            ForgetOldest(log);
        }
    }

    /// <summary>Keeps the cache within its bound.</summary>
    public void Shed() => _cache.Shed();

    /// <summary>Forgets what is cached, after a rollback.</summary>
    public void Forget() => _cache.Clear();

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();

    private WriterState? FindRow(LogState log, string name)
    {
        if (!_cache.TryGet((log.Id, name), out var writer) && (writer = Read(log, name)) is not null)
        {
            _cache.Set((log.Id, name), writer);
        }

        return writer;
    }

    private WriterState? Read(LogState log, string name)
    {
        using var run = _select.Start();
        run.Bind(1, log.Id);
        run.Bind(2, name);
        return !run.Step() ? null : new WriterState(
            run.Int64(0), run.Int64(1), run.Guid(2), DateTimeOffset.FromUnixTimeMilliseconds(run.Int64(3))) { UsedAt = run.Int64(4) };
    }

    private void Write(LogState log, string name, WriterState writer)
    {
        using var run = _upsert.Start();
        run.Bind(1, log.Id);
        run.Bind(2, name);
        run.Bind(3, writer.Number);
        run.Bind(4, writer.Sequence);
        run.Bind(5, writer.EventId);
        run.Bind(6, writer.CreatedAt.ToUnixTimeMilliseconds());
        run.Bind(7, writer.UsedAt);
        run.Step();
    }

    private void ForgetOldest(LogState log)
    {
        using var run = _deleteOldest.Start();
        run.Bind(1, log.Id);
        while (run.Step())
        {
            _cache.Remove((log.Id, run.Text(0)));
            log.Writers--;
        }
    }
}
