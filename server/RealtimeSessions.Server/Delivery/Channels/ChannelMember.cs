using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Delivery.Frames;
using RealtimeSessions.Server.Identity;

namespace RealtimeSessions.Server.Delivery.Channels;

/// <summary>
/// A connection in a channel. Its cursor is what it has been sent; what it is still to be sent while it is behind is its backlog's.
/// Everything here belongs to the channel's lock, unless it says otherwise.
/// </summary>
internal abstract class ChannelMember
{
    private volatile Caller _caller;

    /// <param name="client">The connection.</param>
    /// <param name="channel">The channel.</param>
    /// <param name="encoder">The protocol it is written to in.</param>
    /// <param name="conflation">Makes less of what it misses; null: it gets every event.</param>
    protected ChannelMember(ClientConnection client, Channel channel, FrameEncoder encoder, IConflation? conflation = null)
    {
        (Client, Channel, Encoder) = (client, channel, encoder);
        _caller = client.Caller;
        Backlog = new Backlog(this, conflation);
    }

    /// <summary>The channel. For any thread, as are <see cref="Encoder"/> and <see cref="Caller"/>.</summary>
    public Channel Channel { get; }

    /// <summary>The protocol it is written to in.</summary>
    public FrameEncoder Encoder { get; }

    /// <summary>Who it is, as the channel has judged it last (<see cref="Channels.Channel.Rejudge"/>).</summary>
    public Caller Caller => _caller;

    /// <summary>The sequence of the last event that was written to the connection or left out for it.</summary>
    public long Cursor { get; private set; }

    /// <summary>The position's sequence that the connection knows of: that of the last frame it was written.</summary>
    public long Told { get; private set; }

    /// <summary>The sequence of the channel's head when the member came.</summary>
    public long EnteredAt { get; set; }

    /// <summary>True while the member's own pump, and not the channel's pass, writes to it.</summary>
    public bool IsCatchingUp { get; private set; } = true;

    /// <summary>True once it has left the channel; nothing more is written then.</summary>
    public bool HasLeft { get; set; }

    /// <summary>Completes when the member's pump writes nothing more.</summary>
    public Task Pumping { get; set; } = Task.CompletedTask;

    /// <summary>What it is still to be sent while it is behind.</summary>
    public Backlog Backlog { get; }

    /// <summary>Whether it gets, at present, the same frames as every member of its protocol that says so.</summary>
    public abstract bool IsLikeOthers { get; }

    /// <summary>Whether the connection is gone; a write to it would do nothing and report success. For any thread.</summary>
    public bool IsAborted => Client.IsAborted;

    /// <summary>The connection. For any thread.</summary>
    protected ClientConnection Client { get; }

    /// <summary>Writes, without waiting for anything. For the one that writes: the pass, or the pump.</summary>
    public ValueTask WriteAsync(FrameMessage message) => Client.WriteAsync(message);

    /// <summary>Ends the connection. For any thread, without the lock.</summary>
    public void Abort() => Client.Abort();

    /// <summary>Takes the caller as the connection has it now.</summary>
    /// <returns>Whether he is in other groups than before.</returns>
    public bool TryTakeCaller()
    {
        var before = _caller;
        _caller = Client.Caller;
        return !ReferenceEquals(before.Groups, _caller.Groups);
    }

    /// <summary>Takes the member out of the channel, so that nothing more is written. For any thread, without the lock.</summary>
    /// <returns>Completes when a write that is under way has ended.</returns>
    public Task LeaveAsync()
    {
        Channel.Remove(this);
        return Pumping;
    }

    /// <summary>Takes the member, which has been dismissed and told so, out of the channel and off its connection. For any thread, without the lock.</summary>
    public void Quit()
    {
        GiveUpSeat();
        Channel.Remove(this);
    }

    /// <summary>Begins at a sequence, or with a reset.</summary>
    public void Begin(long sequence, ChannelReset? reset, Position head)
    {
        MoveTo(sequence);
        if (reset is not null)
        {
            Reset(reset);
        }

        Backlog.Begin(head.Sequence);
    }

    /// <summary>Falls behind: its pump takes over.</summary>
    /// <returns>False if it has already.</returns>
    public bool TryFallBehind(Position head)
    {
        if (IsCatchingUp || HasLeft)
        {
            return false;
        }

        IsCatchingUp = true;
        Backlog.Begin(head.Sequence);
        return true;
    }

    /// <summary>Is at the head: the pass takes over.</summary>
    public void CatchUp() => IsCatchingUp = false;

    /// <summary>Replaces all that was to be sent.</summary>
    public virtual void Reset(ChannelReset reset) => Backlog.Reset(reset);

    /// <summary>Moves over a batch that is being written.</summary>
    public void Move(Batch batch) => (Cursor, Told) = (batch.Last, Math.Max(Told, batch.LastWritten));

    /// <summary>Moves to a position that is told by a reset, or where the connection was.</summary>
    public void MoveTo(long sequence) => (Cursor, Told) = (sequence, sequence);

    /// <summary>Events as batches for this member alone; its cursor is about to pass them.</summary>
    public IEnumerable<Batch> Cut(IEnumerable<ChannelEvent> events) =>
        Batch.Cut(events.Select(next => (next.Sequence, TakeLeftOut(next.Sequence) ? null : next.FrameFor(this))));

    /// <summary>Whether an event is to be left out; asked once, when the cursor passes it.</summary>
    public virtual bool TakeLeftOut(long sequence) => false;

    /// <summary>Frees the member's place on its connection, if it still has it. For any thread, without the lock.</summary>
    protected abstract void GiveUpSeat();
}
