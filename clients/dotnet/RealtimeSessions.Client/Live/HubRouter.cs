using RealtimeSessions.Client.Connecting;
using RealtimeSessions.Client.Conversations;
using RealtimeSessions.Client.Replicas;
using RealtimeSessions.Client.Sessions;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Conversations;

namespace RealtimeSessions.Client.Live;

/// <summary>Brings what the server calls to the session or conversation it is about. What is about none was left meanwhile.</summary>
/// <param name="session">Finds a session.</param>
/// <param name="conversation">Finds a conversation.</param>
internal sealed class HubRouter(Func<SessionKey, LiveSessionReplica?> session, Func<long, LiveConversationReplica?> conversation) : IHubListener
{
    public void OnEvent(SessionEvent next) => session(new(next.ApplicationId, next.SessionId))?.OnEvent(next);

    public void OnReset(SessionReset reset) => session(new(reset.ApplicationId, reset.SessionId))?.OnReset(reset);

    public void OnLeft(SessionLeft left) => session(new(left.ApplicationId, left.SessionId))?.OnLeft(left.Reason);

    public void OnPresence(SessionPresence presence) => session(new(presence.ApplicationId, presence.SessionId))?.Presence.Replace(presence.People);

    public void OnPresenceUpdated(SessionPresenceUpdated presence) =>
        session(new(presence.ApplicationId, presence.SessionId))?.Presence.Update(presence.People);

    public void OnSignal(SessionSignal signal) => session(new(signal.ApplicationId, signal.SessionId))?.OnSignal(signal);

    public void OnEvent(ConversationEvent next)
    {
        // In the feed of a space it comes out of order; a member is told besides.
        if (next.Feed is null)
        {
            conversation(next.ConversationId)?.OnEvent(next);
        }
    }

    public void OnReset(ConversationReset reset) => conversation(reset.ConversationId)?.OnReset(reset);

    public void OnLeft(ConversationLeft left)
    {
        // In the feed of a space it is about what the watcher sees.
        if (left.Feed is null)
        {
            conversation(left.ConversationId)?.OnLeft(left.Reason);
        }
    }
}
