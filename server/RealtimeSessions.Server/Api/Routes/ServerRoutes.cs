using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;
using RealtimeSessions.Server.Monitoring;

namespace RealtimeSessions.Server.Api.Routes;

/// <summary>How the server does, for its administrators.</summary>
internal sealed class ServerRoutes(ServerReports reports) : ApiRoutes("Server")
{
    public override IReadOnlyList<ApiOperation> Operations =>
    [
        new ApiOperation<ServerReportRequest, ServerReport>("GET", "/server", "GetServer")
        {
            Summary = "See how the server does",
            Description = "What it has measured in the last 10 minutes, a sample every 2 s, and how its storage does. With after, only what is newer. Of several "
                + "servers behind one address, whichever is asked answers for itself. For the users in the server's setting Administrators.",
            Request = Requests.ServerReportRequest,
            Answer = Answers.ServerReport,
            Handle = (call, request) => Task.FromResult(reports.Get(call.Caller, request, ServerVersion.Text)),
            Errors = [ErrorCode.Forbidden],
        },
    ];
}
