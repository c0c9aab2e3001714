using RealtimeSessions.EventLog;
using RealtimeSessions.EventLog.Replicas;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Applications;
using RealtimeSessions.Server.Delivery.Channels;
using RealtimeSessions.Server.Delivery.Frames;
using RealtimeSessions.Server.Metrics;
using RealtimeSessions.Server.Sessions;

namespace RealtimeSessions.Server.Delivery.Feeds;

/// <summary>
/// The watchers of one application on this server. Anyone may be there; what each may see is judged event by event, by the roles as they are.
/// </summary>
internal sealed class FeedChannel(string applicationId, FeedReplicas replicas, ChannelServices services, Action ended)
    : WatchedFeed<FeedState>(FeedEvent.Log(applicationId), MemberKind.Application, services, ended)
{
    private Replica<FeedState>? _replica;
    private IDisposable? _following;
    private volatile ApplicationModel? _application;

    public string ApplicationId => applicationId;

    /// <summary>The roles that watchers are judged by. For any thread.</summary>
    public ApplicationModel? Application => _application;

    public override ChannelEvent Enter(LogEvent next, string epoch) => new FeedChannelEvent(applicationId, next, epoch);

    public override byte[] Farewell(FrameEncoder encoder, string reason) => FeedCallbacks.Left(encoder, applicationId, reason);

    protected override async Task<Replica<FeedState>?> OpenFeedAsync()
    {
        _following = Services.Applications.Follow(applicationId, OnApplicationChanged);
        var application = await Services.Applications.GetAsync(applicationId);
        lock (Lock)
        {
            _application ??= application;
        }

        return _replica = await replicas.OpenAsync(applicationId);
    }

    protected override byte[] ResetFrame(FrameEncoder encoder, Position position) => FeedCallbacks.Reset(encoder, applicationId, position);

    protected override byte[] PositionFrame(FrameEncoder encoder, Position position) => FeedCallbacks.Position(encoder, applicationId, position);

    protected override bool Admits(ChannelMember member) => _application is not null;

    /// <summary>An entry of any session may name the group that he has come into or left.</summary>
    protected override void OnCallerChanged(ChannelMember member) => Reset(member);

    protected override void Release()
    {
        base.Release();
        _following?.Dispose();
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
}
