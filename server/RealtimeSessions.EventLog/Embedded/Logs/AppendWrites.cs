using RealtimeSessions.EventLog.Embedded.Storage;
using RealtimeSessions.EventLog.Tails;

namespace RealtimeSessions.EventLog.Embedded.Logs;

/// <summary>Appends within the writer's transaction.</summary>
internal sealed class AppendWrites(
    EmbeddedConnection connection, Journal journal, LogTable logs, WriterTable writers, LogOptions options)
{
    private readonly SqliteStatement _insert = connection.Prepare(
        "INSERT INTO event (key, event_id, created_at, payload) VALUES (?1, ?2, ?3, ?4)");

    /// <summary>Decides each append, and writes those that may enter.</summary>
    /// <param name="id">The log.</param>
    /// <param name="appends">The appends, checked.</param>
    /// <param name="entered">What entered, for the tails; null if nothing did.</param>
    public AppendResult[] Append(LogId id, IReadOnlyList<LogAppend> appends, out AppendedEvents? entered)
    {
        var log = logs.Find(id);
        entered = null;
        var results = new AppendResult[appends.Count];
        for (var i = 0; i < results.Length; i++)
        {
            var append = appends[i];
            var writer = log is { IsDeleted: false } && append.Writer is { } number ? writers.Find(log, number.Writer) : null;
            if (AppendPolicy.Refuse(log, writer, append) is { } refusal)
            {
                results[i] = refusal;
                continue;
            }

            log ??= Add(id);
            journal.Add(static (to, entry) => entry.Write(to), new JournaledAppend(id, log.Epoch, log.Head + 1, append), PayloadBytes(append));
            entered ??= new AppendedEvents(id, log.Epoch, log.HeadEventId, log.Head + 1);
            entered.Add(append.Events);
            results[i] = Enter(log, append);
        }

        return results;
    }

    /// <summary>Makes an append of the journal again, unless it is in its log, which may have been deleted since.</summary>
    /// <returns>False if it cannot be: what comes before it is missing.</returns>
    public bool Redo(JournaledAppend append)
    {
        if (logs.FindLive(append.Log) is not { } log || log.Epoch != append.Epoch || append.First <= log.Head)
        {
            return true;
        }

        if (append.First > log.Head + 1)
        {
            return false;
        }

        Enter(log, append.Append);
        return true;
    }

    private LogState Add(LogId id)
    {
        journal.Bypass();
        return logs.Add(id);
    }

    private static long PayloadBytes(LogAppend append)
    {
        long bytes = 0;
        foreach (var e in append.Events)
        {
            bytes += e.Payload.Length;
        }

        return bytes;
    }

    private AppendResult Enter(LogState log, LogAppend append)
    {
        var bytes = PayloadBytes(append);
        foreach (var e in append.Events)
        {
            Insert(log, ++log.Head, e);
            if (e.ChangesRights)
            {
                log.Guard = log.Head;
                logs.MarkChanged(log);
            }
        }

        var last = append.Events[^1];
        log.HeadEventId = last.EventId;
        log.PendingBytes += bytes;
        log.IsSealed |= append.Seal;
        var knownWriters = log.Writers;
        if (append.Writer is { } number)
        {
            writers.Record(log, number, log.Head, last);
        }

        var isSnapshotDue = AppendPolicy.IsSnapshotDue(log, append.Events.Count, bytes, options);

        // The row tells more than the events do; and it must not fall so far behind that a look at them takes long.
        if (append.Seal || log.Writers != knownWriters || isSnapshotDue)
        {
            logs.MarkChanged(log);
        }

        return new AppendResult(AppendOutcome.Appended, log.Epoch, log.Head, log.Guard) { SnapshotDue = isSnapshotDue };
    }

    private void Insert(LogState log, long sequence, NewEvent e)
    {
        using var run = _insert.Start();
        run.Bind(1, EventKey.Of(log.Id, sequence));
        run.Bind(2, e.EventId);
        run.Bind(3, e.CreatedAt.ToUnixTimeMilliseconds());
        run.Bind(4, e.Payload.Span);
        run.Step();
    }
}

/// <summary>Consecutive events that one call appended.</summary>
internal sealed class AppendedEvents(LogId log, string epoch, Guid previousEventId, long first)
{
    private readonly List<IReadOnlyList<NewEvent>> _events = [];

    public LogId Log => log;

    public void Add(IReadOnlyList<NewEvent> events) => _events.Add(events);

    /// <summary>What the tails are told. Payloads are shared, not copied.</summary>
    public LogNotification ToNotification()
    {
        var sequence = first;
        var events = new List<LogEvent>();
        foreach (var e in _events.SelectMany(some => some))
        {
            events.Add(new LogEvent(sequence++, e.EventId, StoredTime.Of(e.CreatedAt), e.Payload));
        }

        return new LogNotification(log, epoch, previousEventId, first, sequence - 1, events);
    }
}
