using RealtimeSessions.Client.Connecting;

namespace RealtimeSessions.Client.Live;

/// <summary>A replica on a connection, as it is joined and left. Thread-safe.</summary>
internal interface ILiveReplica
{
    /// <summary>Completes with the first state; fails if there will be none.</summary>
    Task Ready { get; }

    /// <summary>Completes when it was left.</summary>
    Task Left { get; }

    /// <summary>Completes when the latest join was answered, or its connection has ended.</summary>
    Task Joining { get; }

    /// <summary>The connection that it is joined through; null: none.</summary>
    IHubLink? Link { get; }

    /// <summary>There is a connection.</summary>
    void OnConnected(IHubLink link);

    /// <summary>The connection is lost.</summary>
    void OnDisconnected();

    /// <summary>Waits until what has been changed is answered, or the time is over, or the waiting is ended.</summary>
    Task SettledAsync(TimeSpan patience, CancellationToken cancellationToken);

    /// <summary>Leaves: nothing more is sent, told or taken.</summary>
    void Leave();

    /// <summary>Tells the server that it was left.</summary>
    /// <exception cref="RealtimeException">It could not be told.</exception>
    Task TellLeftAsync(IHubLink link);
}
