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

    /// <summary>An event of a conversation.</summary>
    void OnEvent(ConversationEvent next);

    /// <summary>The state of a conversation.</summary>
    void OnReset(ConversationReset reset);

    /// <summary>The connection is out of a conversation.</summary>
    void OnLeft(ConversationLeft left);
}
