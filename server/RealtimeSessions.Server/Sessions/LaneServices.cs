using Microsoft.Extensions.Options;
using RealtimeSessions.EventLog;
using RealtimeSessions.Server.Applications;
using RealtimeSessions.Server.Requests;
using RealtimeSessions.Server.Sessions.Following;

namespace RealtimeSessions.Server.Sessions;

/// <summary>What every lane of this server works with.</summary>
internal sealed class LaneServices(
    IEventLog eventLog, ApplicationCache applications, SnapshotWriter snapshots, SessionFollower follower, IOptions<SessionsOptions> options,
    IOptions<LimitsOptions> limits, TimeProvider time,
    ILogger<SessionLane> logger)
{
    public ApplicationCache Applications => applications;

    public SnapshotWriter Snapshots => snapshots;

    public SessionFollower Follower => follower;

    public LimitsOptions Limits => limits.Value;

    public TimeProvider Time => time;

    public ILogger Logger => logger;

    public AppendRetry Retry { get; } = new(eventLog, time, options.Value.AppendPatience);
}
