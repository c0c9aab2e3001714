using RealtimeSessions.EventLog;
using RealtimeSessions.EventLog.Replicas;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Delivery.Channels;
using RealtimeSessions.Server.Delivery.Frames;
using RealtimeSessions.Server.Metrics;

namespace RealtimeSessions.Server.Delivery.Feeds;

/// <summary>The watchers of one feed on this server. Not every event is for every one of them, so they hear of positions besides.</summary>
/// <param name="log">The feed.</param>
/// <param name="kind">What the feed is of.</param>
/// <param name="services">What channels work with.</param>
/// <param name="ended">Called once, when the channel has ended.</param>
internal abstract class WatchedFeed<TState>(LogId log, MemberKind kind, ChannelServices services, Action ended)
    : ReplicaChannel<TState>(log, kind, services, ended)
    where TState : class
{
    /// <summary>How often a watcher hears of a position that events have reached which were not for it.</summary>
    private static readonly TimeSpan PositionInterval = TimeSpan.FromSeconds(10);

    private ITimer? _timer;

    protected sealed override Task<Replica<TState>?> OpenReplicaAsync()
    {
        _timer = Services.Time.CreateTimer(_ => TellPosition(), null, PositionInterval, PositionInterval);
        return OpenFeedAsync();
    }

    /// <summary>Opens what tells the channel. Called once, without the lock.</summary>
    protected abstract Task<Replica<TState>?> OpenFeedAsync();

    /// <summary>The frame that tells a watcher to begin anew at a position.</summary>
    protected abstract byte[] ResetFrame(FrameEncoder encoder, Position position);

    /// <summary>The frame that tells a watcher of a position.</summary>
    protected abstract byte[] PositionFrame(FrameEncoder encoder, Position position);

    protected sealed override ChannelReset MakeReset()
    {
        var head = Head;
        return new ChannelReset(head, encoder => ResetFrame(encoder, head));
    }

    protected override void Release()
    {
        base.Release();
        _timer?.Dispose();
    }

    /// <summary>Tells watchers at the head where it is, if they do not know.</summary>
    private void TellPosition()
    {
        lock (Lock)
        {
            foreach (var member in Members)
            {
                if (!member.IsCatchingUp && member.Told < member.Cursor)
                {
                    var frame = PositionFrame(member.Encoder, Head with { Sequence = member.Cursor });
                    Write(member, [new Batch(member.Cursor, member.Cursor, new FrameMessage(frame), Events: 0)]);
                }
            }
        }
    }
}
