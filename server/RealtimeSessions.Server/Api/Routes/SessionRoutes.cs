using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;
using RealtimeSessions.Server.Sessions;

namespace RealtimeSessions.Server.Api.Routes;

/// <summary>Sessions, their data and events aside.</summary>
internal sealed class SessionRoutes(SessionService sessions, SessionReader reader) : ApiRoutes("Sessions")
{
    public override IReadOnlyList<ApiOperation> Operations =>
    [
        new ApiOperation<CreateSessionRequest, CreatedSession>("POST", Sessions, "CreateSession")
        {
            Summary = "Make a session",
            Description = "The caller takes part in it. If the id is taken, the same creator gets his session with status 200 (a retry); another caller gets "
                + "conflict, or, with ifExists return and if he may read it, the session. Needs session:create.",
            Request = Requests.CreateSessionRequest,
            Answer = Answers.CreatedSession,
            LocationOf = (_, made) => made.Created ? Addresses.Session(made.ApplicationId, made.SessionId) : null,
            Handle = (call, request) => sessions.CreateAsync(call.Caller, request, EventSource.Rest),
            Errors = [ErrorCode.Forbidden, ErrorCode.Conflict, ErrorCode.WriterGap, ErrorCode.DataTooLarge],
        },
        new ApiOperation<ListSessionsRequest, SessionPage>("GET", Sessions, "ListSessions")
        {
            Summary = "List sessions",
            Description = "Those that the caller may read, newest first. The cursor of a page is where the next one begins; the last page has none.",
            Request = Requests.ListSessionsRequest,
            Answer = Answers.SessionPage,
            Handle = (call, request) => reader.ListAsync(call.Caller, request),
        },
        new ApiOperation<SessionRequest, Session>("GET", OneSession, "GetSession")
        {
            Summary = "Read a session",
            Description = "Without its data. Needs session:read.",
            Request = Requests.SessionRequest,
            Answer = Answers.Session,
            Handle = (call, request) => reader.GetAsync(call.Caller, new SessionKey(request.ApplicationId, request.SessionId)),
        },
        new ApiOperation<PatchSessionRequest, Ack>("PATCH", OneSession, "PatchSession")
        {
            Summary = "Change a session",
            Description = "Name, description, properties (all of them) and status, all or nothing; what is not given stays. Needs session:update, and session:close "
                + "for the status.",
            Part = "patch",
            Request = Requests.PatchSessionRequest,
            Answer = Answers.Ack,
            Handle = (call, request) => sessions.PatchAsync(call.Caller, request, EventSource.Rest, origin: null),
        },
        new ApiOperation<ChangeSessionRequest, Empty>("DELETE", OneSession, "DeleteSession")
        {
            Summary = "Delete a session",
            Description = "With its data and events, for good. Its id is not used again. Needs session:delete.",
            Request = Requests.ChangeSessionRequest,
            Answer = Answers.Empty,
            Status = StatusCodes.Status204NoContent,
            Handle = (call, request) => sessions.DeleteAsync(call.Caller, request, EventSource.Rest),
        },
        new ApiOperation<UpdateSessionPropertiesRequest, Ack>("PUT", OneSession + "/properties", "UpdateSessionProperties")
        {
            Summary = "Replace a session's properties",
            Description = "The body is all of them, an object of texts. Needs session:update.",
            Form = Binding.BodyForm.Part,
            Part = "properties",
            Request = Requests.UpdateSessionPropertiesRequest,
            Answer = Answers.Ack,
            Handle = (call, request) => sessions.UpdatePropertiesAsync(call.Caller, request, EventSource.Rest, origin: null),
        },
        new ApiOperation<ChangeSessionRequest, Ack>("POST", OneSession + "/close", "CloseSession")
        {
            Summary = "Close a session",
            Description = "It can be read from then on, and takes no more changes. Needs session:close.",
            Request = Requests.ChangeSessionRequest,
            Answer = Answers.Ack,
            Handle = (call, request) => sessions.CloseAsync(call.Caller, request, EventSource.Rest, origin: null),
        },
    ];
}
