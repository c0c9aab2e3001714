using RealtimeSessions.EventLog.Replicas;
using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol.Requests;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Applications;
using RealtimeSessions.Server.Delivery.Channels;
using RealtimeSessions.Server.Delivery.Frames;
using RealtimeSessions.Server.Delivery.Presence;
using RealtimeSessions.Server.Lanes;
using RealtimeSessions.Server.Metrics;
using RealtimeSessions.Server.Sessions;

namespace RealtimeSessions.Server.Delivery.Sessions;

/// <summary>The members of one session on this server. Each may be there as long as he may read the session.</summary>
internal sealed class SessionChannel(
    SessionKey key, LiveSessions sessions, ChannelServices services, PresenceServices presence, Action ended)
    : ReplicaChannel<SessionState>(key.Log, MemberKind.Session, services, ended), IAudience
{
    /// <summary>The dismissal takes effect before anything else is written.</summary>
    private const long AtOnce = 0;

    private readonly OwnEvents _own = new();
    private LiveLogs<SessionKey, SessionState, ApplicationModel?>.Lease? _lease;
    private IDisposable? _following;
    private ApplicationModel? _application;
    private SessionEphemera? _ephemera;

    public SessionKey Key => key;

    public override int StateBytes => Current.State.Data.Weight;

    Lock IAudience.Lock => Lock;

    IEnumerable<SessionMember> IAudience.Members => Members.Cast<SessionMember>();

    bool IAudience.TryTell(SessionMember member, FrameMessage message) => TryTell(member, message);

    /// <summary>An event of a member is about to be appended; its Ack will tell him of it.</summary>
    public void Expect(Guid eventId, SessionMember maker) => _own.Expect(eventId, maker);

    /// <summary>No Ack will come for it after all. If the event has been left out already, the state takes its place.</summary>
    public void Forget(Guid eventId, SessionMember maker)
    {
        if (!_own.TryForget(eventId))
        {
            lock (Lock)
            {
                Reset(maker);
            }
        }
    }

    /// <summary>Changes what others see of a member.</summary>
    public Result<Empty> UpdatePresence(SessionMember member, UpdatePresenceRequest request)
    {
        lock (Lock)
        {
            return (IsIn(member) ? _ephemera!.Update(member, request.State) : PresencePolicy.NotJoined) is { } error ? error : Empty.Value;
        }
    }

    /// <summary>Sends a member's signal to the others. Judged by what is known here, so it costs no storage.</summary>
    public Result<Empty> Signal(SessionMember member, SendSignalRequest request)
    {
        lock (Lock)
        {
            if (!IsIn(member))
            {
                return PresencePolicy.NotJoined;
            }

            if (SessionPolicy.Refusal(_application, Current.State.Existing, member.Caller, Permissions.SessionEvent) is { } refusal)
            {
                return refusal;
            }

            if (Current.State.Info.Status == SessionStatus.Closed)
            {
                return SessionPolicy.SessionClosed;
            }

            _ephemera!.Signal(member, request);
            return Empty.Value;
        }
    }

    public override ChannelEvent Enter(LogEvent next, string epoch) => new SessionChannelEvent(key, next);

    public override byte[] Farewell(FrameEncoder encoder, string reason) => SessionCallbacks.Left(encoder, key, reason);

    protected override async Task<Replica<SessionState>?> OpenReplicaAsync()
    {
        _following = Services.Applications.Follow(key.ApplicationId, OnApplicationChanged);
        var application = await Services.Applications.GetAsync(key.ApplicationId);
        lock (Lock)
        {
            _application ??= application;
        }

        _lease = sessions.Rent(key);
        return await _lease.Log.OpenAsync();
    }

    protected override ChannelReset MakeReset()
    {
        var state = Current;
        return new ChannelReset(state.Position, encoder => SessionCallbacks.Reset(encoder, key, state));
    }

    protected override bool Admits(ChannelMember member) =>
        SessionPolicy.Refusal(_application, Current.State.Existing, member.Caller, Permissions.SessionRead) is null;

    protected override void Take(IReadOnlyList<LogEvent> events, ReplicaState<SessionState> after)
    {
        var before = Current.State;
        _own.Withhold(events);
        base.Take(events, after);
        if (after.State.RightsSequence != before.RightsSequence)
        {
            Judge(after.Position.Sequence);
        }
    }

    protected override void Take(ReplicaState<SessionState> state)
    {
        _own.Clear();
        base.Take(state);
        Judge(AtOnce);
    }

    protected override void OnAdded(ChannelMember member) => (_ephemera ??= new SessionEphemera(key, this, presence)).Add((SessionMember)member);

    protected override void OnCaughtUp(ChannelMember member) => _ephemera!.CatchUp((SessionMember)member);

    protected override void OnCallerChanged(ChannelMember member) => Judge(member, AtOnce);

    protected override void OnRemoved(ChannelMember member) => _ephemera?.Remove((SessionMember)member);

    protected override void Release()
    {
        base.Release();
        lock (Lock)
        {
            _ephemera?.Dispose();
        }

        _following?.Dispose();
        _lease?.Dispose();
    }

    private void OnApplicationChanged(ApplicationModel? application)
    {
        lock (Lock)
        {
            _application = application;
            Judge(AtOnce);
        }
    }

    /// <summary>Sends away who may not read the session any more.</summary>
    private void Judge(long last)
    {
        if (_application is null || Current is { State.IsDeleted: true })
        {
            Close(DismissalReason.Deleted, last);
            return;
        }

        foreach (var member in Members)
        {
            Judge(member, last);
        }
    }

    /// <summary>Sends a member away who may not read the session any more.</summary>
    private void Judge(ChannelMember member, long last)
    {
        if (!Admits(member))
        {
            Dismiss(member, DismissalReason.AccessRevoked, last);
            _ephemera?.Remove((SessionMember)member);
        }
    }

    /// <summary>Whether a member is in the session, and not on its way out.</summary>
    private bool IsIn(SessionMember member) => !member.HasLeft && Admits(member);
}
