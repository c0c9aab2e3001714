using RealtimeSessions.EventLog;
using RealtimeSessions.EventLog.Replicas;

namespace RealtimeSessions.Server.Lanes.Following;

/// <summary>
/// Copies the changes of logs into a feed, each once and in the log's order, whoever copies and however often: the feed takes the n-th change of a
/// log only after the one before it (a writer's number that is never forgotten).
/// </summary>
internal abstract partial class FeedWriter<TKey, TState>(IEventLog eventLog, IFold<TState> fold, ILogger logger)
    where TKey : notnull
    where TState : class
{
    private const int PageSize = 200;

    /// <summary>Appends what the feed lacks of a log.</summary>
    /// <param name="key">The log.</param>
    /// <param name="before">A state to start from; null: the oldest that can be rebuilt.</param>
    /// <param name="target">The state up to which it is to be.</param>
    public async Task WriteAsync(TKey key, ReplicaState<TState>? before, ReplicaState<TState> target)
    {
        var from = before?.Position.Epoch == target.Position.Epoch ? before : await BeginAsync(key, target.Position.Epoch);
        while (!await TryCopyAsync(key, from, target))
        {
            from = await BeginAsync(key, target.Position.Epoch);
        }
    }

    protected abstract LogId LogOf(TKey key);

    /// <summary>Whether the feed tells of an event.</summary>
    protected abstract bool Tells(LogEvent next);

    /// <summary>How many changes the feed is told of, up to a state: the number of the last of them.</summary>
    protected abstract long NumberOf(TState state);

    /// <summary>What the feed is to hold of an event.</summary>
    /// <param name="key">The log.</param>
    /// <param name="next">The event.</param>
    /// <param name="before">The state before it; null: it is the first.</param>
    /// <param name="after">The state after it.</param>
    protected abstract ReadOnlyMemory<byte> Describe(TKey key, LogEvent next, TState? before, TState after);

    /// <summary>What stands in the feed for changes that were removed before they could be copied: the whole as it was after them.</summary>
    protected abstract (DateTimeOffset CreatedAt, ReadOnlyMemory<byte> Payload) StandFor(TKey key, TState state);

    /// <summary>Appends changes to the feed, each under its number.</summary>
    /// <param name="key">The log.</param>
    /// <param name="state">The state after them.</param>
    /// <param name="appends">The changes.</param>
    /// <returns>The number of a change that is lacking before them; null: none is, and all of them are there.</returns>
    protected abstract Task<long?> AppendAsync(TKey key, TState state, IReadOnlyList<LogAppend> appends);

    /// <summary>Begins with the oldest state that can be rebuilt.</summary>
    /// <returns>The state, of which the feed has all changes; null: that before the first event.</returns>
    private async Task<ReplicaState<TState>?> BeginAsync(TKey key, string epoch)
    {
        var log = LogOf(key);
        if (await eventLog.ReadAsync(log, 0, 0) is not { Head.FirstAvailable: > 1 and var first }
            || await eventLog.ReadSnapshotAsync(log, atMost: first - 1) is not { } oldest)
        {
            return null;
        }

        var state = fold.Deserialize(oldest.State);
        await FillAsync(key, epoch, state);
        return new ReplicaState<TState>(oldest.Position, state);
    }

    /// <summary>Copies changes from a state on.</summary>
    /// <returns>False if the feed lacks changes before that state, or the log does not keep those after it any more.</returns>
    private async Task<bool> TryCopyAsync(TKey key, ReplicaState<TState>? from, ReplicaState<TState> target)
    {
        var (state, after, epoch) = (from?.State, from?.Position.Sequence ?? 0, target.Position.Epoch);
        while (after < target.Position.Sequence && await eventLog.ReadAsync(LogOf(key), after, PageSize) is { } page
            && page.Head.Position.Epoch == epoch && page.Head.Position.Sequence >= target.Position.Sequence)
        {
            if (page.Head.FirstAvailable > after + 1)
            {
                return false;
            }

            var appends = new List<LogAppend>();
            foreach (var next in page.Events.TakeWhile(next => next.Sequence <= target.Position.Sequence))
            {
                after = next.Sequence;
                if (Tells(next))
                {
                    var before = state;
                    state = fold.Apply(state, next);
                    appends.Add(Append(key, epoch, NumberOf(state), next.EventId, next.CreatedAt, Describe(key, next, before, state)));
                }
            }

            if (appends.Count > 0 && await AppendAsync(key, state!, appends) is not null)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Stands in for changes that retention removed before they could be copied.</summary>
    private async Task FillAsync(TKey key, string epoch, TState state)
    {
        // Whoever sees it gets the whole.
        var (createdAt, payload) = StandFor(key, state);
        for (var number = NumberOf(state); number <= NumberOf(state); number++)
        {
            var append = Append(key, epoch, number, Guid.CreateVersion7(), createdAt, payload);
            if (await AppendAsync(key, state, [append]) is { } lacking)
            {
                LogMissing(logger, LogOf(key), NumberOf(state) - lacking + 1);
                number = lacking - 1;
            }
        }
    }

    private LogAppend Append(TKey key, string epoch, long number, Guid eventId, DateTimeOffset createdAt, ReadOnlyMemory<byte> payload) => new()
    {
        Events = [new NewEvent(eventId, createdAt, payload)],
        Writer = new WriterNumber($"{epoch}/{NameInFeed(key)}", number) { IsPermanent = true },
    };

    /// <summary>What a log is called among those that the feed is told of.</summary>
    protected abstract string NameInFeed(TKey key);

    [LoggerMessage(3221, LogLevel.Warning, "The feed lacked {Count} changes of {Log} that retention has removed; watchers get the whole as it was after them.")]
    private static partial void LogMissing(ILogger logger, LogId log, long count);
}
