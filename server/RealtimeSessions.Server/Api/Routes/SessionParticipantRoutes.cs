using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;
using RealtimeSessions.Server.Sessions;

namespace RealtimeSessions.Server.Api.Routes;

/// <summary>Who takes part in a session.</summary>
internal sealed class SessionParticipantRoutes(SessionService sessions) : ApiRoutes("Session participants")
{
    private const string Participants = OneSession + "/participants";
    private const string Part = "participant";

    public override IReadOnlyList<ApiOperation> Operations =>
    [
        new ApiOperation<SessionParticipantRequest, Ack>("POST", Participants, "AddSessionParticipant")
        {
            Summary = "Add a participant",
            Description = "A user or a group, with a role of the application or without; one who takes part already gets that role. Needs session:participants.",
            Part = Part,
            Request = Requests.SessionParticipantRequest,
            Answer = Answers.Ack,
            Handle = (call, request) => sessions.AddParticipantAsync(call.Caller, request, EventSource.Rest, origin: null),
            Errors = [ErrorCode.LimitExceeded],
        },
        new ApiOperation<SessionParticipantRequest, Ack>("DELETE", Participants + "/{type}/{id}", "RemoveSessionParticipant")
        {
            Summary = "Take a participant out",
            Description = "Nothing changes if he does not take part. Also in a closed session. Needs session:participants.",
            Part = Part,
            Request = Requests.SessionParticipantRequest,
            Answer = Answers.Ack,
            Handle = (call, request) => sessions.RemoveParticipantAsync(call.Caller, request, EventSource.Rest, origin: null),
        },
    ];
}
