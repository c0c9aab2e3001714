using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;
using RealtimeSessions.Server.Identity;

namespace RealtimeSessions.Server.Sessions.Following;

/// <summary>Deletes sessions on the server's own behalf.</summary>
internal sealed class SessionRemover(SessionService sessions, SessionFollower follower)
{
    /// <summary>Deletes a session that the catalog knows, or, where its log is gone, what the catalog still knows of it.</summary>
    /// <returns>False if there is no such session, or it could not be deleted now.</returns>
    public async Task<bool> RemoveAsync(SessionKey key)
    {
        var request = new ChangeSessionRequest { ApplicationId = key.ApplicationId, SessionId = key.SessionId };
        return (await sessions.DeleteAsync(Caller.System, request, EventSource.System)).Error is not { } error
            || (error.Code == ErrorCode.SessionNotFound && await RemoveIfGoneAsync(key));
    }

    /// <summary>Removes what the catalog still knows of a session whose log is gone.</summary>
    /// <returns>False if there is nothing to remove.</returns>
    public Task<bool> RemoveIfGoneAsync(SessionKey key) => follower.RemoveIfGoneAsync(key);
}
