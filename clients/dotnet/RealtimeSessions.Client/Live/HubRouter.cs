using RealtimeSessions.Client.Connecting;
using RealtimeSessions.Client.Replicas;
using RealtimeSessions.Client.Sessions;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.Client.Live;

/// <summary>Brings what the server calls to the session it is about. What is about none was left meanwhile.</summary>
/// <param name="find">Finds a session.</param>
internal sealed class HubRouter(Func<SessionKey, LiveSessionReplica?> find) : IHubListener
{
    public void OnEvent(SessionEvent next) => find(new(next.ApplicationId, next.SessionId))?.OnEvent(next);

    public void OnReset(SessionReset reset) => find(new(reset.ApplicationId, reset.SessionId))?.OnReset(reset);

    public void OnLeft(SessionLeft left) => find(new(left.ApplicationId, left.SessionId))?.OnLeft(left.Reason);

    public void OnPresence(SessionPresence presence) => find(new(presence.ApplicationId, presence.SessionId))?.Presence.Replace(presence.People);

    public void OnPresenceUpdated(SessionPresenceUpdated presence) =>
        find(new(presence.ApplicationId, presence.SessionId))?.Presence.Update(presence.People);

    public void OnSignal(SessionSignal signal) => find(new(signal.ApplicationId, signal.SessionId))?.OnSignal(signal);
}
