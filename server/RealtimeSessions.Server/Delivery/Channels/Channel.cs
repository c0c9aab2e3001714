using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Delivery.Frames;
using RealtimeSessions.Server.Metrics;

namespace RealtimeSessions.Server.Delivery.Channels;

/// <summary>
/// Those on this server who are told of one log. Members at the head share a pass: what is new goes to all of them, in the same bytes, when the
/// pacer says so. A member that is behind (it has just come, or a write did not complete at once) has a pump of its own that reads from its
/// cursor, from the ring, then the log, until it is at the head again. Nobody waits for it, and it does not fall back without bound. What the
/// events are and whom they concern, the derived classes know.
/// </summary>
internal abstract class Channel : IPaced
{
    private readonly List<ChannelMember> _members = [];
    private readonly Dictionary<FrameEncoder, Batch[]> _shared = new(capacity: 1);
    private readonly EventRing _ring = new();
    private readonly Action _ended;
    private readonly PassPacer _pacer;
    private readonly MemberCount _count;
    private ChannelReset? _reset;
    private Position _head;
    private long _passed;
    private long _waitingBytes;
    private DateTimeOffset _oldest;
    private bool _isClosed;
    private bool _hasEnded;

    /// <param name="log">The log.</param>
    /// <param name="kind">What the log is of.</param>
    /// <param name="services">What channels work with.</param>
    /// <param name="ended">Called once, when the channel has ended.</param>
    protected Channel(LogId log, MemberKind kind, ChannelServices services, Action ended)
    {
        (Log, Services, _ended) = (log, services, ended);
        _count = services.Metrics.Of(kind);
        _pacer = new PassPacer(this, services.Options, services.Time);
        Pages = new EventPages(this, services.EventLog, services.Time);
    }

    public LogId Log { get; }

    /// <summary>Guards the channel and its members: whatever is protected here is for those who hold it, unless it says otherwise.</summary>
    public Lock Lock { get; } = new();

    /// <summary>The log, for members that are behind the ring. For any thread.</summary>
    public EventPages Pages { get; }

    /// <summary>What a reset weighs about, in bytes. Under the lock, as are <see cref="HasNews"/> and <see cref="Pass"/>.</summary>
    public virtual int StateBytes => 0;

    public bool HasNews => _passed < _head.Sequence;

    /// <summary>What it works with. For any thread.</summary>
    protected ChannelServices Services { get; }

    protected IReadOnlyList<ChannelMember> Members => _members;

    /// <summary>Up to where members may be told.</summary>
    protected Position Head => _head;

    /// <summary>An event as members get it. For any thread, without the lock.</summary>
    public abstract ChannelEvent Enter(LogEvent next, string epoch);

    /// <summary>The frame that tells a member why it is in the channel no longer.</summary>
    public abstract byte[] Farewell(FrameEncoder encoder, string reason);

    /// <summary>Removes a member. Nothing more is written to it. The channel ends with its last member.</summary>
    public void Remove(ChannelMember member)
    {
        lock (Lock)
        {
            member.HasLeft = true;
            if (_members.Remove(member))
            {
                _count.Leave(isLast: _members.Count == 0, member.IsCatchingUp);
            }

            OnRemoved(member);
        }

        EndIfEmpty();
    }

    /// <summary>Judges a member by the groups that its caller is in now, if they are others than before. For any thread, without the lock.</summary>
    public void Rejudge(ChannelMember member)
    {
        lock (Lock)
        {
            if (member.TryTakeCaller() && !member.HasLeft)
            {
                OnCallerChanged(member);
            }
        }
    }

    /// <summary>Ends the channel if nobody is in it.</summary>
    public void EndIfEmpty()
    {
        lock (Lock)
        {
            if (_hasEnded || _members.Count > 0)
            {
                return;
            }

            _isClosed = _hasEnded = true;
        }

        _pacer.Dispose();
        Pages.Dispose();
        Release();
        _ended();
    }

    /// <summary>What a pump does next.</summary>
    public PumpStep NextFor(ChannelMember member)
    {
        lock (Lock)
        {
            var step = member.Backlog.Next(_ring, _head);
            if (step.IsDone && member is { IsCatchingUp: false, HasLeft: false })
            {
                _count.CatchUp();
                OnCaughtUp(member);
            }

            return step;
        }
    }

    /// <summary>Gives a member what its pump has read from the log after a position; it gets a reset if the log does not continue what it has.</summary>
    public void Load(ChannelMember member, EventPage page, Position after)
    {
        lock (Lock)
        {
            if (!member.Backlog.Load(page, after, _head.Sequence))
            {
                Reset(member);
            }
        }
    }

    /// <summary>What replaces all that a member knows, as of the head. Under the lock.</summary>
    public ChannelReset CurrentReset() => _reset ??= MakeReset();

    /// <summary>Writes what is new to every member that is not behind.</summary>
    public (int Members, int Events) Pass()
    {
        var (from, written, deliveries) = (_passed, 0, 0);
        (_passed, _waitingBytes) = (_head.Sequence, 0);
        foreach (var member in _members)
        {
            if (member.IsCatchingUp)
            {
                DismissIfTooSlow(member);
                continue;
            }

            // A pump may have brought it further than the last pass has brought the others.
            deliveries += Write(
                member, member.Cursor == from && member.IsLikeOthers ? Shared(member, from) : member.Cut(_ring.After(member.Cursor)));
            written++;
        }

        _shared.Clear();
        if (deliveries > 0)
        {
            Services.Metrics.Passed(deliveries, Services.Time.GetUtcNow() - _oldest);
        }

        return (written, (int)(_passed - from));
    }

