using Microsoft.AspNetCore.SignalR;
using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Delivery.Frames;

namespace RealtimeSessions.Server.Delivery.Channels;

/// <summary>
/// Those on this server who are told of one log. Members at the head share a pass: what is new goes to all of them at once. A member that is
/// behind (it has just come, or a write did not complete at once) has a pump of its own that reads from its cursor, from the ring, then the
/// log, until it is at the head again. Nobody waits for it. What the events are and whom they concern, the derived classes know.
/// </summary>
/// <param name="log">The log.</param>
/// <param name="pump">Writes to members that are behind.</param>
/// <param name="ended">Called once, when the channel has ended.</param>
internal abstract class Channel(LogId log, MemberPump pump, Action ended)
{
    /// <summary>How many events one pass takes at most. Those of one pass are in the ring together.</summary>
    private const int PassEvents = 256;

    private readonly List<ChannelMember> _members = [];
    private readonly EventRing _ring = new();
    private ChannelReset? _reset;
    private Position _head;
    private bool _isClosed;
    private bool _hasEnded;

    public LogId Log => log;

    /// <summary>Guards the channel and its members: whatever is protected here is for those who hold it, unless it says otherwise.</summary>
    protected Lock Lock { get; } = new();

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
            _members.Remove(member);
            OnRemoved(member);
        }

        EndIfEmpty();
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

        Release();
        ended();
    }

    /// <summary>What a pump does next.</summary>
    public PumpStep NextFor(ChannelMember member)
    {
        lock (Lock)
        {
            var step = member.Next(_ring, _head);
            if (step.IsDone && member is { IsCatchingUp: false, HasLeft: false })
            {
                OnCaughtUp(member);
            }

            return step;
        }
    }

    /// <summary>Gives a member what its pump has read from the log after a position; it gets a reset if the log does not continue what it has.</summary>
    public void Load(ChannelMember member, LogPage? page, (long Sequence, byte[]? Frame)[] frames, Position after)
    {
        lock (Lock)
        {
            if (!member.Load(page, frames, after))
            {
                Reset(member);
            }
        }
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
        member.Begin(since ?? _head.Sequence, since is null ? _reset ??= MakeReset() : null);
        _members.Add(member);
        OnAdded(member);
        pump.Start(member, default);
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

    /// <summary>Called when a member has left. May be called again.</summary>
    protected virtual void OnRemoved(ChannelMember member)
    {
    }

    /// <summary>Writes something beside the events to a member at the head.</summary>
    /// <returns>False if it is behind: nothing was written.</returns>
    protected bool TryTell(ChannelMember member, SerializedHubMessage message)
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

    /// <summary>Passes on what is new.</summary>
    /// <param name="events">Events that continue the log.</param>
    /// <param name="head">The position of the last of them.</param>
    protected void Deliver(IReadOnlyList<LogEvent> events, Position head)
    {
        (_head, _reset) = (head, null);
        var (from, bytes) = (events[0].Sequence - 1, 0L);
        for (var i = 0; i < events.Count; i++)
        {
            _ring.Add(Enter(events[i], head.Epoch));
            bytes += events[i].Payload.Length;
            if (i == events.Count - 1 || (i + 1) % PassEvents == 0 || bytes + events[i + 1].Payload.Length > EventRing.MaximumBytes)
            {
                Pass(from);
                (from, bytes) = (events[i].Sequence, 0);
            }
        }
    }

    /// <summary>Begins anew at a position that nothing known leads to.</summary>
    protected void Restart(Position head)
    {
        (_head, _reset) = (head, null);
        _ring.Clear();
        _members.ForEach(Reset);
    }

    /// <summary>Gives a member what replaces all it knows.</summary>
    protected void Reset(ChannelMember member)
    {
        member.Reset(_reset ??= MakeReset());
        LeaveToPump(member, default);
    }

    /// <summary>Sends a member away: it is told of what the ring holds, up to a sequence, and why, and of nothing else.</summary>
    protected void Dismiss(ChannelMember member, string reason, long last)
    {
        member.Dismiss(reason, last);
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
        foreach (var member in _members)
        {
            member.HasLeft = true;
            _ = Task.Run(member.Abort);
        }

        _members.Clear();
    }

    /// <summary>Writes to a member at the head.</summary>
    protected void Write(ChannelMember member, IEnumerable<Batch> batches)
    {
        foreach (var batch in batches)
        {
            member.Move(batch);
            var written = batch.Message is null ? default : member.WriteAsync(batch.Message);
            if (!written.IsCompletedSuccessfully)
            {
                LeaveToPump(member, written);
                return;
            }
        }
    }

    /// <summary>Writes what the ring holds after a sequence to every member that is there.</summary>
    private void Pass(long from)
    {
        var shared = new Dictionary<FrameEncoder, Batch[]>(capacity: 1);
        foreach (var member in _members)
        {
            if (member.IsCatchingUp)
            {
                continue;
            }

            if (!member.IsLikeOthers)
            {
                Write(member, member.Cut(_ring.After(from)));
                continue;
            }

            if (!shared.TryGetValue(member.Encoder, out var batches))
            {
                shared[member.Encoder] = batches = [.. member.Cut(_ring.After(from))];
            }

            Write(member, batches);
        }
    }

    private void LeaveToPump(ChannelMember member, ValueTask written)
    {
        if (!member.IsCatchingUp && !member.HasLeft)
        {
            member.IsCatchingUp = true;
            pump.Start(member, written);
        }
    }
}
