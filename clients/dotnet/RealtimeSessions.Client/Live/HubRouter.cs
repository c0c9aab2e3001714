using RealtimeSessions.Client.Connecting;
using RealtimeSessions.Client.Conversations;
using RealtimeSessions.Client.Feeds;
using RealtimeSessions.Client.Replicas;
using RealtimeSessions.Client.Sessions;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Conversations;

namespace RealtimeSessions.Client.Live;

/// <summary>Brings what the server calls to the session or conversation it is about. What is about none was left meanwhile.</summary>
/// <param name="session">Finds a session.</param>
/// <param name="conversation">Finds a conversation.</param>
/// <param name="application">Finds the watch of an application.</param>
/// <param name="space">Finds the watch of a space.</param>
/// <param name="spaces">Finds the watches of all spaces.</param>
internal sealed class HubRouter(
    Func<SessionKey, LiveSessionReplica?> session,
    Func<long, LiveConversationReplica?> conversation,
    Func<string, ApplicationWatch?> application,
    Func<long, SpaceWatch?> space,
    Func<IEnumerable<SpaceWatch>> spaces) : IHubListener
{
    public void OnEvent(SessionEvent next) => session(new(next.ApplicationId, next.SessionId))?.OnEvent(next);

    public void OnReset(SessionReset reset) => session(new(reset.ApplicationId, reset.SessionId))?.OnReset(reset);

    public void OnLeft(SessionLeft left) => session(new(left.ApplicationId, left.SessionId))?.OnLeft(left.Reason);

    public void OnPresence(SessionPresence presence) => session(new(presence.ApplicationId, presence.SessionId))?.Presence.Replace(presence.People);

    public void OnPresenceUpdated(SessionPresenceUpdated presence) =>
        session(new(presence.ApplicationId, presence.SessionId))?.Presence.Update(presence.People);

    public void OnSignal(SessionSignal signal) => session(new(signal.ApplicationId, signal.SessionId))?.OnSignal(signal);

    public void OnEvent(ApplicationEvent next) => application(next.Event.ApplicationId)?.OnEvent(next, next.Position, next.Event.EventId);

    public void OnReset(FeedReset reset) => application(reset.ApplicationId)?.OnReset(reset.Position);

    public void OnPosition(FeedPosition position) => application(position.ApplicationId)?.OnPosition(position.Position);

    public void OnLeft(FeedLeft left) => application(left.ApplicationId)?.OnLeft(left.Reason);

    public void OnEvent(ConversationEvent next)
    {
        // In the feed of a space it comes out of the conversation's order; a member is told besides.
        if (next.Feed is { } position)
        {
            space(next.SpaceId!.Value)?.OnEvent(new SpaceEvent(next.ConversationId, next, position), position, next.EventId);
        }
        else
        {
            conversation(next.ConversationId)?.OnEvent(next);
        }
    }

    public void OnReset(ConversationReset reset) => conversation(reset.ConversationId)?.OnReset(reset);

    public void OnLeft(ConversationLeft left)
    {
        if (left.Feed is not { } position)
        {
            conversation(left.ConversationId)?.OnLeft(left.Reason);
            return;
        }

        // It does not name the space, but the epoch is that of one feed alone: the others pass it over.
        foreach (var watch in spaces())
        {
            watch.OnEvent(new SpaceEvent(left.ConversationId, Event: null, position), position, eventId: null);
        }
    }

    public void OnReset(SpaceFeedReset reset) => space(reset.SpaceId)?.OnReset(reset.Position);

    public void OnPosition(SpaceFeedPosition position) => space(position.SpaceId)?.OnPosition(position.Position);

    public void OnLeft(SpaceFeedLeft left) => space(left.SpaceId)?.OnLeft(left.Reason);
}
