using Microsoft.Extensions.Options;
using RealtimeSessions.EventLog;
using RealtimeSessions.Server.Lanes.Following;
using RealtimeSessions.Server.Requests;

namespace RealtimeSessions.Server.Lanes;

/// <summary>What every lane of one kind works with.</summary>
internal sealed class LaneServices<TKey, TState, TScene>(
    LogKind<TKey, TState> kind, ISceneReader<TKey, TState, TScene> scenes, Follower<TKey, TState, TScene> follower, SnapshotWriter<TKey, TState> snapshots, IEventLog eventLog, IOptions<LimitsOptions> limits, TimeProvider time,
    ILogger<LaneServices<TKey, TState, TScene>> logger)
    where TKey : notnull
    where TState : class
{
    public LogKind<TKey, TState> Kind => kind;

    public ISceneReader<TKey, TState, TScene> Scenes => scenes;

    public Follower<TKey, TState, TScene> Follower => follower;

    public SnapshotWriter<TKey, TState> Snapshots => snapshots;

    public LimitsOptions Limits => limits.Value;

    public TimeProvider Time => time;

    public ILogger Logger => logger;

    public AppendRetry Retry { get; } = new(eventLog, time, kind.Settings.AppendPatience);
}
