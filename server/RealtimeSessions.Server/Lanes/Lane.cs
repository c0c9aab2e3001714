using System.Collections.Concurrent;
using RealtimeSessions.EventLog;
using RealtimeSessions.EventLog.Replicas;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.Server.Lanes;

/// <summary>
/// The one way into a log on this server. Changes are judged and appended in the order in which they were submitted: whatever
/// waits goes into the log as one group, and the next group is judged when the outcomes of the last one are known. Under load a group waits
/// until what others have to do is done, and so becomes larger.
/// </summary>
internal sealed partial class Lane<TKey, TState, TScene>(LiveLog<TKey, TState, TScene> live, LaneServices<TKey, TState, TScene> services) : IThreadPoolWorkItem
    where TKey : notnull
    where TState : class
{
    private const int MaximumWaiting = 10_000;
    private const int GroupCount = 256;
    private const int GroupBytes = 256 * 1024;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentQueue<LaneEntry<TState, TScene>> _submitted = new();
    private int _waiting;
    private int _running;

    // What follows belongs to the one run at a time.
    private readonly List<LaneEntry<TState, TScene>> _pending = [];
    private readonly List<LaneEntry<TState, TScene>> _decided = [];
    private Position _appendedThrough;
    private long _appendedBytes;

    /// <summary>Takes a change into the lane, before it returns: the order of the calls is the order in the log.</summary>
    public Task<Result<Ack>> SubmitAsync(LogCommand<TState, TScene> command)
    {
        if (Interlocked.Increment(ref _waiting) > MaximumWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            return Task.FromResult<Result<Ack>>(new Error(ErrorCode.Unavailable, "Too many changes are waiting here already."));
        }

        var entry = new LaneEntry<TState, TScene>(command);
        _submitted.Enqueue(entry);
        if (Interlocked.Exchange(ref _running, 1) == 0)
        {
            // Not here: what the caller's connection has sent along takes its place first, and goes in the same group.
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }

        return entry.Answered;
    }

    void IThreadPoolWorkItem.Execute() => _ = RunAsync();

    private async Task RunAsync()
    {
        do
        {
            while (TakeSubmitted())
            {
                var group = new List<LaneEntry<TState, TScene>>();
                try
                {
                    await AppendAsync(group, await JudgeAsync(group));
                }
                catch (EngineUnavailableException exception)
                {
                    LogUnavailable(services.Logger, live.Log, exception);
                    FailAll(group, new Error(ErrorCode.Unavailable, "The storage cannot be reached."));
                }
                catch (Exception exception)
                {
                    LogFailed(services.Logger, live.Log, exception);
                    FailAll(group, new Error(ErrorCode.Internal, "The server failed; it has logged why."));
                }

                Tell();
                if (_pending.Count > 0 || !_submitted.IsEmpty)
                {
                    await Task.Yield();
                }
            }

            Interlocked.Exchange(ref _running, 0);
        }
        while (!_submitted.IsEmpty && Interlocked.Exchange(ref _running, 1) == 0);
    }

    private bool TakeSubmitted()
    {
        while (_submitted.TryDequeue(out var entry))
        {
            _pending.Add(entry);
        }

        return _pending.Count > 0;
    }

    /// <summary>Moves what can be decided by the present state from the pending changes to the group.</summary>
    private async Task<ReplicaState<TState>?> JudgeAsync(List<LaneEntry<TState, TScene>> group)
    {
        group.AddRange(_pending.Count <= GroupCount ? _pending : _pending.GetRange(0, GroupCount));
        _pending.RemoveRange(0, group.Count);
        var replica = await live.OpenAsync();
        var current = replica is { IsDeleted: false } ? replica.Current : null;
        var scene = await services.Scenes.ReadAsync(live.Key, current?.State);
        var unfolded = IsFolded(current) ? _appendedBytes = 0 : _appendedBytes;
        long bytes = 0;
        for (var i = 0; i < group.Count; i++)
        {
            var context = new CommandContext<TState, TScene>(
                scene, current?.State, current?.Position ?? default, unfolded + bytes, services.Time.GetUtcNow(), services.Limits);
            var mustWait = !group[i].TryDraft(context);
            bytes += group[i].Draft.Bytes;
            if (mustWait && i == 0)
            {
                await replica!.WaitForAsync(_appendedThrough);
            }

            // What comes after a change of rights, or one under a condition, is judged by what has become of it.
            var taken = mustWait ? i : bytes >= GroupBytes || group[i].EndsGroup ? i + 1 : group.Count;
            if (taken < group.Count)
            {
                _pending.InsertRange(0, group.Skip(taken));
                group.RemoveRange(taken, group.Count - taken);
            }
        }

        return current;
    }

    /// <summary>Whether a state holds everything that this lane has appended to the log as it is.</summary>
    private bool IsFolded(ReplicaState<TState>? current) =>
        current is null || current.Position.Epoch != _appendedThrough.Epoch || current.Position.Sequence >= _appendedThrough.Sequence;

    private async Task AppendAsync(List<LaneEntry<TState, TScene>> group, ReplicaState<TState>? current)
    {
        var (entries, isToBeFollowed) = (new List<LaneEntry<TState, TScene>>(group.Count), false);
        foreach (var entry in group)
        {
            if (entry.Draft.Append is null)
            {
                Answer(entry, entry.Draft.Refusal ?? (Result<Ack>)new Ack(IsFolded(current) ? current!.Position : _appendedThrough, Count: 0));
                continue;
            }

            entries.Add(entry);
            isToBeFollowed |= entry.Draft.IsToBeFollowed;
        }

        if (entries.Count == 0)
        {
            return;
        }

        var mark = isToBeFollowed ? await services.Follower.BeginAsync(live) : null;
        entries.ForEach(entry => entry.Expect());
        var results = await services.Retry.AppendAsync(
            live.Log, entries.ConvertAll(entry => entry.Draft.Append!).ToArray(), current?.Position.Sequence ?? 0);
        if (mark is not null)
        {
            // Before anybody is answered: whoever is answered waits for what this notes.
            var followed = entries.Zip(results, (entry, result) => entry.Draft.IsToBeFollowed ? result : null);
            await services.Follower.EndAsync(live, mark, followed, current, isOpen: results.Contains(null));
        }

        await AnswerAsync(entries, results, current);
    }

    private async Task AnswerAsync(List<LaneEntry<TState, TScene>> entries, IReadOnlyList<AppendResult?> results, ReplicaState<TState>? judgedBy)
    {
        List<LaneEntry<TState, TScene>>? again = null;
        var moved = default(Position);
        for (var i = 0; i < entries.Count; i++)
        {
            var (entry, result) = (entries[i], results[i]);
            if (entry.IsToBeJudgedAgain(result))
            {
                entry.Forget();
                (again ??= []).Add(entry);
                moved = new Position(result!.Epoch, result.Outcome == AppendOutcome.GuardChanged ? result.Guard : result.Sequence);
                continue;
            }

            if (result?.Outcome == AppendOutcome.Appended)
            {
                (_appendedThrough, _appendedBytes) = (new Position(result.Epoch, result.Sequence), _appendedBytes + entry.Draft.Bytes);
                if (result.SnapshotDue)
                {
                    services.Snapshots.Write(live.Log, live.OpenAsync, _appendedThrough);
                }
            }
            else
            {
                entry.Forget();
            }

            Answer(entry, entry.AnswerTo(result, services.Kind.Errors));
        }

        if (again is not null)
        {
            Tell();
            await JudgeAgainAsync(again, moved, judgedBy);
        }
    }

    /// <summary>Puts changes before anything that was submitted later, to be judged by a state that holds what they were refused for.</summary>
    private async Task JudgeAgainAsync(List<LaneEntry<TState, TScene>> entries, Position moved, ReplicaState<TState>? judgedBy)
    {
        _pending.InsertRange(0, entries);
        if (await live.OpenAsync() is { } replica)
        {
            await replica.WaitForAsync(moved);
            if (ReferenceEquals(replica.Current, judgedBy) && services.Kind.GuardOf(judgedBy.State) > moved.Sequence)
            {
                // Not the replica was behind: the log has lost history, and the replica is about to notice.
                await Task.Delay(Pause, services.Time);
            }
        }
    }

    /// <summary>Notes an answer, unless there is one already.</summary>
    private void Answer(LaneEntry<TState, TScene> entry, Result<Ack> answer)
    {
        if (entry.TryAnswer(answer))
        {
            _decided.Add(entry);
        }
    }

    /// <summary>Tells the callers what is decided. What they do next, up to their first await, is done here.</summary>
    private void Tell()
    {
        Interlocked.Add(ref _waiting, -_decided.Count);
        foreach (var entry in _decided)
        {
            entry.Tell();
        }

        _decided.Clear();
    }

    private void FailAll(List<LaneEntry<TState, TScene>> group, Error error)
    {
        foreach (var entry in group.Except(_pending).Where(entry => !entry.IsAnswered))
        {
            entry.Forget();
            Answer(entry, error);
        }
    }

    [LoggerMessage(3200, LogLevel.Warning, "Changes of {Log} were not answered: the storage cannot be reached.")]
    private static partial void LogUnavailable(ILogger logger, LogId log, Exception exception);

    [LoggerMessage(3201, LogLevel.Error, "Changes of {Log} failed.")]
    private static partial void LogFailed(ILogger logger, LogId log, Exception exception);
}
