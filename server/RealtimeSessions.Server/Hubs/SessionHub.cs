using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.SignalR;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;
using RealtimeSessions.Server.Applications;
using RealtimeSessions.Server.Delivery;
using RealtimeSessions.Server.Delivery.Feeds;
using RealtimeSessions.Server.Delivery.Sessions;
using RealtimeSessions.Server.Requests;
using RealtimeSessions.Server.Sessions;

namespace RealtimeSessions.Server.Hubs;

/// <summary>
/// The hub at <c>/hub</c>. Every method takes one object and returns one (PROTOCOL.md). A method runs, up to its first await, in the
/// order in which its connection sent the calls, and by then a change has its place in its session's lane.
/// </summary>
internal sealed class SessionHub(
    ApplicationService applications, SessionService sessions, SessionReader reader, SessionHistory history, SessionDelivery delivery,
    FeedDelivery feeds, RequestReader requests) : Hub
{
    private static readonly RequestJsonContext Requests = RequestJsonContext.Default;

    private ClientConnection Connection => Context.Features.Get<ClientConnection>()!;

    public Task<Application> GetApplication(JsonElement argument) => Answer(argument, Requests.ApplicationRequest,
        request => applications.GetAsync(Connection.Caller, request));

    public Task<ApplicationList> ListApplications(JsonElement argument) => Answer(argument, Requests.ListApplicationsRequest,
        _ => applications.ListAsync(Connection.Caller));

    public Task<RoleList> ListRoles(JsonElement argument) => Answer(argument, Requests.ApplicationRequest,
        request => applications.ListRolesAsync(Connection.Caller, request));

    public Task<CreatedSession> CreateSession(JsonElement argument) => Answer(argument, Requests.CreateSessionRequest,
        request => sessions.CreateAsync(Connection.Caller, request, EventSource.Hub));

    public Task<Session> GetSession(JsonElement argument) => Answer(argument, Requests.SessionRequest,
        request => reader.GetAsync(Connection.Caller, KeyOf(request)));

    public Task<Ack> PatchSession(JsonElement argument) => Answer(argument, Requests.PatchSessionRequest,
        request => sessions.PatchAsync(Connection.Caller, request, EventSource.Hub, OriginOf(request)));

    public Task<Ack> UpdateSessionName(JsonElement argument) => Answer(argument, Requests.UpdateSessionNameRequest,
        request => sessions.UpdateNameAsync(Connection.Caller, request, EventSource.Hub, OriginOf(request)));

    public Task<Ack> UpdateSessionDescription(JsonElement argument) => Answer(argument, Requests.UpdateSessionDescriptionRequest,
        request => sessions.UpdateDescriptionAsync(Connection.Caller, request, EventSource.Hub, OriginOf(request)));

    public Task<Ack> UpdateSessionProperties(JsonElement argument) => Answer(argument, Requests.UpdateSessionPropertiesRequest,
        request => sessions.UpdatePropertiesAsync(Connection.Caller, request, EventSource.Hub, OriginOf(request)));

    public Task<Ack> AddSessionParticipant(JsonElement argument) => Answer(argument, Requests.SessionParticipantRequest,
        request => sessions.AddParticipantAsync(Connection.Caller, request, EventSource.Hub, OriginOf(request)));

    public Task<Ack> RemoveSessionParticipant(JsonElement argument) => Answer(argument, Requests.SessionParticipantRequest,
        request => sessions.RemoveParticipantAsync(Connection.Caller, request, EventSource.Hub, OriginOf(request)));

    public Task<Empty> DeleteSession(JsonElement argument) => Answer(argument, Requests.ChangeSessionRequest,
        request => sessions.DeleteAsync(Connection.Caller, request, EventSource.Hub));

    public Task<SessionPage> ListSessions(JsonElement argument) => Answer(argument, Requests.ListSessionsRequest,
        request => reader.ListAsync(Connection.Caller, request));

    public Task<Ack> PatchSessionData(JsonElement argument) => Answer(argument, Requests.PatchSessionDataRequest,
        request => sessions.PatchDataAsync(Connection.Caller, request, EventSource.Hub, OriginOf(request)));

    public Task<SessionData> GetSessionData(JsonElement argument) => Answer(argument, Requests.GetSessionDataRequest,
        request => history.GetDataAsync(Connection.Caller, request));

    public Task<Ack> CreateSessionEvent(JsonElement argument) => Answer(argument, Requests.CreateSessionEventRequest,
        request => sessions.CreateEventAsync(Connection.Caller, request, EventSource.Hub, OriginOf(request)));

    public Task<Ack> CloseSession(JsonElement argument) => Answer(argument, Requests.ChangeSessionRequest,
        request => sessions.CloseAsync(Connection.Caller, request, EventSource.Hub, OriginOf(request)));

    public Task<SessionEventPage> ListSessionEvents(JsonElement argument) => Answer(argument, Requests.ListSessionEventsRequest,
        request => history.ListEventsAsync(Connection.Caller, request));

    public Task<JoinedSession> JoinSession(JsonElement argument) => Answer(argument, Requests.JoinSessionRequest,
        request => delivery.JoinAsync(Connection, request));

    public Task<Empty> LeaveSession(JsonElement argument) => Answer(argument, Requests.SessionRequest,
        request => delivery.LeaveAsync(Connection, KeyOf(request)));

    public Task<Empty> UpdatePresence(JsonElement argument) => Answer(argument, Requests.UpdatePresenceRequest,
        request => Task.FromResult(delivery.UpdatePresence(Connection, request)));

    public Task<Empty> SendSignal(JsonElement argument) => Answer(argument, Requests.SendSignalRequest,
        request => Task.FromResult(delivery.SendSignal(Connection, request)));

    public Task<WatchedApplication> WatchApplication(JsonElement argument) => Answer(argument, Requests.WatchApplicationRequest,
        request => feeds.WatchAsync(Connection, request));

    public Task<Empty> UnwatchApplication(JsonElement argument) => Answer(argument, Requests.ApplicationRequest,
        request => feeds.UnwatchAsync(Connection, request.ApplicationId));

    private static SessionKey KeyOf(SessionRequest request) => new(request.ApplicationId, request.SessionId);

    private IEventOrigin? OriginOf(SessionRequest request) => Connection.OriginFor(KeyOf(request));

    /// <summary>Reads the argument, calls, and gives the value or throws the error in the form it has on the hub.</summary>
    private async Task<TAnswer> Answer<TRequest, TAnswer>(
        JsonElement argument, JsonTypeInfo<TRequest> type, Func<TRequest, Task<Result<TAnswer>>> call)
        where TRequest : notnull
        where TAnswer : notnull
    {
        if (!requests.Read(argument, type).TryGet(out var request, out var error) ||
            !(await call(request)).TryGet(out var answer, out error))
        {
            throw new HubException(error.ToString());
        }

        return answer;
    }
}
