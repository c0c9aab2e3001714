using RealtimeSessions.Server.Delivery.Channels;
using RealtimeSessions.Server.Delivery.Frames;
using RealtimeSessions.Server.Delivery.Presence;
using RealtimeSessions.Server.Lanes;

namespace RealtimeSessions.Server.Delivery.Sessions;

/// <summary>A connection in a session. Its own events are left out for it, unless it wants them.</summary>
/// <param name="client">The connection.</param>
/// <param name="channel">The session.</param>
/// <param name="encoder">The connection's protocol.</param>
/// <param name="echo">Whether it wants its own events.</param>
/// <param name="conflate">Whether runs of patches may become one where it is behind.</param>
internal sealed class SessionMember(ClientConnection client, SessionChannel channel, FrameEncoder encoder, bool echo, bool conflate = false)
    : ChannelMember(client, channel, encoder, conflate ? new PatchConflation(channel.Key, encoder) : null), IEventOrigin
{
    private HashSet<long>? _withheld;

    /// <summary>Whether the connection also wants the events it makes itself.</summary>
    public bool Echo => echo;

    /// <summary>The channel it is in.</summary>
    public SessionChannel Session => channel;

    /// <summary>The connection's id, as others see it.</summary>
    public string ConnectionId => Client.Connection.ConnectionId;

    /// <summary>What others see of it; null: it is neither shown to them nor told of them.</summary>
    public MemberPresence? Presence { get; init; }

    public override bool IsLikeOthers => _withheld is not { Count: > 0 };

    /// <summary>Leaves an event out: its Ack tells the connection of it.</summary>
    public void Withhold(long sequence) => (_withheld ??= []).Add(sequence);

    public void Expect(Guid eventId) => channel.Expect(eventId, this);

    public void Forget(Guid eventId) => channel.Forget(eventId, this);

    public override void Reset(ChannelReset reset)
    {
        // The state replaces what the events were.
        _withheld = null;
        base.Reset(reset);
    }

    public override bool TakeLeftOut(long sequence) => _withheld?.Remove(sequence) == true;

    protected override void GiveUpSeat() => Client.Sessions.Free(channel.Key, this);
}
