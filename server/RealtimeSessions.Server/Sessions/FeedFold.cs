using RealtimeSessions.EventLog;
using RealtimeSessions.EventLog.Replicas;

namespace RealtimeSessions.Server.Sessions;

/// <summary>The state of an application's feed: there is none. What a watcher needs stands in each event.</summary>
internal sealed record FeedState
{
    public static FeedState Instance { get; } = new();
}

/// <summary>How a feed is followed: as any log, its state aside.</summary>
internal sealed class FeedFold : IFold<FeedState>
{
    public static FeedFold Instance { get; } = new();

    /// <summary>What stands in a feed's snapshots, which only mark where it begins.</summary>
    public static ReadOnlyMemory<byte> Snapshot { get; } = "{}"u8.ToArray();

    public FeedState Apply(FeedState? state, LogEvent next) => FeedState.Instance;

    public bool EndsBatch(FeedState? before, FeedState after) => false;

    public ReadOnlyMemory<byte> Serialize(FeedState state) => Snapshot;

    public FeedState Deserialize(ReadOnlyMemory<byte> bytes) => FeedState.Instance;
}
