using RealtimeSessions.EventLog;
using RealtimeSessions.EventLog.Replicas;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.Server.Sessions.Following;

/// <summary>
/// Makes the catalog's entry and the application's feed follow a session's log. The order is mark, log, entry, feed, and the mark is cleared:
/// whoever hears of a change in the feed finds it in the catalog, and wherever a server stops, its mark is left for the sweep.
/// </summary>
internal sealed partial class SessionFollower(
    SessionMarks marks, SessionSummaries summaries, FeedWriter feed, IEventLog eventLog, ILogger<SessionFollower> logger)
{
    /// <summary>Sets the mark, before a change enters the log.</summary>
    public Task<SessionMark> BeginAsync(LiveSession session) => marks.SetAsync(session.Key);

    /// <summary>Notes what became of the changes.</summary>
    /// <param name="session">The session.</param>
    /// <param name="mark">The mark.</param>
    /// <param name="results">What the log answered to the changes that are to be followed.</param>
    /// <param name="before">The state that they were judged by.</param>
    /// <param name="isOpen">Whether a change may still enter the log: then the mark stays for the sweep.</param>
    public async Task EndAsync(
        LiveSession session, SessionMark mark, IEnumerable<AppendResult?> results, ReplicaState<SessionState>? before, bool isOpen)
    {
        var last = results.LastOrDefault(result => result?.Outcome == AppendOutcome.Appended);
        Position? through = last is null ? null : new Position(last.Epoch, last.Sequence);
        if (isOpen)
        {
            marks.Leave();
        }

        var isOwing = session.Following.Note(isOpen ? null : mark, through, before);
        if (!isOwing && !isOpen)
        {
            await ClearAsync(mark);
        }
    }

    /// <summary>Follows at least up to a position, and returns when everybody can see it.</summary>
    /// <returns>The session's state, or null if it is gone.</returns>
    public async Task<ReplicaState<SessionState>?> FollowAsync(LiveSession session, Position position)
    {
        if (await session.OpenAsync() is not { } replica)
        {
            return null;
        }

        await session.Following.Gate.WaitAsync();
        try
        {
            await replica.WaitForAsync(position);
            await FollowAsync(session, replica);
        }
        catch (EngineUnavailableException exception)
        {
            // The change is made; the mark stays, and the sweep does the rest.
            LogBehind(logger, session.Key, exception);
        }
        finally
        {
            session.Following.Gate.Release();
        }

        return replica.Current;
    }

    /// <summary>Brings entry and feed to a state, whatever they lack.</summary>
    /// <param name="key">The session.</param>
    /// <param name="before">A state whose changes are all in the feed, as far as is known; null: the feed is compared with the whole log.</param>
    /// <param name="state">The state.</param>
    public async Task FollowAsync(SessionKey key, ReplicaState<SessionState>? before, ReplicaState<SessionState> state)
    {
        if (state.State.IsDeleted)
        {
            await summaries.RemoveAsync(key);
            await feed.WriteAsync(key, before, state);
            await eventLog.DeleteAsync(key.Log);

            // Who followed an earlier state may have made it anew.
            await summaries.RemoveAsync(key);
            return;
        }

        var isNew = await summaries.WriteAsync(new SessionSummary(state.State.Info, state.Position.Sequence));
        await feed.WriteAsync(key, before, state);
        if (isNew)
        {
            // It may have been deleted meanwhile, and the entry made after it was removed.
            await RemoveIfGoneAsync(key);
        }
    }

    /// <summary>Removes the entry of a session that has no log. The log was there before the entry, so it is gone for good.</summary>
    /// <returns>False if there is nothing to remove.</returns>
    public async Task<bool> RemoveIfGoneAsync(SessionKey key)
    {
        if (!await summaries.IsThereAsync(key) || await eventLog.ReadAsync(key.Log, 0, 0) is not null)
        {
            return false;
        }

        await summaries.RemoveAsync(key);
        return true;
    }

    private async Task FollowAsync(LiveSession session, Replica<SessionState> replica)
    {
        if (session.Following.Unfollowed is not { } unfollowed)
        {
            // A repeated change: another server may still be about to follow it.
            var present = replica.Current;
            await FollowAsync(session.Key, present, present);
            return;
        }

        await replica.WaitForAsync(unfollowed.Through);
        var state = replica.Current;
        await FollowAsync(session.Key, unfollowed.Before, state);
        session.Following.Done(unfollowed, state);
        if (unfollowed.Mark is { } mark)
        {
            await ClearAsync(mark);
        }
    }

    private async Task ClearAsync(SessionMark mark)
    {
        try
        {
            await marks.ClearAsync(mark);
        }
        catch (EngineUnavailableException exception)
        {
            LogBehind(logger, mark.Session, exception);
        }
    }

    [LoggerMessage(3220, LogLevel.Warning, "The catalog and the feed do not follow session {Session} yet: the storage cannot be reached.")]
    private static partial void LogBehind(ILogger logger, SessionKey session, Exception exception);
}
