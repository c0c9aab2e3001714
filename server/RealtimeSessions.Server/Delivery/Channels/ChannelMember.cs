using Microsoft.AspNetCore.SignalR;
using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Delivery.Frames;
using RealtimeSessions.Server.Identity;

namespace RealtimeSessions.Server.Delivery.Channels;

/// <summary>
/// A connection in a channel. Its cursor is what it has been sent; what it is still to be sent before or instead of events is a reset or a
/// dismissal. Everything here belongs to the channel's lock, unless it says otherwise.
/// </summary>
internal abstract class ChannelMember(ClientConnection client, Channel channel, FrameEncoder encoder)
{
    private (string Reason, long Last)? _dismissal;
    private ChannelReset? _reset;
    private (long Sequence, byte[]? Frame)[] _page = [];

    public Channel Channel => channel;

    /// <summary>The protocol it is written to in. For any thread, as is <see cref="Caller"/>.</summary>
    public FrameEncoder Encoder => encoder;

    public Caller Caller => client.Caller;

    /// <summary>The sequence of the last event that was written to the connection or left out for it.</summary>
    public long Cursor { get; private set; }

    /// <summary>The position's sequence that the connection knows of: that of the last frame it was written.</summary>
    public long Told { get; private set; }

    /// <summary>The sequence of the channel's head when the member came.</summary>
    public long EnteredAt { get; set; }

    /// <summary>True while the member's own pump, and not the channel's pass, writes to it.</summary>
    public bool IsCatchingUp { get; set; } = true;

    /// <summary>True once it has left the channel; nothing more is written then.</summary>
    public bool HasLeft { get; set; }

    /// <summary>Completes when the member's pump writes nothing more.</summary>
    public Task Pumping { get; set; } = Task.CompletedTask;

    /// <summary>Whether it gets, at present, the same frames as every member of its protocol that says so.</summary>
    public abstract bool IsLikeOthers { get; }

    /// <summary>Whether the connection is gone; a write to it would do nothing and report success. For any thread.</summary>
    public bool IsAborted => client.Connection.ConnectionAborted.IsCancellationRequested;

    /// <summary>Writes, without waiting for anything. For the one that writes: the pass, or the pump.</summary>
    public ValueTask WriteAsync(SerializedHubMessage message) => client.Connection.WriteAsync(message, CancellationToken.None);

    /// <summary>Ends the connection. For any thread, without the lock.</summary>
    public void Abort()
    {
        client.Connection.Abort();
        client.Connection.GetHttpContext()?.Abort();
    }

    /// <summary>Takes the member out of the channel, so that nothing more is written. For any thread, without the lock.</summary>
    /// <returns>Completes when a write that is under way has ended.</returns>
    public Task LeaveAsync()
    {
        channel.Remove(this);
        return Pumping;
    }

    /// <summary>Takes the member, which has been dismissed and told so, out of the channel and off its connection. For any thread, without the lock.</summary>
    public void Quit()
    {
        GiveUpSeat();
        channel.Remove(this);
    }

    /// <summary>Begins at a sequence, or with a reset.</summary>
    public void Begin(long sequence, ChannelReset? reset) => (Cursor, Told, _reset) = (sequence, sequence, reset);

    /// <summary>Replaces all that was to be sent.</summary>
    public virtual void Reset(ChannelReset reset) => _reset = reset;

    /// <summary>Nothing is written after an event, but that the member is dismissed. Of two dismissals the stricter one counts.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="last">The event's sequence; 0: nothing more is written at all.</param>
    public void Dismiss(string reason, long last) =>
        _dismissal = _dismissal is { } earlier && earlier.Last <= last ? earlier : (reason, last);

    /// <summary>Moves over a batch that is being written.</summary>
    public void Move(Batch batch) => (Cursor, Told) = (batch.Last, Math.Max(Told, batch.LastWritten));

    /// <summary>Events as batches for this member alone; its cursor is about to pass them.</summary>
    public IEnumerable<Batch> Cut(IEnumerable<ChannelEvent> events) => Cut(events.Select(next => (next.Sequence, next.FrameFor(this))));

    /// <summary>Decides what its pump does next.</summary>
    /// <param name="ring">The channel's latest events.</param>
    /// <param name="head">The position up to which it may be told.</param>
    public PumpStep Next(EventRing ring, Position head)
    {
        var last = _dismissal?.Last ?? head.Sequence;
        if (HasLeft)
        {
            return PumpStep.Done;
        }

        if (_dismissal is { } dismissal && (_reset is not null || Cursor >= last || !ring.Reaches(Cursor)))
        {
            HasLeft = true;
            return PumpStep.Quit(Batch.ToMessage(channel.Farewell(encoder, dismissal.Reason), encoder));
        }

        if (_reset is { } reset)
        {
            Begin(reset.Position.Sequence, reset: null);
            return PumpStep.Write(reset);
        }

        if (Cursor >= last)
        {
            (IsCatchingUp, _page) = (false, []);
            return PumpStep.Done;
        }

        if (!ring.Reaches(Cursor) && Rest.Count == 0)
        {
            return PumpStep.Read(head with { Sequence = Cursor });
        }

        var batch = ring.Reaches(Cursor)
            ? Cut(ring.After(Cursor).TakeWhile(next => next.Sequence <= last)).First()
            : Cut(Rest.TakeWhile(next => next.Sequence <= last)).First();
        Move(batch);
        return PumpStep.Write(batch.Message);
    }

    /// <summary>Takes what the pump has read from the log, unless it was overtaken meanwhile.</summary>
    /// <param name="page">What was read; null if the log is gone.</param>
    /// <param name="frames">The page's events as frames for this member, with their sequences.</param>
    /// <param name="after">The position they were read after.</param>
    /// <returns>False if it does not continue what the member has.</returns>
    public bool Load(LogPage? page, (long Sequence, byte[]? Frame)[] frames, Position after)
    {
        if (_reset is not null || _dismissal is not null || Cursor != after.Sequence)
        {
            return true;
        }

        _page = frames;
        return page?.Head.Position.Epoch == after.Epoch && Rest.Count > 0;
    }

    /// <summary>The connection. For any thread.</summary>
    protected ClientConnection Client => client;

    /// <summary>Whether an event is to be left out; asked once, when the cursor passes it.</summary>
    protected virtual bool TakeLeftOut(long sequence) => false;

    /// <summary>Frees the member's place on its connection, if it still has it. For any thread, without the lock.</summary>
    protected abstract void GiveUpSeat();

    private IEnumerable<Batch> Cut(IEnumerable<(long Sequence, byte[]? Frame)> frames) => Batch.Cut(frames, encoder, TakeLeftOut);

    /// <summary>What was read from the log and continues what the member has.</summary>
    private ArraySegment<(long Sequence, byte[]? Frame)> Rest
    {
        get
        {
            var passed = _page is [var first, ..] ? Cursor + 1 - first.Sequence : 0;
            return passed >= 0 && passed < _page.Length ? new(_page, (int)passed, _page.Length - (int)passed) : [];
        }
    }
}
