namespace RealtimeSessions.Client;

/// <summary>The states of a client's connection.</summary>
public enum ConnectionState
{
    /// <summary>There is none, and none is tried: nothing has asked for it yet, or the first one has failed.</summary>
    Disconnected,

    /// <summary>The first one is being tried.</summary>
    Connecting,

    /// <summary>It stands.</summary>
    Connected,

    /// <summary>It was lost, and another is being tried.</summary>
    Reconnecting,

    /// <summary>The client was closed, for good.</summary>
    Closed,
}
