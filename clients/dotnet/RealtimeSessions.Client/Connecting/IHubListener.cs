using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Conversations;

namespace RealtimeSessions.Client.Connecting;

/// <summary>What the server calls.</summary>
internal interface IHubListener
{
    /// <summary>An event of a session.</summary>
    void OnEvent(SessionEvent next);

    /// <summary>The state of a session.</summary>
    void OnReset(SessionReset reset);

    /// <summary>The connection is out of a session.</summary>
    void OnLeft(SessionLeft left);

    /// <summary>Who is in a session.</summary>
    void OnPresence(SessionPresence presence);

    /// <summary>How that has changed.</summary>
    void OnPresenceUpdated(SessionPresenceUpdated presence);

    /// <summary>Somebody's signal.</summary>
    void OnSignal(SessionSignal signal);

    /// <summary>An event in the feed of an application.</summary>
    void OnEvent(ApplicationEvent next);

    /// <summary>The feed of an application begins anew.</summary>
    void OnReset(FeedReset reset);

    /// <summary>How far the feed of an application was told.</summary>
    void OnPosition(FeedPosition position);

    /// <summary>The connection watches an application no longer.</summary>
    void OnLeft(FeedLeft left);

    /// <summary>An event of a conversation, or in the feed of its space.</summary>
    void OnEvent(ConversationEvent next);

    /// <summary>The state of a conversation.</summary>
    void OnReset(ConversationReset reset);

    /// <summary>The connection is out of a conversation, or, in the feed of its space: it is one no longer that the caller sees.</summary>
    void OnLeft(ConversationLeft left);

    /// <summary>The feed of a space begins anew.</summary>
    void OnReset(SpaceFeedReset reset);

    /// <summary>How far the feed of a space was told.</summary>
    void OnPosition(SpaceFeedPosition position);

    /// <summary>The connection watches a space no longer.</summary>
    void OnLeft(SpaceFeedLeft left);
}