    /// <summary>What a member that cannot continue gets, as of the head.</summary>
    protected abstract ChannelReset MakeReset();

    /// <summary>Lets go of what the channel holds. Called once, without the lock.</summary>
    protected abstract void Release();

    /// <summary>Adds a member where it was, or with a reset.</summary>
    /// <returns>False if the channel takes nobody any more.</returns>
    protected bool TryAdd(ChannelMember member, long? since)
    {
        if (_isClosed)
        {
            return false;
        }

        member.EnteredAt = _head.Sequence;
        member.Begin(since ?? _head.Sequence, since is null ? CurrentReset() : null, _head);
        _count.Enter(isFirst: _members.Count == 0);
        _members.Add(member);
        OnAdded(member);
        Services.Pump.Start(member, default);
        return true;
    }

    /// <summary>Called when a member has come, before anything is written to it.</summary>
    protected virtual void OnAdded(ChannelMember member)
    {
    }

    /// <summary>Called when a member's pump has brought it to the head and the pass takes over.</summary>
    protected virtual void OnCaughtUp(ChannelMember member)
    {
    }

    /// <summary>Called when a member's caller is in other groups than before.</summary>
    protected virtual void OnCallerChanged(ChannelMember member)
    {
    }

    /// <summary>Called when a member has left. May be called again.</summary>
    protected virtual void OnRemoved(ChannelMember member)
    {
    }

    /// <summary>Writes something beside the events to a member at the head.</summary>
    /// <returns>False if it is behind: nothing was written.</returns>
    protected bool TryTell(ChannelMember member, FrameMessage message)
    {
        if (member.IsCatchingUp || member.HasLeft)
        {
            return false;
        }

        var written = member.WriteAsync(message);
        if (!written.IsCompletedSuccessfully)
        {
            LeaveToPump(member, written);
        }

        return true;
    }

    /// <summary>Passes on what is new, now or when the pacer says so.</summary>
    /// <param name="events">Events that continue the log.</param>
    /// <param name="head">The position of the last of them.</param>
    protected void Deliver(IReadOnlyList<LogEvent> events, Position head)
    {
        _reset = null;
        foreach (var next in events)
        {
            // Those of one pass are in the ring together.
            if (HasNews && (next.Sequence - _passed > EventRing.MaximumEvents || _waitingBytes + next.Payload.Length > EventRing.MaximumBytes))
            {
                _pacer.Pass();
            }

            _oldest = HasNews ? _oldest : next.CreatedAt;
            _ring.Add(Enter(next, head.Epoch));
            _head = head with { Sequence = next.Sequence };
            _waitingBytes += next.Payload.Length;
        }

        _pacer.Request();
    }

    /// <summary>Begins anew at a position that nothing known leads to.</summary>
    protected void Restart(Position head)
    {
        (_head, _passed, _waitingBytes, _reset) = (head, head.Sequence, 0, null);
        _ring.Clear();
        _members.ForEach(Reset);
    }

    /// <summary>Gives a member what replaces all it knows.</summary>
    protected void Reset(ChannelMember member)
    {
        member.Reset(CurrentReset());
        LeaveToPump(member, default);
    }

    /// <summary>Sends a member away: it is told of what the ring holds, up to a sequence, and why, and of nothing else.</summary>
    protected void Dismiss(ChannelMember member, string reason, long last)
    {
        member.Backlog.Dismiss(reason, last);
        LeaveToPump(member, default);
    }

    /// <summary>Sends everybody away, and takes nobody any more.</summary>
    protected void Close(string reason, long last)
    {
        _isClosed = true;
        _members.ForEach(member => Dismiss(member, reason, last));
    }

    /// <summary>Ends everybody's connection: they come back and begin anew.</summary>
    protected void Fail()
    {
        _isClosed = true;
        for (var left = _members.Count; left > 0; left--)
        {
            var member = _members[left - 1];
            member.HasLeft = true;
            _count.Leave(isLast: left == 1, member.IsCatchingUp);
            _ = Task.Run(member.Abort);
        }

        _members.Clear();
    }

    /// <summary>Writes to a member at the head.</summary>
    /// <returns>How many events were written.</returns>
    protected int Write(ChannelMember member, IEnumerable<Batch> batches)
    {
        var events = 0;
        foreach (var batch in batches)
        {
            member.Move(batch);
            events += batch.Events;
            var written = batch.Message is null ? default : member.WriteAsync(batch.Message);
            if (!written.IsCompletedSuccessfully)
            {
                LeaveToPump(member, written);
                break;
            }
        }

        return events;
    }

    private Batch[] Shared(ChannelMember member, long from)
    {
        if (!_shared.TryGetValue(member.Encoder, out var batches))
        {
            _shared[member.Encoder] = batches = [.. member.Cut(_ring.After(from))];
        }

        return batches;
    }

    private void DismissIfTooSlow(ChannelMember member)
    {
        if (member.Backlog.IsTooLong(_head.Sequence, Services.Options.MaximumLag))
        {
            Dismiss(member, DismissalReason.TooSlow, last: 0);
        }
    }

    private void LeaveToPump(ChannelMember member, ValueTask written)
    {
        if (member.TryFallBehind(_head))
        {
            _count.FallBehind();
            Services.Pump.Start(member, written);
        }
    }
}
