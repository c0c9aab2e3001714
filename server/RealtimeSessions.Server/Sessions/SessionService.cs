using RealtimeSessions.EventLog.Replicas;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;
using RealtimeSessions.Server.Identity;

namespace RealtimeSessions.Server.Sessions;

/// <summary>Changes of sessions. Each takes its place in its session's order before the method returns its task.</summary>
internal sealed class SessionService(LiveSessions sessions, SessionSummaries summaries, SessionReader reader)
{
    public Task<Result<Ack>> PatchDataAsync(Caller caller, PatchSessionDataRequest request, EventSource source, IEventOrigin? origin) =>
        ChangeAsync(request, new PatchData(caller, request, source, origin));

    public Task<Result<Ack>> CreateEventAsync(Caller caller, CreateSessionEventRequest request, EventSource source, IEventOrigin? origin) =>
        ChangeAsync(request, new CreateEvent(caller, request, source, origin));

    public Task<Result<Ack>> CloseAsync(Caller caller, ChangeSessionRequest request, EventSource source, IEventOrigin? origin) =>
        ChangeAsync(request, new Close(caller, request, source, origin), followed: true);

    public async Task<Result<CreatedSession>> CreateAsync(Caller caller, CreateSessionRequest request, EventSource source)
    {
        if (!SessionKey.IsApplicationId(request.ApplicationId))
        {
            return SessionPolicy.ApplicationNotFound;
        }

        var key = new SessionKey(request.ApplicationId, request.SessionId ?? Guid.CreateVersion7().ToString());
        using var lease = sessions.Rent(key);
        var answer = await lease.Session.Lane.SubmitAsync(new CreateSession(caller, key.SessionId, request, source));
        if (answer.TryGet(out var ack, out var error))
        {
            var state = await FollowAsync(lease.Session, ack.Position);
            return state is null ? SessionPolicy.SessionNotFound : new CreatedSession(state.State.Info) { Created = true };
        }

        if (error.Code == ErrorCode.Conflict && (await reader.GetAsync(caller, key)).TryGet(out var present, out _)
            && (request.IfExists == IfExists.Return || present.CreatedBy == caller.UserId))
        {
            return new CreatedSession(present) { Created = false };
        }

        return error;
    }

    private async Task<Result<Ack>> ChangeAsync(SessionRequest request, SessionCommand command, bool followed = false)
    {
        var key = new SessionKey(request.ApplicationId, request.SessionId);
        if (!key.IsWellFormed)
        {
            return SessionPolicy.SessionNotFound;
        }

        using var lease = sessions.Rent(key);
        var answer = await lease.Session.Lane.SubmitAsync(command);
        if (followed && answer.TryGet(out var ack, out _))
        {
            await FollowAsync(lease.Session, ack.Position);
        }

        return answer;
    }

    /// <summary>Makes the catalog's entry follow the log to at least a position.</summary>
    private async Task<ReplicaState<SessionState>?> FollowAsync(LiveSession session, Position position)
    {
        if (await session.OpenAsync() is not { } replica)
        {
            return null;
        }

        await replica.WaitForAsync(position);
        var current = replica.Current;
        await summaries.WriteAsync(new SessionSummary(current.State.Info, current.Position.Sequence));
        return current;
    }
}
