using System.Collections.Concurrent;
using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.Server.Tests.Support;

/// <summary>Appends as the engine would, unless a test says otherwise.</summary>
internal delegate Task<IReadOnlyList<AppendResult>> AppendScript(
    IReadOnlyList<LogAppend> appends, Func<IReadOnlyList<LogAppend>, Task<IReadOnlyList<AppendResult>>> append);

/// <summary>A real engine whose appends, reads and tails a test can hold up or break, and whose history it can lose.</summary>
internal sealed class ScriptedEventLog(IEventLog engine) : IEventLog
{
    private readonly ConcurrentDictionary<LogId, LogId> _renamed = new();
    private readonly ConcurrentDictionary<Tail, LogId> _tails = new();
    private volatile TaskCompletionSource _lost = new();

    /// <summary>What becomes of an append; null: what the engine makes of it.</summary>
    public AppendScript? OnAppend { get; set; }

    /// <summary>Runs before every read.</summary>
    public Func<Task>? OnRead { get; set; }

    /// <summary>Runs before a log is deleted.</summary>
    public Func<Task>? OnDelete { get; set; }

    /// <summary>How often a snapshot was stored.</summary>
    public ConcurrentQueue<LogSnapshot> Snapshots { get; } = new();

    /// <summary>While a gate is there, tails deliver nothing until it opens.</summary>
    public TaskCompletionSource? TailGate { get; set; }

    /// <summary>How many tails are open.</summary>
    public int OpenTails => _tails.Count;

    /// <summary>Whether a tail of a log is open.</summary>
    public bool IsTailed(LogId log) => _tails.Values.Contains(log);

    public Task<IReadOnlyList<AppendResult>> AppendAsync(LogId log, IReadOnlyList<LogAppend> appends) =>
        OnAppend is { } script
            ? script(appends, real => engine.AppendAsync(Real(log), real))
            : engine.AppendAsync(Real(log), appends);

    public async Task<LogPage?> ReadAsync(LogId log, long after, int limit, CancellationToken cancellationToken = default)
    {
        if (OnRead is { } script)
        {
            await script();
        }

        return await engine.ReadAsync(Real(log), after, limit, cancellationToken);
    }

    public Task<LogSnapshot?> ReadSnapshotAsync(LogId log, long atMost = long.MaxValue, CancellationToken cancellationToken = default) =>
        engine.ReadSnapshotAsync(Real(log), atMost, cancellationToken);

    public async Task<bool> WriteSnapshotAsync(LogId log, LogSnapshot snapshot)
    {
        var stored = await engine.WriteSnapshotAsync(Real(log), snapshot);
        Snapshots.Enqueue(snapshot);
        return stored;
    }

    public Task<bool> TrimAsync(LogId log, LogSnapshot edge) => engine.TrimAsync(Real(log), edge);

    public async Task<bool> DeleteAsync(LogId log)
    {
        if (OnDelete is { } script)
        {
            await script();
        }

        return await engine.DeleteAsync(Real(log));
    }

    public ILogTail OpenTail(LogId log, Position after)
    {
        var tail = new Tail(this, engine.OpenTail(Real(log), after), _lost.Task);
        _tails[tail] = log;
        return tail;
    }

    /// <summary>What comes after a sequence is lost: the log goes on from there under another epoch.</summary>
    public async Task LoseAfterAsync(LogId log, long sequence)
    {
        var kept = (await engine.ReadAsync(Real(log), 0, (int)sequence))!.Events;
        var renamed = new LogId($"{Real(log)}-again");
        await engine.AppendAsync(renamed,
        [
            new LogAppend
            {
                MustBeNew = true,
                Events = [.. kept.Select(next => new NewEvent(next.EventId, next.CreatedAt, next.Payload, ChangesRights: next.Sequence == 1))],
            },
        ]);
        _renamed[log] = renamed;
    }

    /// <summary>Tells the tails that history was lost.</summary>
    public void NoticeLoss()
    {
        var lost = _lost;
        _lost = new TaskCompletionSource();
        lost.SetResult();
    }

    private LogId Real(LogId log) => _renamed.GetValueOrDefault(log, log);

    private sealed class Tail(ScriptedEventLog owner, ILogTail tail, Task lost) : ILogTail
    {
        public async ValueTask<TailBatch> ReadAsync(CancellationToken cancellationToken = default)
        {
            var reading = tail.ReadAsync(cancellationToken).AsTask();
            if (await Task.WhenAny(reading, lost) == lost)
            {
                return TailBatch.Reset;
            }

            var batch = await reading;
            if (owner.TailGate is { } gate)
            {
                await Task.WhenAny(gate.Task, lost).WaitAsync(cancellationToken);
            }

            return lost.IsCompleted ? TailBatch.Reset : batch;
        }

        public ValueTask DisposeAsync()
        {
            owner._tails.TryRemove(this, out _);
            return tail.DisposeAsync();
        }
    }
}
