using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Applications;
using RealtimeSessions.Server.Delivery.Channels;
using RealtimeSessions.Server.Delivery.Frames;

namespace RealtimeSessions.Server.Delivery.Feeds;

/// <summary>A connection that watches an application's sessions.</summary>
/// <param name="client">The connection.</param>
/// <param name="channel">The feed.</param>
/// <param name="encoder">The connection's protocol.</param>
/// <param name="properties">Only sessions that have all of these concern it.</param>
internal sealed class FeedWatcher(
    ClientConnection client, FeedChannel channel, FrameEncoder encoder, IReadOnlyDictionary<string, string> properties)
    : ChannelMember(client, channel, encoder)
{
    /// <summary>No: what concerns one may not concern another.</summary>
    public override bool IsLikeOthers => false;

    /// <summary>Whether a session concerns it and may be read. For any thread.</summary>
    public bool Sees(Session? session) =>
        session is not null
        && properties.All(property => session.Properties.TryGetValue(property.Key, out var value) && value == property.Value)
        && channel.Application is { } application
        && application.PermissionsIn(session, Caller).HasFlag(Permissions.SessionRead);

    protected override void GiveUpSeat() => Client.Applications.Free(channel.ApplicationId, this);
}
