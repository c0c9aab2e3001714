using RealtimeSessions.Protocol;

namespace RealtimeSessions.Client;

/// <summary>The codes of the client's own errors, beside those of the server (<see cref="ErrorCode"/>). Numbers 9xx; none has a status over REST.</summary>
public static class ClientErrors
{
    /// <summary>As many changes as may be wait for their answer already. Nothing has changed. Details: <c>limit</c>.</summary>
    public static readonly ErrorCode QueueFull = new("queue_full", 900, 0, true);

    /// <summary>The session or conversation was left, or the client closed, before the change was sent: it is not made.</summary>
    public static readonly ErrorCode Left = new("left", 901, 0, false);

    /// <summary>The change was sent, and it cannot be found out any more whether it was made.</summary>
    public static readonly ErrorCode Uncertain = new("uncertain", 902, 0, false);

    /// <summary>There is no connection with the server.</summary>
    public static readonly ErrorCode ConnectionFailed = new("connection_failed", 903, 0, true);

    /// <summary>The server has answered in none of its codes: it is of another version, perhaps.</summary>
    public static readonly ErrorCode Unexpected = new("unexpected", 904, 0, false);
}
