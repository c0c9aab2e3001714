using Microsoft.Extensions.Options;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;
using RealtimeSessions.Server.Applications;
using RealtimeSessions.Server.Identity;

namespace RealtimeSessions.Server.Monitoring;

/// <summary>Tells the server's administrators how it does.</summary>
internal sealed class ServerReports(ServerMonitor monitor, EngineProbe probe, IOptions<ApplicationsOptions> options, TimeProvider time)
{
    private static readonly Error Forbidden =
        new(ErrorCode.Forbidden, "How the server does is told to the users in the server's setting Administrators.");

    /// <param name="caller">Who asks.</param>
    /// <param name="request">What he has already.</param>
    /// <param name="version">The program's version.</param>
    public Result<ServerReport> Get(Caller caller, ServerReportRequest request, string version) =>
        options.Value.Administrators.Contains(caller.UserId)
            ? new ServerReport(
                monitor.ServerId, version, monitor.StartedAt, time.GetUtcNow(), probe.Report(), (int)ServerMonitor.Interval.TotalSeconds,
                monitor.SamplesAfter(request.After ?? DateTimeOffset.MinValue))
            : Forbidden;
}
