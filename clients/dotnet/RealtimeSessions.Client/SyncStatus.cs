namespace RealtimeSessions.Client;

/// <summary>How a live session or conversation stands to the server's.</summary>
public enum SyncStatus
{
    /// <summary>There is no connection, or it was left. Own changes wait.</summary>
    Disconnected,

    /// <summary>It is being joined, or own changes have not reached their place, or events are missing.</summary>
    Synchronizing,

    /// <summary>Connected, and nothing is on its way.</summary>
    Synchronized,
}
