using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Delivery.Frames;

namespace RealtimeSessions.Server.Delivery.Channels;

/// <summary>
/// What a member that is behind is still to be sent: a dismissal, a reset, batches, and then what follows in the ring or the log. It holds one
/// page's batches, or what conflation gathers, and never more. Belongs to the channel's lock.
/// </summary>
/// <param name="member">The member.</param>
/// <param name="conflation">Makes less of what it missed; null: it gets every event.</param>
internal sealed class Backlog(ChannelMember member, IConflation? conflation)
{
    private readonly Queue<Batch> _batches = [];
    private (string Reason, long Last)? _dismissal;
    private ChannelReset? _reset;
    private long _through;
    private long _allowedLag;

    /// <summary>Does with events what takes time, before they are taken. For any thread, without the lock.</summary>
    public void Prepare(IReadOnlyList<ChannelEvent> events)
    {
        foreach (var next in events)
        {
            if (conflation is null)
            {
                next.FrameFor(member);
            }
            else
            {
                conflation.Prepare(next);
            }
        }
    }

    /// <summary>Begins where the member is.</summary>
    /// <param name="head">The sequence of the channel's head.</param>
    public void Begin(long head) => (_through, _allowedLag) = (member.Cursor, head - member.Cursor);

    /// <summary>Replaces all that was to be sent.</summary>
    public void Reset(ChannelReset reset)
    {
        Clear();
        _reset = reset;
    }

    /// <summary>Nothing is written after an event, but that the member is dismissed. Of two dismissals the stricter one counts.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="last">The event's sequence; 0: nothing more is written at all.</param>
    public void Dismiss(string reason, long last)
    {
        Clear();
        _dismissal = _dismissal is { } earlier && earlier.Last <= last ? earlier : (reason, last);
    }

    /// <summary>Whether the member has fallen back further than it may. Whoever conflates never does.</summary>
    public bool IsTooLong(long head, int maximumLag) =>
        conflation is null && _dismissal is null && head - member.Cursor > _allowedLag + maximumLag;

    /// <summary>Decides what the member's pump does next.</summary>
    /// <param name="ring">The channel's latest events.</param>
    /// <param name="head">The position up to which the member may be told.</param>
    public PumpStep Next(EventRing ring, Position head)
    {
        if (member.HasLeft)
        {
            return PumpStep.Done;
        }

        var last = _dismissal?.Last ?? head.Sequence;
        if (_dismissal is { } dismissal && (_reset is not null || member.Cursor >= last || !ring.Reaches(member.Cursor)))
        {
            member.HasLeft = true;
            return Quit(dismissal.Reason);
        }

        if (_reset is { } reset)
        {
            _reset = null;
            MoveTo(reset.Position.Sequence);
            return PumpStep.Write(reset);
        }

        if (_batches.Count == 0)
        {
            if (MustRead(ring, last))
            {
                return PumpStep.Read(head with { Sequence = _through });
            }

            if (Gather(ring, last) is { } state)
            {
                MoveTo(state.Position.Sequence);
                return PumpStep.Write(state);
            }
        }

        if (_batches.TryDequeue(out var batch))
        {
            member.Move(batch);
            return PumpStep.Write(batch);
        }

        member.CatchUp();
        return PumpStep.Done;
    }

    /// <summary>Takes what the pump has read from the log, unless it was overtaken meanwhile.</summary>
    /// <param name="page">What was read.</param>
    /// <param name="after">The position that it was to follow.</param>
    /// <param name="head">The sequence up to which the member may be told: what lies behind has not been judged.</param>
    /// <returns>False if it does not continue what the member has.</returns>
    public bool Load(EventPage page, Position after, long head)
    {
        if (_reset is not null || _dismissal is not null || _through != after.Sequence)
        {
            return true;
        }

        if (page.Head?.Epoch != after.Epoch || !page.Continues(_through))
        {
            return false;
        }

        Take(page.After(_through).TakeWhile(next => next.Sequence <= head), wholly: true);
        return true;
    }

    private PumpStep Quit(string reason)
    {
        var isTooSlow = reason == DismissalReason.TooSlow;
        var farewell = member.Channel.Farewell(member.Encoder, reason);
        return PumpStep.Quit(
            new FrameMessage(isTooSlow ? [.. farewell, .. member.Encoder.Close(reason)] : farewell), endsConnection: isTooSlow);
    }

    private bool MustRead(EventRing ring, long last) => conflation is not { IsFull: true } && _through < last && !ring.Reaches(_through);

    /// <summary>Makes batches of what the ring holds and what was gathered before.</summary>
    /// <returns>The state, where the member gets it instead.</returns>
    private ChannelReset? Gather(EventRing ring, long last)
    {
        if (_through < last && conflation is not { IsFull: true })
        {
            Take(ring.After(_through).TakeWhile(next => next.Sequence <= last), wholly: false);
        }

        if (conflation is not { IsEmpty: false })
        {
            return null;
        }

        if (_through == last && _dismissal is null && conflation.IsWorthLessThanState(member.Channel.StateBytes))
        {
            conflation.Clear();
            return member.Channel.CurrentReset();
        }

        Enqueue(Batch.Cut(conflation.Take()));
        return null;
    }

    /// <summary>Takes events, or gathers them.</summary>
    /// <param name="events">What follows.</param>
    /// <param name="wholly">Whether all of them are made batches at once; else one batch is.</param>
    private void Take(IEnumerable<ChannelEvent> events, bool wholly)
    {
        if (conflation is null || _dismissal is not null)
        {
            var batches = member.Cut(events);
            Enqueue(wholly ? batches : batches.Take(1));
            return;
        }

        foreach (var next in events.TakeWhile(_ => !conflation.IsFull))
        {
            conflation.Add(next, member.TakeLeftOut(next.Sequence));
            _through = next.Sequence;
        }

        if (conflation.IsEmpty)
        {
            // All of them were left out.
            member.Move(new Batch(_through, 0, null, 0));
        }
    }

    private void Enqueue(IEnumerable<Batch> batches)
    {
        foreach (var batch in batches)
        {
            _batches.Enqueue(batch);
            _through = batch.Last;
        }
    }

    private void MoveTo(long sequence)
    {
        member.MoveTo(sequence);
        _through = sequence;
    }

    private void Clear()
    {
        _batches.Clear();
        conflation?.Clear();
        _through = member.Cursor;
    }
}
