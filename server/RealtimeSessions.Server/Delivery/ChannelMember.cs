using Microsoft.AspNetCore.SignalR;
using RealtimeSessions.EventLog.Replicas;
using RealtimeSessions.Server.Delivery.Frames;
using RealtimeSessions.Server.Sessions;

namespace RealtimeSessions.Server.Delivery;

/// <summary>
/// A connection in a session. Its cursor is all there is to know of what it has been sent; everything but <see cref="IEventOrigin"/>
/// belongs to the channel's lock.
/// </summary>
internal sealed class ChannelMember(HubConnectionContext connection, SessionChannel channel, FrameEncoder encoder, bool echo) : IEventOrigin
{
    private HashSet<long>? _withheld;

    public SessionChannel Channel => channel;

    public FrameEncoder Encoder => encoder;

    /// <summary>Whether the connection also wants the events it makes itself.</summary>
    public bool Echo => echo;

    /// <summary>The sequence of the last event that was written to the connection or left out for it.</summary>
    public long Cursor { get; set; }

    /// <summary>The state that is to be sent before anything else, or null.</summary>
    public ReplicaState<SessionState>? PendingReset { get; set; }

    /// <summary>True while the member's own pump, and not the channel's pass, writes to it.</summary>
    public bool IsCatchingUp { get; set; } = true;

    /// <summary>Why the member is to leave once it is told so, or null.</summary>
    public string? Dismissal { get; set; }

    /// <summary>True once it has left the channel; nothing more is written then.</summary>
    public bool HasLeft { get; set; }

    /// <summary>Completes when the member's pump writes nothing more.</summary>
    public Task Pumping { get; set; } = Task.CompletedTask;

    /// <summary>Whether events are to be left out for this member.</summary>
    public bool HasWithheld => _withheld is { Count: > 0 };

    /// <summary>Whether the connection is gone; a write to it would do nothing and report success.</summary>
    public bool IsAborted => connection.ConnectionAborted.IsCancellationRequested;

    public ValueTask WriteAsync(SerializedHubMessage message) => connection.WriteAsync(message, CancellationToken.None);

    public void Abort()
    {
        connection.Abort();
        connection.GetHttpContext()?.Abort();
    }

    /// <summary>Leaves an event out: its Ack tells the connection of it.</summary>
    public void Withhold(long sequence) => (_withheld ??= []).Add(sequence);

    /// <summary>Whether an event is to be left out; asked once, when the cursor passes it.</summary>
    public bool TakeWithheld(long sequence) => _withheld?.Remove(sequence) == true;

    /// <summary>Nothing is left out any more: a state replaces what the events were.</summary>
    public void ClearWithheld() => _withheld = null;

    public void Expect(Guid eventId) => channel.Expect(eventId, this);

    public void Forget(Guid eventId) => channel.Forget(eventId, this);
}
