using RealtimeSessions.EventLog;
using RealtimeSessions.EventLog.Replicas;
using RealtimeSessions.Server.Applications;
using RealtimeSessions.Server.Delivery.Channels;
using RealtimeSessions.Server.Delivery.Frames;
using RealtimeSessions.Server.Sessions;

namespace RealtimeSessions.Server.Delivery.Feeds;

/// <summary>
/// The watchers of one application on this server. Anyone may be there; what each may see is judged event by event, by the roles as they are.
/// </summary>
internal sealed class FeedChannel(string applicationId, FeedReplicas replicas, ChannelServices services, Action ended)
    : ReplicaChannel<FeedState>(FeedEvent.Log(applicationId), services, ended)
{
    /// <summary>How often a watcher hears of a position that events have reached which were not for it.</summary>
    private static readonly TimeSpan PositionInterval = TimeSpan.FromSeconds(10);

    private Replica<FeedState>? _replica;
    private IDisposable? _following;
    private ITimer? _timer;
    private volatile ApplicationModel? _application;

    public string ApplicationId => applicationId;

    /// <summary>The roles that watchers are judged by. For any thread.</summary>
    public ApplicationModel? Application => _application;

    public override ChannelEvent Enter(LogEvent next, string epoch) => new FeedChannelEvent(applicationId, next, epoch);

    public override byte[] Farewell(FrameEncoder encoder, string reason) => FeedCallbacks.Left(encoder, applicationId, reason);

    protected override async Task<Replica<FeedState>?> OpenReplicaAsync()
    {
        _following = Services.Applications.Follow(applicationId, OnApplicationChanged);
        var application = await Services.Applications.GetAsync(applicationId);
        lock (Lock)
        {
            _application ??= application;
        }

        _timer = Services.Time.CreateTimer(_ => TellPosition(), null, PositionInterval, PositionInterval);
        return _replica = await replicas.OpenAsync(applicationId);
    }

    protected override ChannelReset MakeReset()
    {
        var head = Head;
        return new ChannelReset(head, encoder => FeedCallbacks.Reset(encoder, applicationId, head));
    }

    protected override bool Admits(ChannelMember member) => _application is not null;

    /// <summary>An entry of any session may name the group that he has come into or left.</summary>
    protected override void OnCallerChanged(ChannelMember member) => Reset(member);

    protected override void Release()
    {
        base.Release();
        _following?.Dispose();
        _timer?.Dispose();
        if (_replica is { } replica)
        {
            replicas.Close(replica);
        }
    }

    private void OnApplicationChanged(ApplicationModel? application)
    {
        lock (Lock)
        {
            (var before, _application) = (_application, application);
            if (application is null)
            {
                Close(DismissalReason.Deleted, last: 0);
                return;
            }

            // An entry of a session may name any role.
            var isForAll = before is null || !application.HasRolesOf(before);
            foreach (var member in Members)
            {
                if (isForAll || application.PermissionsOf(member.Caller) != before!.PermissionsOf(member.Caller))
                {
                    Reset(member);
                }
            }
        }
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
                    var frame = FeedCallbacks.Position(member.Encoder, applicationId, Head with { Sequence = member.Cursor });
                    Write(member, [new Batch(member.Cursor, member.Cursor, new FrameMessage(frame))]);
                }
            }
        }
    }
}
