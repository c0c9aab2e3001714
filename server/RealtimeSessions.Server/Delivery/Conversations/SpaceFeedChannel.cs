using RealtimeSessions.EventLog;
using RealtimeSessions.EventLog.Replicas;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Conversations.Spaces;
using RealtimeSessions.Server.Delivery.Channels;
using RealtimeSessions.Server.Delivery.Feeds;
using RealtimeSessions.Server.Delivery.Frames;
using RealtimeSessions.Server.Lanes;
using RealtimeSessions.Server.Metrics;

namespace RealtimeSessions.Server.Delivery.Conversations;

/// <summary>
/// The watchers of one space on this server. Members of the space may be there; what each may see is judged event by event, by its members and
/// groups as they are.
/// </summary>
internal sealed class SpaceFeedChannel(long spaceId, LiveSpaces spaces, ChannelServices services, Action ended)
    : WatchedFeed<SpaceState>(SpaceKey.Of(spaceId).Log, MemberKind.Space, services, ended)
{
    private LiveLogs<SpaceKey, SpaceState, Empty>.Lease? _lease;
    private volatile SpaceState? _space;

    public long SpaceId => spaceId;

    /// <summary>The members and groups that watchers are judged by. For any thread.</summary>
    public SpaceState Space => _space ?? Current.State;

    public override ChannelEvent Enter(LogEvent next, string epoch) => new SpaceFeedEvent(spaceId, next, epoch);

    public override byte[] Farewell(FrameEncoder encoder, string reason) => ConversationCallbacks.FeedLeft(encoder, spaceId, reason);

    protected override async Task<Replica<SpaceState>?> OpenFeedAsync()
    {
        _lease = spaces.Rent(SpaceKey.Of(spaceId));
        return await _lease.Log.OpenAsync();
    }

    protected override byte[] ResetFrame(FrameEncoder encoder, Position position) => ConversationCallbacks.FeedReset(encoder, spaceId, position);

    protected override byte[] PositionFrame(FrameEncoder encoder, Position position) => ConversationCallbacks.FeedPosition(encoder, spaceId, position);

    protected override bool Admits(ChannelMember member) => Current.State.HasMember(((SpaceWatcher)member).UserId);

    protected override void Take(IReadOnlyList<LogEvent> events, ReplicaState<SpaceState> after)
    {
        _space = after.State;
        if (after.State.RightsSequence != Current.State.RightsSequence)
        {
            Judge(after.State, after.Position.Sequence - 1);
        }

        base.Take(events, after);
    }

    protected override void Take(ReplicaState<SpaceState> state)
    {
        _space = state.State;
        base.Take(state);
        Judge(state.State, last: 0);
    }

    protected override void Release()
    {
        base.Release();
        _lease?.Dispose();
    }

    /// <summary>Sends away who is no member any more.</summary>
    private void Judge(SpaceState space, long last)
    {
        if (space.IsDeleted)
        {
            Close(DismissalReason.Deleted, last);
            return;
        }

        foreach (var member in Members)
        {
            if (!space.HasMember(((SpaceWatcher)member).UserId))
            {
                Dismiss(member, DismissalReason.AccessRevoked, last);
            }
        }
    }
}

/// <summary>A connection that watches a space.</summary>
/// <param name="client">The connection.</param>
/// <param name="channel">The feed.</param>
/// <param name="encoder">The connection's protocol.</param>
/// <param name="userId">Whose it is.</param>
internal sealed class SpaceWatcher(ClientConnection client, SpaceFeedChannel channel, FrameEncoder encoder, long userId)
    : ChannelMember(client, channel, encoder)
{
    public long UserId => userId;

    /// <summary>The members and groups that it is judged by. For any thread.</summary>
    public SpaceState Space => channel.Space;

    /// <summary>No: what concerns one may not concern another.</summary>
    public override bool IsLikeOthers => false;

    protected override void GiveUpSeat() => Client.Spaces.Free(channel.SpaceId, this);
}
