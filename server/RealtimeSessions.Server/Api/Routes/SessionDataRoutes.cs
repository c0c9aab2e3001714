using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;
using RealtimeSessions.Server.Api.Binding;
using RealtimeSessions.Server.Sessions;

namespace RealtimeSessions.Server.Api.Routes;

/// <summary>The session data, with entity tags.</summary>
internal sealed class SessionDataRoutes(SessionService sessions, SessionHistory history) : ApiRoutes("Session data")
{
    private const string Data = OneSession + "/data";

    public override IReadOnlyList<ApiOperation> Operations =>
    [
        new ApiOperation<GetSessionDataRequest, SessionData>("GET", Data, "GetSessionData")
        {
            Summary = "Read the session data",
            Description = "As they are, or as they were at a sequence that has been kept. ETag says which change they have last; with it in If-None-Match "
                + "the answer is 304 while nothing has changed. Needs session:read.",
            Request = Requests.GetSessionDataRequest,
            Answer = Answers.SessionData,
            Tag = data => EntityTags.Of(data.Position with { Sequence = data.DataSequence }),
            Handle = (call, request) => history.GetDataAsync(call.Caller, request),
            Errors = [ErrorCode.NotRetained],
        },
        new ApiOperation<PatchSessionDataRequest, Ack>("PATCH", Data, "PatchSessionData")
        {
            Summary = "Patch the session data",
            Description = "The body is a JSON merge patch (RFC 7396), an object. With If-Match it is made only on data of one of these entity tags. "
                + "The answer has the new ETag where the call made a change. Needs session:data.",
            Form = BodyForm.Part,
            Part = "data",
            MediaType = RequestBody.MergePatch,
            Request = Requests.PatchSessionDataRequest,
            Answer = Answers.Ack,

            // Without an event of this call it is not certain which change the data have last.
            Tag = ack => ack.Count > 0 ? EntityTags.Of(ack.Position) : null,
            Handle = async (call, request) => EntityTags.ReadIfMatch(call.Headers).TryGet(out var ifMatch, out var error)
                ? await sessions.PatchDataAsync(call.Caller, request, EventSource.Rest, origin: null, ifMatch)
                : error,
            Errors = [ErrorCode.PreconditionFailed, ErrorCode.DataTooLarge],
        },
    ];
}
