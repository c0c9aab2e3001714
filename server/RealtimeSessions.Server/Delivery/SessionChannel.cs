using System.Collections.Concurrent;
using RealtimeSessions.EventLog;
using RealtimeSessions.EventLog.Replicas;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;
using RealtimeSessions.Server.Delivery.Frames;
using RealtimeSessions.Server.Sessions;

namespace RealtimeSessions.Server.Delivery;

/// <summary>
/// The members of one session on this server. Members at the head share a pass: what the replica has just folded goes to all of them in
/// the same bytes. A member that is behind (it has just joined, or a write did not complete at once) has a pump of its own that reads
/// from its cursor, from the ring, then the log, until it is at the head again. Nobody waits for it.
/// </summary>
internal sealed class SessionChannel(SessionKey key, LiveSessions sessions, MemberPump pump) : IReplicaObserver<SessionState>
{
    /// <summary>How many events one pass takes at most. Those of one pass are in the ring together.</summary>
    private const int PassEvents = 256;

    private readonly Lock _lock = new();
    private readonly List<ChannelMember> _members = [];
    private readonly ConcurrentDictionary<Guid, ChannelMember> _expected = new();
    private readonly EventRing _ring = new(key);
    private readonly ResetFrames _resetFrames = new(key);
    private LiveSessions.Lease? _lease;
    private Replica<SessionState>? _replica;
    private ReplicaState<SessionState>? _current;
    private bool _closed;

    public SessionKey Key => key;

    /// <summary>Adds a member at the head or where it was.</summary>
    /// <param name="make">Makes the member.</param>
    /// <param name="replica">The session's replica.</param>
    /// <param name="judged">The state by which the member was let in.</param>
    /// <param name="since">Where it continues; null: it gets the state.</param>
    /// <returns>What it joined, or null if the channel has ended or rights have changed since: look again.</returns>
    public (ChannelMember Member, JoinedSession Joined)? TryAdd(
        Func<SessionChannel, ChannelMember> make, Replica<SessionState> replica, ReplicaState<SessionState> judged, ResumePosition? since)
    {
        lock (_lock)
        {
            if (_closed)
            {
                return null;
            }

            if (_replica is null)
            {
                (_lease, _replica) = (sessions.Rent(key), replica);
                _current = replica.Attach(this);
            }

            var current = _current!;
            if (current.State.RightsSequence != judged.State.RightsSequence || current.Position.Epoch != judged.Position.Epoch)
            {
                return null;
            }

            var member = make(this);
            var recovered = since is not null && since.Sequence <= current.Position.Sequence;
            member.Cursor = recovered ? since!.Sequence : current.Position.Sequence;
            member.PendingReset = recovered ? null : current;
            _members.Add(member);
            pump.Start(member, default);
            return (member, new JoinedSession(current.State.Info, current.Position with { Sequence = member.Cursor }, recovered));
        }
    }

    /// <summary>Removes a member. Nothing more is written to it.</summary>
    public void Remove(ChannelMember member)
    {
        lock (_lock)
        {
            member.HasLeft = true;
            _members.Remove(member);
        }
    }

    /// <summary>Ends the channel if nobody is in it.</summary>
    /// <returns>True if it has ended, now or before.</returns>
    public bool EndIfEmpty()
    {
        lock (_lock)
        {
            if (_members.Count > 0)
            {
                return false;
            }

            _closed = true;
        }

        // Not under the lock: the replica calls the channel under its own.
        _replica?.Detach(this);
        _lease?.Dispose();
        return true;
    }

    /// <summary>An event of a member is about to be appended; its Ack will tell him of it.</summary>
    public void Expect(Guid eventId, ChannelMember member) => _expected[eventId] = member;

    /// <summary>No Ack will come for it after all. If the event has been left out already, the state takes its place.</summary>
    public void Forget(Guid eventId, ChannelMember member)
    {
        if (_expected.TryRemove(eventId, out _))
        {
            return;
        }

        lock (_lock)
        {
            Reset(member, _current!);
        }
    }

    public void OnEvents(IReadOnlyList<LogEvent> events, ReplicaState<SessionState> after)
    {
        lock (_lock)
        {
            _current = after;
            _resetFrames.Clear();
            var (from, bytes) = (events[0].Sequence - 1, 0L);
            for (var i = 0; i < events.Count; i++)
            {
                _ring.Add(events[i]);
                if (_expected.TryRemove(events[i].EventId, out var maker))
                {
                    maker.Withhold(events[i].Sequence);
                }

                bytes += events[i].Payload.Length;
                if (i == events.Count - 1 || (i + 1) % PassEvents == 0 || bytes + events[i + 1].Payload.Length > EventRing.MaximumBytes)
                {
                    Pass(from);
                    (from, bytes) = (events[i].Sequence, 0);
                }
            }
        }
    }

