using RealtimeSessions.EventLog;
using RealtimeSessions.EventLog.Replicas;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.Server.Lanes.Following;

/// <summary>
/// Makes the catalog and a feed follow logs of one kind. The order is mark, log, entry, feed, and the mark is cleared: whoever hears of a change in
/// the feed finds it in the catalog, and wherever a server stops, its mark is left for the sweep.
/// </summary>
internal abstract partial class Follower<TKey, TState, TScene>(LogKind<TKey, TState> kind, ICatalog catalog, TimeProvider time, ILogger logger)
    where TKey : notnull
    where TState : class
{
    /// <summary>The marks of logs of this kind.</summary>
    public Marks<TKey> Marks { get; } = new(kind.MarkScope, kind.KeyOf, catalog, time);

    /// <summary>Sets the mark, before a change enters the log.</summary>
    public Task<Mark<TKey>> BeginAsync(LiveLog<TKey, TState, TScene> live) => Marks.SetAsync(live.Key);

    /// <summary>Notes what became of the changes.</summary>
    /// <param name="live">The log.</param>
    /// <param name="mark">The mark.</param>
    /// <param name="results">What the log answered to the changes that are to be followed.</param>
    /// <param name="before">The state that they were judged by.</param>
    /// <param name="isOpen">Whether a change may still enter the log: then the mark stays for the sweep.</param>
    public async Task EndAsync(
        LiveLog<TKey, TState, TScene> live, Mark<TKey> mark, IEnumerable<AppendResult?> results, ReplicaState<TState>? before, bool isOpen)
    {
        var last = results.LastOrDefault(result => result?.Outcome == AppendOutcome.Appended);
        Position? through = last is null ? null : new Position(last.Epoch, last.Sequence);
        if (isOpen)
        {
            Marks.Leave();
        }

        var isOwing = live.Following.Note(isOpen ? null : mark, through, before);
        if (!isOwing && !isOpen)
        {
            await ClearAsync(mark);
        }
    }

    /// <summary>Follows at least up to a position, and returns when everybody can see it.</summary>
    /// <returns>The log's state, or null if it is gone.</returns>
    public async Task<ReplicaState<TState>?> FollowAsync(LiveLog<TKey, TState, TScene> live, Position position)
    {
        if (await live.OpenAsync() is not { } replica)
        {
            return null;
        }

        await live.Following.Gate.WaitAsync();
        try
        {
            await replica.WaitForAsync(position);
            await FollowAsync(live, replica);
        }
        catch (EngineUnavailableException exception)
        {
            // The change is made; the mark stays, and the sweep does the rest.
            LogBehind(logger, live.Log, exception);
        }
        finally
        {
            live.Following.Gate.Release();
        }

        return replica.Current;
    }

    /// <summary>Brings catalog and feed to a state, whatever they lack. Can be done twice, by several servers at once.</summary>
    /// <param name="key">The log.</param>
    /// <param name="before">A state that they have followed to, as far as is known; null: they are compared with all of the log.</param>
    /// <param name="state">The state.</param>
    public abstract Task FollowAsync(TKey key, ReplicaState<TState>? before, ReplicaState<TState> state);

    /// <summary>Removes from the catalog what has no log. The log was there before, so it is gone for good. Nothing, where entries go before their log.</summary>
    /// <returns>False if there is nothing to remove.</returns>
    public virtual Task<bool> RemoveIfGoneAsync(TKey key) => Task.FromResult(false);

    private async Task FollowAsync(LiveLog<TKey, TState, TScene> live, Replica<TState> replica)
    {
        if (live.Following.Unfollowed is not { } unfollowed)
        {
            // A repeated change: another server may still be about to follow it.
            var present = replica.Current;
            await FollowAsync(live.Key, present, present);
            return;
        }

        await replica.WaitForAsync(unfollowed.Through);
        var state = replica.Current;
        await FollowAsync(live.Key, unfollowed.Before, state);
        live.Following.Done(unfollowed, state);
        if (unfollowed.Mark is { } mark)
        {
            await ClearAsync(mark);
        }
    }

    private async Task ClearAsync(Mark<TKey> mark)
    {
        try
        {
            await Marks.ClearAsync(mark);
        }
        catch (EngineUnavailableException exception)
        {
            LogBehind(logger, kind.LogOf(mark.Key), exception);
        }
    }

    [LoggerMessage(3220, LogLevel.Warning, "The catalog and the feed do not follow {Log} yet: the storage cannot be reached.")]
    private static partial void LogBehind(ILogger logger, LogId log, Exception exception);
}
