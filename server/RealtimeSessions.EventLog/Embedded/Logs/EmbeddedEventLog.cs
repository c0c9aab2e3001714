using RealtimeSessions.EventLog.Embedded.Storage;
using RealtimeSessions.EventLog.Tails;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.EventLog.Embedded.Logs;

/// <summary>The logs: writes go to the one writer, reads to the readers, announcements to the tails in this process.</summary>
internal sealed class EmbeddedEventLog : IEventLog, ILogTailSource, IAsyncDisposable
{
    private readonly GroupCommitWriter _writer;
    private readonly ReaderPool _readers;

    public EmbeddedEventLog(GroupCommitWriter writer, ReaderPool readers, TimeProvider time)
    {
        (_writer, _readers) = (writer, readers);

        // Announcements within a process are not lost, so there is nothing to compare every few seconds.
        Tails = new TailRegistry(this, time, Timeout.InfiniteTimeSpan);
    }

    public TailRegistry Tails { get; }

    public Task<IReadOnlyList<AppendResult>> AppendAsync(LogId log, IReadOnlyList<LogAppend> appends)
    {
        LogArguments.Check(log);
        var bytes = LogArguments.Check(appends);
        return _writer.WriteAsync<IReadOnlyList<AppendResult>>(
            session =>
            {
                var results = session.Appends.Append(log, appends, out var entered);
                if (entered is not null)
                {
                    session.AfterStore(() => Announce(entered));
                }

                return results;
            },
            bytes);
    }

    public Task<LogPage?> ReadAsync(LogId log, long after, int limit, CancellationToken cancellationToken = default)
    {
        LogArguments.Check(log);
        LogArguments.CheckPage(after, limit);
        return ReadStoredAsync(reader => reader.Logs.Read(log, after, limit), cancellationToken);
    }

    public Task<LogSnapshot?> ReadSnapshotAsync(
        LogId log, long atMost = long.MaxValue, CancellationToken cancellationToken = default)
    {
        LogArguments.Check(log);
        return _readers.ReadAsync(reader => reader.Logs.ReadSnapshot(log, atMost), cancellationToken);
    }

    public Task<bool> WriteSnapshotAsync(LogId log, LogSnapshot snapshot)
    {
        LogArguments.Check(log);
        LogArguments.Check(snapshot);
        return _writer.WriteAsync(session => session.Snapshots.Write(log, snapshot), snapshot.State.Length);
    }

    public Task<bool> TrimAsync(LogId log, LogSnapshot edge)
    {
        LogArguments.Check(log);
        LogArguments.Check(edge);
        return _writer.WriteAsync(session => session.Snapshots.Trim(log, edge), edge.State.Length);
    }

    public Task<bool> DeleteAsync(LogId log)
    {
        LogArguments.Check(log);
        return WriteAndCheckTailsAsync(log, session => session.Removals.Delete(log));
    }

    public Task ChangeEpochAsync(LogId log, string expected) =>
        WriteAndCheckTailsAsync(log, session => session.Removals.ChangeEpoch(log, expected));

    public ILogTail OpenTail(LogId log, Position after)
    {
        LogArguments.Check(log);
        return Tails.Open(log, after);
    }

    public ValueTask DisposeAsync() => Tails.DisposeAsync();

    /// <summary>Reads events: what is in the journal alone is brought into the database first.</summary>
    private async Task<T> ReadStoredAsync<T>(Func<Reader, T> read, CancellationToken cancellationToken)
    {
        if (_writer.IsAhead)
        {
            await _writer.CommitAsync().WaitAsync(cancellationToken);
        }

        return await _readers.ReadAsync(read, cancellationToken);
    }

    private Task<bool> WriteAndCheckTailsAsync(LogId log, Func<WriteSession, bool> operation) => _writer.WriteAsync(session =>
    {
        var isDone = operation(session);
        if (isDone)
        {
            session.AfterStore(() => Tails.Check(log));
        }

        return isDone;
    });

    /// <summary>A tail opened after this look needs no announcement: it begins with a read, and the events are stored.</summary>
    private void Announce(AppendedEvents entered)
    {
        if (Tails.HasTails(entered.Log))
        {
            Tails.Notify(entered.ToNotification());
        }
    }
}