    public void OnReset(ReplicaState<SessionState> state)
    {
        lock (_lock)
        {
            _current = state;
            _resetFrames.Clear();
            _ring.Clear();
            _expected.Clear();
            foreach (var member in _members)
            {
                Reset(member, state);
            }
        }
    }

    public void OnDeleted()
    {
        lock (_lock)
        {
            foreach (var member in _members)
            {
                member.Dismissal = "deleted";
                LeaveToPump(member, default);
            }
        }
    }

    public void OnFailed()
    {
        lock (_lock)
        {
            _closed = true;
            foreach (var member in _members)
            {
                // The client comes back and joins anew.
                member.HasLeft = true;
                _ = Task.Run(member.Abort);
            }

            _members.Clear();
        }
    }

    /// <summary>The state as a pump writes it. Not under the lock: it may take long.</summary>
    public byte[] ResetFrame(FrameEncoder encoder, ReplicaState<SessionState> state) => _resetFrames.Get(encoder, state);

    /// <summary>What a pump has to write next.</summary>
    public PumpStep NextFor(ChannelMember member)
    {
        lock (_lock)
        {
            if (member.HasLeft)
            {
                return PumpStep.Done;
            }

            if (member.Dismissal is { } reason)
            {
                member.HasLeft = true;
                return PumpStep.Write(Batch.ToMessage(SessionCallbacks.Left(member.Encoder, key, reason), member.Encoder));
            }

            if (member.PendingReset is { } state)
            {
                (member.PendingReset, member.Cursor) = (null, state.Position.Sequence);
                return PumpStep.Reset(state);
            }

            if (member.Cursor >= _current!.Position.Sequence)
            {
                member.IsCatchingUp = false;
                return PumpStep.Done;
            }

            if (!_ring.Reaches(member.Cursor))
            {
                return PumpStep.Read(_current.Position with { Sequence = member.Cursor });
            }

            var batch = Batch.Cut(_ring.Frames(member.Cursor, member.Encoder), member.Encoder, member.TakeWithheld).First();
            member.Cursor = batch.Last;
            return PumpStep.Write(batch.Message);
        }
    }

    /// <summary>Moves a member over events that its pump has read from the log.</summary>
    /// <param name="member">The member.</param>
    /// <param name="page">What was read; null if the log is gone.</param>
    /// <param name="frames">The page's events as frames, with their sequences.</param>
    /// <param name="after">The position they were read after.</param>
    /// <returns>The batches to write; none if the member has been reset meanwhile, or the events do not continue what it has.</returns>
    public IReadOnlyList<Batch> Advance(
        ChannelMember member, LogPage? page, IReadOnlyList<(long Sequence, byte[] Frame)> frames, Position after)
    {
        lock (_lock)
        {
            if (member.PendingReset is not null || member.HasLeft || member.Cursor != after.Sequence)
            {
                return [];
            }

            if (page is null || page.Head.Position.Epoch != after.Epoch || page.Events is not [var first, ..] || first.Sequence != after.Sequence + 1)
            {
                Reset(member, _current!);
                return [];
            }

            var batches = Batch.Cut(frames, member.Encoder, member.TakeWithheld).ToArray();
            member.Cursor = batches[^1].Last;
            return batches;
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

            if (!shared.TryGetValue(member.Encoder, out var batches))
            {
                shared[member.Encoder] = batches = [.. Batch.Cut(_ring.Frames(from, member.Encoder), member.Encoder)];
            }

            Write(member, member.HasWithheld
                ? Batch.Cut(_ring.Frames(from, member.Encoder), member.Encoder, member.TakeWithheld)
                : batches);
        }
    }

    private void Write(ChannelMember member, IEnumerable<Batch> batches)
    {
        foreach (var batch in batches)
        {
            member.Cursor = batch.Last;
            var written = batch.Message is null ? default : member.WriteAsync(batch.Message);
            if (!written.IsCompletedSuccessfully)
            {
                LeaveToPump(member, written);
                return;
            }
        }
    }

    private void Reset(ChannelMember member, ReplicaState<SessionState> state)
    {
        member.ClearWithheld();
        member.PendingReset = state;
        LeaveToPump(member, default);
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
