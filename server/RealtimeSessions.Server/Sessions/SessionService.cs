using RealtimeSessions.Protocol.Requests;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Identity;
using RealtimeSessions.Server.Lanes;
using RealtimeSessions.Server.Sessions.Commands;
using RealtimeSessions.Server.Sessions.Following;

namespace RealtimeSessions.Server.Sessions;

/// <summary>Changes of sessions. Each takes its place in its session's order before the method returns its task.</summary>
internal sealed class SessionService(LiveSessions sessions, SessionFollower follower, SessionReader reader)
{
    public async Task<Result<CreatedSession>> CreateAsync(Caller caller, CreateSessionRequest request, EventSource source)
    {
        if (!SessionKey.IsApplicationId(request.ApplicationId))
        {
            return SessionPolicy.ApplicationNotFound;
        }

        var key = new SessionKey(request.ApplicationId, request.SessionId ?? Guid.CreateVersion7().ToString());
        using var lease = sessions.Rent(key);
        var answer = await lease.Log.Lane.SubmitAsync(new CreateSession(caller, key.SessionId, request, source));
        if (answer.TryGet(out var ack, out var error))
        {
            var state = await follower.FollowAsync(lease.Log, ack.Position);
            return state is null ? SessionPolicy.SessionNotFound : new CreatedSession(state.State.Info) { Created = true };
        }

        if (error.Code == ErrorCode.Conflict && (await reader.GetAsync(caller, key)).TryGet(out var present, out _)
            && (request.IfExists == IfExists.Return || present.CreatedBy == caller.UserId))
        {
            return new CreatedSession(present) { Created = false };
        }

        return error;
    }

    public Task<Result<Ack>> PatchAsync(Caller caller, PatchSessionRequest request, EventSource source, IEventOrigin? origin) =>
        ChangeAsync(request, new PatchSession(caller, request, request.Patch, source, origin), followed: true);

    public Task<Result<Ack>> UpdateNameAsync(Caller caller, UpdateSessionNameRequest request, EventSource source, IEventOrigin? origin) =>
        ChangeAsync(request, new PatchSession(caller, request, new SessionPatch { Name = request.Name }, source, origin), followed: true);

    public Task<Result<Ack>> UpdateDescriptionAsync(
        Caller caller, UpdateSessionDescriptionRequest request, EventSource source, IEventOrigin? origin) =>
        ChangeAsync(
            request, new PatchSession(caller, request, new SessionPatch { Description = request.Description ?? "" }, source, origin), followed: true);

    public Task<Result<Ack>> UpdatePropertiesAsync(
        Caller caller, UpdateSessionPropertiesRequest request, EventSource source, IEventOrigin? origin)
    {
        var patch = new SessionPatch { Properties = request.Properties ?? new Dictionary<string, string>() };
        return ChangeAsync(request, new PatchSession(caller, request, patch, source, origin), followed: true);
    }

    public Task<Result<Ack>> AddParticipantAsync(Caller caller, SessionParticipantRequest request, EventSource source, IEventOrigin? origin) =>
        ChangeAsync(request, new AddParticipant(caller, request, source, origin), followed: true);

    public Task<Result<Ack>> RemoveParticipantAsync(Caller caller, SessionParticipantRequest request, EventSource source, IEventOrigin? origin) =>
        ChangeAsync(request, new RemoveParticipant(caller, request, source, origin), followed: true);

    public Task<Result<Ack>> CloseAsync(Caller caller, ChangeSessionRequest request, EventSource source, IEventOrigin? origin) =>
        ChangeAsync(
            request, new PatchSession(caller, request, new SessionPatch { Status = SessionStatus.Closed }, source, origin), followed: true);

    /// <summary>Closes a session on the server's own behalf, if nothing has happened in it since an event.</summary>
    public Task<Result<Ack>> CloseIdleAsync(SessionKey key, long lastSequence)
    {
        var request = new ChangeSessionRequest { ApplicationId = key.ApplicationId, SessionId = key.SessionId };
        return ChangeAsync(request, new CloseIdle(request, lastSequence), followed: true);
    }

    public async Task<Result<Empty>> DeleteAsync(Caller caller, ChangeSessionRequest request, EventSource source) =>
        (await ChangeAsync(request, new DeleteSession(caller, request, source), followed: true)).Error is { } error ? error : Empty.Value;

    /// <param name="caller">Who calls.</param>
    /// <param name="request">The patch.</param>
    /// <param name="source">What it came through.</param>
    /// <param name="origin">Whose own events are to be left out; null: nobody's.</param>
    /// <param name="ifMatch">One of these must be where the data changed last, in the log's epoch; null: any place.</param>
    public Task<Result<Ack>> PatchDataAsync(
        Caller caller, PatchSessionDataRequest request, EventSource source, IEventOrigin? origin, IReadOnlyCollection<Position>? ifMatch = null) =>
        ChangeAsync(request, new PatchData(caller, request, source, origin, ifMatch), followed: false);

    public Task<Result<Ack>> CreateEventAsync(Caller caller, CreateSessionEventRequest request, EventSource source, IEventOrigin? origin) =>
        ChangeAsync(request, new CreateEvent(caller, request, source, origin), followed: false);

    /// <summary>Submits a change, and waits until the catalog and the feed have followed, where they must.</summary>
    private async Task<Result<Ack>> ChangeAsync(SessionRequest request, SessionCommand command, bool followed)
    {
        var key = new SessionKey(request.ApplicationId, request.SessionId);
        if (!key.IsWellFormed)
        {
            return await reader.RefusalOfIllFormedAsync(command.Caller, key);
        }

        using var lease = sessions.Rent(key);
        var answer = await lease.Log.Lane.SubmitAsync(command);
        if (followed && answer.TryGet(out var ack, out _))
        {
            await follower.FollowAsync(lease.Log, ack.Position);
        }

        return answer;
    }
}
