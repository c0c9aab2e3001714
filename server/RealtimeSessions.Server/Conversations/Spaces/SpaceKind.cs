using Microsoft.Extensions.Options;
using RealtimeSessions.EventLog;
using RealtimeSessions.EventLog.Replicas;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Lanes;
using RealtimeSessions.Server.Sessions;

namespace RealtimeSessions.Server.Conversations.Spaces;

/// <summary>Spaces as logs, which are also their feeds.</summary>
internal sealed class SpaceKind(IOptions<SessionsOptions> options) : LogKind<SpaceKey, SpaceState>
{
    public override LogSettings Settings { get; } = new(
        options.Value.AppendPatience, options.Value.IdleTime, options.Value.MaximumIdleSessions, options.Value.SweepAfter, options.Value.RetainedFeedEvents);

    public override LogErrors Errors { get; } = new(
        SpacePolicy.NotFound,
        SpacePolicy.NotFound,
        new Error(ErrorCode.Conflict, "There is such a space."),
        new Error(ErrorCode.Conflict, "There was such a space; it was deleted."));

    public override IFold<SpaceState> Fold => SpaceFold.Instance;

    public override string MarkScope => "marks/spaces";

    public override LogId LogOf(SpaceKey key) => key.Log;

    public override SpaceKey KeyOf(string text) => SpaceKey.Parse(text);

    public override long GuardOf(SpaceState state) => state.RightsSequence;

    public override long FollowedOf(SpaceState state) => state.FollowedSequence;
}

/// <summary>Changes of spaces are judged by nothing but themselves.</summary>
internal sealed class SpaceScenes : ISceneReader<SpaceKey, SpaceState, Empty>
{
    public ValueTask<Empty> ReadAsync(SpaceKey key, SpaceState? state) => new(Empty.Value);
}

/// <summary>The spaces in use on this server.</summary>
internal sealed class LiveSpaces(
    SpaceKind kind, IEventLog eventLog, LaneServices<SpaceKey, SpaceState, Empty> lane, TimeProvider time, ILogger<LiveSpaces> logger)
    : LiveLogs<SpaceKey, SpaceState, Empty>(kind, eventLog, lane, time, logger)
{
    /// <summary>A space's state with everything in it that was acknowledged before the call; null: there is no such space.</summary>
    public async ValueTask<SpaceState?> ReadAsync(SpaceKey key)
    {
        using var lease = Rent(key);
        var replica = await lease.Log.OpenAsync();
        return replica is null ? null : (await replica.ReadLatestAsync())?.State;
    }
}
