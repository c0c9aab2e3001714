using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;

namespace RealtimeSessions.Client;

/// <content>The hub's methods that are no part of a live session. Each throws <see cref="RealtimeException"/> with the server's error.</content>
public sealed partial class RealtimeClient
{
    /// <summary>The applications that the caller may read.</summary>
    public Task<ApplicationList> ListApplicationsAsync(CancellationToken cancellationToken = default) =>
        InvokeAsync<ApplicationList>("ListApplications", new ListApplicationsRequest(), cancellationToken);

    /// <summary>An application.</summary>
    public Task<Application> GetApplicationAsync(string applicationId, CancellationToken cancellationToken = default) =>
        InvokeAsync<Application>("GetApplication", new ApplicationRequest { ApplicationId = applicationId }, cancellationToken);

    /// <summary>The roles of an application.</summary>
    public Task<RoleList> ListRolesAsync(string applicationId, CancellationToken cancellationToken = default) =>
        InvokeAsync<RoleList>("ListRoles", new ApplicationRequest { ApplicationId = applicationId }, cancellationToken);

    /// <summary>Makes a session. With an id of the caller's own, a repeat is safe.</summary>
    public Task<CreatedSession> CreateSessionAsync(CreateSessionRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<CreatedSession>("CreateSession", request, cancellationToken);

    /// <summary>A session.</summary>
    public Task<Session> GetSessionAsync(string applicationId, string sessionId, CancellationToken cancellationToken = default) =>
        InvokeAsync<Session>("GetSession", new SessionRequest { ApplicationId = applicationId, SessionId = sessionId }, cancellationToken);

    /// <summary>A page of the sessions that the caller may read, newest first.</summary>
    public Task<SessionPage> ListSessionsAsync(ListSessionsRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<SessionPage>("ListSessions", request, cancellationToken);

    /// <summary>A session's data, as they are or as they were.</summary>
    public Task<SessionData> GetSessionDataAsync(GetSessionDataRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<SessionData>("GetSessionData", request, cancellationToken);

    /// <summary>A page of a session's events from its log.</summary>
    public Task<SessionEventPage> ListSessionEventsAsync(ListSessionEventsRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<SessionEventPage>("ListSessionEvents", request, cancellationToken);

    /// <summary>Changes name, description, properties or status of a session.</summary>
    public Task<Ack> PatchSessionAsync(PatchSessionRequest request, CancellationToken cancellationToken = default) =>
        ChangeAsync("PatchSession", request, cancellationToken);

    /// <summary>Adds a user or a group to a session, or gives another role.</summary>
    public Task<Ack> AddSessionParticipantAsync(SessionParticipantRequest request, CancellationToken cancellationToken = default) =>
        ChangeAsync("AddSessionParticipant", request, cancellationToken);

    /// <summary>Takes a user or a group out of a session.</summary>
    public Task<Ack> RemoveSessionParticipantAsync(SessionParticipantRequest request, CancellationToken cancellationToken = default) =>
        ChangeAsync("RemoveSessionParticipant", request, cancellationToken);

    /// <summary>Closes a session: it can be read and takes no more changes.</summary>
    public Task<Ack> CloseSessionAsync(ChangeSessionRequest request, CancellationToken cancellationToken = default) =>
        ChangeAsync("CloseSession", request, cancellationToken);

    /// <summary>Deletes a session for good.</summary>
    public Task DeleteSessionAsync(ChangeSessionRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<Empty>("DeleteSession", request, cancellationToken);

    /// <summary>
    /// Changes a session. The connection is not sent what it makes itself: a session that is joined hears of that by the answer, whether the caller still waits for it or not.
    /// </summary>
    private async Task<Ack> ChangeAsync(string method, SessionRequest request, CancellationToken cancellationToken)
    {
        var link = await _loop.ConnectedAsync(cancellationToken);
        var answer = AnswerAsync();
        _ = answer.ContinueWith(static late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        return await answer.WaitAsync(cancellationToken);

        async Task<Ack> AnswerAsync()
        {
            var ack = await link.InvokeAsync<Ack>(method, request, CancellationToken.None);
            _sessions.Find(new(request.ApplicationId, request.SessionId))?.OnCallAnswered(ack);
            return ack;
        }
    }
}
