using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.SignalR;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Conversations;
using RealtimeSessions.Protocol.Requests;
using RealtimeSessions.Server.Applications;
using RealtimeSessions.Server.Delivery;
using RealtimeSessions.Server.Delivery.Feeds;
using RealtimeSessions.Server.Delivery.Sessions;
using RealtimeSessions.Server.Lanes;
using RealtimeSessions.Server.Sessions;

namespace RealtimeSessions.Server.Hubs;

/// <summary>
/// The hub at <c>/hub</c>. Every method takes one object and returns one (PROTOCOL.md). A method runs, up to its first await, in the
/// order in which its connection sent the calls, and by then a change has its place in its session's lane.
/// </summary>
internal sealed class SessionHub(
    ApplicationService applications, SessionService sessions, SessionReader reader, SessionHistory history, SessionDelivery delivery,
    FeedDelivery feeds, ConversationCalls conversations, HubCalls calls) : Hub
{
    private ClientConnection Connection => Context.Features.Get<ClientConnection>()!;

    public Task<Application> GetApplication(Argument<ApplicationRequest> argument) => Answer(argument,
        request => applications.GetAsync(Connection.Caller, request));

    public Task<ApplicationList> ListApplications(Argument<ListApplicationsRequest> argument) => Answer(argument,
        _ => applications.ListAsync(Connection.Caller));

    public Task<RoleList> ListRoles(Argument<ApplicationRequest> argument) => Answer(argument,
        request => applications.ListRolesAsync(Connection.Caller, request));

    public Task<CreatedSession> CreateSession(Argument<CreateSessionRequest> argument) => Answer(argument,
        request => sessions.CreateAsync(Connection.Caller, request, EventSource.Hub));

    public Task<Session> GetSession(Argument<SessionRequest> argument) => Answer(argument,
        request => reader.GetAsync(Connection.Caller, KeyOf(request)));

    public Task<Ack> PatchSession(Argument<PatchSessionRequest> argument) => Answer(argument,
        request => sessions.PatchAsync(Connection.Caller, request, EventSource.Hub, OriginOf(request)));

    public Task<Ack> UpdateSessionName(Argument<UpdateSessionNameRequest> argument) => Answer(argument,
        request => sessions.UpdateNameAsync(Connection.Caller, request, EventSource.Hub, OriginOf(request)));

    public Task<Ack> UpdateSessionDescription(Argument<UpdateSessionDescriptionRequest> argument) => Answer(argument,
        request => sessions.UpdateDescriptionAsync(Connection.Caller, request, EventSource.Hub, OriginOf(request)));

    public Task<Ack> UpdateSessionProperties(Argument<UpdateSessionPropertiesRequest> argument) => Answer(argument,
        request => sessions.UpdatePropertiesAsync(Connection.Caller, request, EventSource.Hub, OriginOf(request)));

    public Task<Ack> AddSessionParticipant(Argument<SessionParticipantRequest> argument) => Answer(argument,
        request => sessions.AddParticipantAsync(Connection.Caller, request, EventSource.Hub, OriginOf(request)));

    public Task<Ack> RemoveSessionParticipant(Argument<SessionParticipantRequest> argument) => Answer(argument,
        request => sessions.RemoveParticipantAsync(Connection.Caller, request, EventSource.Hub, OriginOf(request)));

    public Task<Empty> DeleteSession(Argument<ChangeSessionRequest> argument) => Answer(argument,
        request => sessions.DeleteAsync(Connection.Caller, request, EventSource.Hub));

    public Task<SessionPage> ListSessions(Argument<ListSessionsRequest> argument) => Answer(argument,
        request => reader.ListAsync(Connection.Caller, request));

    public Task<Ack> PatchSessionData(Argument<PatchSessionDataRequest> argument) => Answer(argument,
        request => sessions.PatchDataAsync(Connection.Caller, request, EventSource.Hub, OriginOf(request)));

    public Task<SessionData> GetSessionData(Argument<GetSessionDataRequest> argument) => Answer(argument,
        request => history.GetDataAsync(Connection.Caller, request));

    public Task<Ack> CreateSessionEvent(Argument<CreateSessionEventRequest> argument) => Answer(argument,
        request => sessions.CreateEventAsync(Connection.Caller, request, EventSource.Hub, OriginOf(request)));

    public Task<Ack> CloseSession(Argument<ChangeSessionRequest> argument) => Answer(argument,
        request => sessions.CloseAsync(Connection.Caller, request, EventSource.Hub, OriginOf(request)));

    public Task<SessionEventPage> ListSessionEvents(Argument<ListSessionEventsRequest> argument) => Answer(argument,
        request => history.ListEventsAsync(Connection.Caller, request));

    public Task<JoinedSession> JoinSession(Argument<JoinSessionRequest> argument) => Answer(argument,
        request => delivery.JoinAsync(Connection, request));

    public Task<Empty> LeaveSession(Argument<SessionRequest> argument) => Answer(argument,
        request => delivery.LeaveAsync(Connection, KeyOf(request)));

    public Task<Empty> UpdatePresence(Argument<UpdatePresenceRequest> argument) => Answer(argument,
        request => Task.FromResult(delivery.UpdatePresence(Connection, request)));

    public Task<Empty> SendSignal(Argument<SendSignalRequest> argument) => Answer(argument,
        request => Task.FromResult(delivery.SendSignal(Connection, request)));

    public Task<WatchedApplication> WatchApplication(Argument<WatchApplicationRequest> argument) => Answer(argument,
        request => feeds.WatchAsync(Connection, request));

    public Task<Empty> UnwatchApplication(Argument<ApplicationRequest> argument) => Answer(argument,
        request => feeds.UnwatchAsync(Connection, request.ApplicationId));

    public Task<JoinedConversation> JoinConversation(Argument<JoinConversationRequest> argument) => Answer(argument,
        request => conversations.JoinAsync(Connection, request));

    public Task<Empty> LeaveConversation(Argument<ConversationRequest> argument) => Answer(argument,
        request => conversations.LeaveAsync(Connection, request));

    public Task<CommentAck> CreateComment(Argument<CreateCommentRequest> argument) => Answer(argument,
        request => conversations.CommentAsync(Connection, request));

    public Task<CommentPage> ListComments(Argument<ListCommentsRequest> argument) => Answer(argument,
        request => conversations.ListCommentsAsync(Connection, request));

    public Task<WatchedSpace> WatchSpace(Argument<WatchSpaceRequest> argument) => Answer(argument,
        request => conversations.WatchAsync(Connection, request));

    public Task<Empty> UnwatchSpace(Argument<SpaceRequest> argument) => Answer(argument,
        request => conversations.UnwatchAsync(Connection, request));

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        calls.OnDisconnected(Context, exception);
        return Task.CompletedTask;
    }

    private static SessionKey KeyOf(SessionRequest request) => new(request.ApplicationId, request.SessionId);

    private IEventOrigin? OriginOf(SessionRequest request) => Connection.OriginFor(KeyOf(request));

    private Task<TAnswer> Answer<TRequest, TAnswer>(
        Argument<TRequest> argument, Func<TRequest, Task<Result<TAnswer>>> call, [CallerMemberName] string method = "")
        where TRequest : notnull
        where TAnswer : notnull =>
        calls.AnswerAsync(Context, method, argument, call);
}
