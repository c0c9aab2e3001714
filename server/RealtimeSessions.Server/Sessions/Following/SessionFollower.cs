using RealtimeSessions.EventLog;
using RealtimeSessions.EventLog.Replicas;
using RealtimeSessions.Server.Applications;
using RealtimeSessions.Server.Lanes.Following;

namespace RealtimeSessions.Server.Sessions.Following;

/// <summary>Makes the catalog's entry of a session and its application's feed follow the session's log.</summary>
internal sealed class SessionFollower(
    SessionKind kind, SessionSummaries summaries, SessionFeedWriter feed, IEventLog eventLog, ICatalog catalog, TimeProvider time,
    ILogger<SessionFollower> logger)
    : Follower<SessionKey, SessionState, ApplicationModel?>(kind, catalog, time, logger)
{
    public override async Task FollowAsync(SessionKey key, ReplicaState<SessionState>? before, ReplicaState<SessionState> state)
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

    public override async Task<bool> RemoveIfGoneAsync(SessionKey key)
    {
        if (!await summaries.IsThereAsync(key) || await eventLog.ReadAsync(key.Log, 0, 0) is not null)
        {
            return false;
        }

        await summaries.RemoveAsync(key);
        return true;
    }
}
