using RealtimeSessions.EventLog;
using RealtimeSessions.EventLog.Replicas;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Conversations;
using RealtimeSessions.Server.Conversations.Spaces;
using RealtimeSessions.Server.Delivery.Channels;
using RealtimeSessions.Server.Delivery.Frames;
using RealtimeSessions.Server.Lanes;
using RealtimeSessions.Server.Metrics;

namespace RealtimeSessions.Server.Delivery.Conversations;

/// <summary>
/// The members of one conversation on this server. Each may be there as long as he sees it, which the conversation and the members and groups of its
/// space decide; who ceases to see it is not told by what.
/// </summary>
internal sealed class ConversationChannel(
    ConversationKey key, LiveConversations conversations, LiveSpaces spaces, ChannelServices services, Action ended)
    : ReplicaChannel<ConversationState>(key.Log, MemberKind.Conversation, services, ended), IReplicaObserver<SpaceState>
{
    /// <summary>The dismissal takes effect before anything else is written.</summary>
    private const long AtOnce = 0;

    private LiveLogs<ConversationKey, ConversationState, SpaceState?>.Lease? _lease;
    private LiveLogs<SpaceKey, SpaceState, Empty>.Lease? _spaceLease;
    private Replica<SpaceState>? _spaceReplica;
    private SpaceState? _space;

    public ConversationKey Key => key;

    public override ChannelEvent Enter(LogEvent next, string epoch) => new ConversationChannelEvent(key.ConversationId, next);

    public override byte[] Farewell(FrameEncoder encoder, string reason) => ConversationCallbacks.Left(encoder, key.ConversationId, reason);

    void IReplicaObserver<SpaceState>.OnEvents(IReadOnlyList<LogEvent> events, ReplicaState<SpaceState> after)
    {
        // Nearly all that a space's log holds is told of conversations, and changes nobody's rights. Who is on his way out of this one must not be hurried by it.
        if (after.State.RightsSequence >= events[0].Sequence)
        {
            OnSpaceChanged(after.State);
        }
    }

    void IReplicaObserver<SpaceState>.OnReset(ReplicaState<SpaceState> state) => OnSpaceChanged(state.State);

    void IReplicaObserver<SpaceState>.OnDeleted() => OnSpaceChanged(space: null);

    void IReplicaObserver<SpaceState>.OnFailed() => OnFailed();

    protected override async Task<Replica<ConversationState>?> OpenReplicaAsync()
    {
        _lease = conversations.Rent(key);
        if (await _lease.Log.OpenAsync() is not { } replica)
        {
            return null;
        }

        _spaceLease = spaces.Rent(replica.Current.State.Space);
        _spaceReplica = await _spaceLease.Log.OpenAsync();
        if (_spaceReplica is null)
        {
            return null;
        }

        var space = _spaceReplica.Attach(this).State;
        lock (Lock)
        {
            // Where it has changed meanwhile, what was told is newer.
            _space ??= space;
        }

        return replica;
    }

    protected override ChannelReset MakeReset()
    {
        var state = Current;
        return new ChannelReset(state.Position, encoder => ConversationCallbacks.Reset(encoder, key.ConversationId, state));
    }

    protected override bool Admits(ChannelMember member) => Admits(Current.State, (ConversationMember)member);

    protected override void Take(IReadOnlyList<LogEvent> events, ReplicaState<ConversationState> after)
    {
        if (after.State.RightsSequence != Current.State.RightsSequence)
        {
            // The event is the last of its batch, and not for those whom it shuts out.
            Judge(after.State, after.Position.Sequence - 1);
        }

        base.Take(events, after);
    }

    protected override void Take(ReplicaState<ConversationState> state)
    {
        base.Take(state);
        Judge(state.State, AtOnce);
    }

    protected override void Release()
    {
        base.Release();
        _spaceReplica?.Detach(this);
        _spaceLease?.Dispose();
        _lease?.Dispose();
    }

    private void OnSpaceChanged(SpaceState? space)
    {
        lock (Lock)
        {
            _space = space;
            if (Current is { } current)
            {
                Judge(current.State, AtOnce);
            }
        }
    }

    private bool Admits(ConversationState state, ConversationMember member) =>
        _space is not null && state.Existing is { } conversation && ConversationPolicy.Sees(Audience.Of(conversation), _space, member.UserId);

    /// <summary>Sends away who does not see the conversation any more.</summary>
    private void Judge(ConversationState state, long last)
    {
        if (state.IsDeleted || _space is null or { IsDeleted: true })
        {
            Close(DismissalReason.Deleted, last);
            return;
        }

        foreach (var member in Members)
        {
            if (!Admits(state, (ConversationMember)member))
            {
                Dismiss(member, DismissalReason.AccessRevoked, last);
            }
        }
    }
}
