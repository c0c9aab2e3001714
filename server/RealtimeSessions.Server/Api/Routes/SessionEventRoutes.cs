using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;
using RealtimeSessions.Server.Sessions;

namespace RealtimeSessions.Server.Api.Routes;

/// <summary>A session's events.</summary>
internal sealed class SessionEventRoutes(SessionService sessions, SessionHistory history) : ApiRoutes("Session events")
{
    private const string Events = OneSession + "/events";

    public override IReadOnlyList<ApiOperation> Operations =>
    [
        new ApiOperation<ListSessionEventsRequest, SessionEventPage>("GET", Events, "ListSessionEvents")
        {
            Summary = "List events",
            Description = "In order, each as it was delivered. The sequence of a page's position is after of the next page; the end is reached where it stays the "
                + "same. A call looks at 10,000 events at most, so a page may hold fewer than limit before the end. Needs session:read.",
            Request = Requests.ListSessionEventsRequest,
            Answer = Answers.SessionEventPage,
            Handle = (call, request) => history.ListEventsAsync(call.Caller, request),
        },
        new ApiOperation<CreateSessionEventRequest, Ack>("POST", Events, "CreateSessionEvent")
        {
            Summary = "Make an event",
            Description = "An event of the client's own, with any JSON. Needs session:event.",
            Request = Requests.CreateSessionEventRequest,
            Answer = Answers.Ack,
            Handle = (call, request) => sessions.CreateEventAsync(call.Caller, request, EventSource.Rest, origin: null),
        },
    ];
}
