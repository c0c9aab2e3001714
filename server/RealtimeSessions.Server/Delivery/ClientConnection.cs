using Microsoft.AspNetCore.SignalR;
using RealtimeSessions.Server.Delivery.Channels;
using RealtimeSessions.Server.Delivery.Sessions;
using RealtimeSessions.Server.Identity;
using RealtimeSessions.Server.Sessions;

namespace RealtimeSessions.Server.Delivery;

/// <summary>A hub connection: who it is, which sessions it has joined and which applications it watches.</summary>
internal sealed class ClientConnection(HubConnectionContext connection, Caller caller)
{
    private Seats<SessionKey>? _sessions;
    private Seats<string>? _applications;

    public Caller Caller => caller;

    public HubConnectionContext Connection => connection;

    /// <summary>The sessions it has joined.</summary>
    public Seats<SessionKey> Sessions => LazyInitializer.EnsureInitialized(ref _sessions);

    /// <summary>The applications it watches.</summary>
    public Seats<string> Applications => LazyInitializer.EnsureInitialized(ref _applications);

    /// <summary>Whether it is gone; a write would do nothing and report success.</summary>
    public bool IsAborted => connection.ConnectionAborted.IsCancellationRequested;

    /// <summary>The membership through which the connection's own events are left out; null if they are not.</summary>
    public IEventOrigin? OriginFor(SessionKey key) => Sessions.Find(key) is SessionMember { Echo: false } member ? member : null;

    /// <summary>Writes, without waiting for anything.</summary>
    public ValueTask WriteAsync(SerializedHubMessage message) => connection.WriteAsync(message, CancellationToken.None);

    /// <summary>Ends it, whatever is still to be written.</summary>
    public void Abort()
    {
        connection.Abort();
        connection.GetHttpContext()?.Abort();
    }

    /// <summary>Takes the connection, which has ended, out of everything.</summary>
    public void LeaveAll()
    {
        foreach (var member in Sessions.TakeAll().Concat(Applications.TakeAll()))
        {
            _ = member.LeaveAsync();
        }
    }
}
