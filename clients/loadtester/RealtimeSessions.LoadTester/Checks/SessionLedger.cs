using System.Numerics;
using RealtimeSessions.LoadTester.Measure;
using RealtimeSessions.Protocol.Data;

namespace RealtimeSessions.LoadTester.Checks;

/// <summary>
/// What all readers of a session have been told, compared as it comes. The first reader of an event is believed: it is folded and remembered; everybody else must be told the very
/// same. So who was told the same events in the same order as the first holds the same state, and it is enough to fold once. Memory is bounded, whatever comes. Thread-safe.
/// </summary>
/// <param name="name">The session, in the words of the report.</param>
/// <param name="findings">Where what is wrong goes.</param>
/// <param name="meter">Where what comes is counted.</param>
/// <param name="time">The clock that calls' due times are of.</param>
internal sealed class SessionLedger(string name, Findings findings, LoadMeter meter, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly RecentEvents _events = new();
    private readonly CallLedger _calls = new(name, findings);
    private readonly Dictionary<long, JsonTree> _statesAhead = [];
    private string? _epoch;
    private JsonTree? _data;

    /// <summary>The session.</summary>
    public string Name => name;

    /// <summary>The sequence of the last event that anybody was told of.</summary>
    public long Head
    {
        get
        {
            lock (_lock)
            {
                return _events.Head;
            }
        }
    }

    /// <summary>What the first reader was told comes to; null before the first state.</summary>
    public JsonTree? Data
    {
        get
        {
            lock (_lock)
            {
                return _data;
            }
        }
    }

    /// <summary>The text that its edits come to, where the session was read from its beginning.</summary>
    public EditedText Text { get; } = new();

    /// <summary>The last sequence that a reader has.</summary>
    public long LastOf(ReaderCheck reader)
    {
        lock (_lock)
        {
            return reader.Last;
        }
    }

    /// <summary>A call goes out.</summary>
    /// <param name="call">Which.</param>
    /// <param name="dueAt">When it was due, in the clock's ticks.</param>
    public void Sent(CallKey call, long dueAt)
    {
        lock (_lock)
        {
            _calls.Sent(call, dueAt);
        }
    }

    /// <summary>A call makes no event: it was refused, or changed nothing.</summary>
    public void MakesNothing(CallKey call)
    {
        lock (_lock)
        {
            _calls.MakesNothing(call);
        }
    }

    /// <summary>A call was answered: its event is in the log.</summary>
    /// <param name="call">Which.</param>
    /// <param name="sequence">Where, by the answer; null where the answer tells of another one of the writer's.</param>
    /// <param name="id">The hash of the event's id, by the answer.</param>
    public void Acknowledged(CallKey call, long? sequence, ulong id)
    {
        lock (_lock)
        {
            _calls.Acknowledged(call);
            if (sequence is { } at)
            {
                _calls.Claim(at, id, _events);
            }
        }
    }

    /// <summary>A reader's state is replaced.</summary>
    public void Reset(ReaderCheck reader, string epoch, long sequence, JsonTree data)
    {
        lock (_lock)
        {
            reader.Reset(epoch, sequence);
            if (_epoch != epoch)
            {
                Begin(epoch, sequence, data);
            }

            if (_events.TryGet(sequence, out var track))
            {
                reader.Digest = track.Digest;
                Compare(reader, sequence, _events.DataAt(sequence), data);
            }
            else if (sequence > _events.Head && !_statesAhead.TryAdd(sequence, data))
            {
                Compare(reader, sequence, _statesAhead[sequence], data);
            }
        }
    }

    /// <summary>Takes what came over a reader's wire, if it is its next event and came to the first reader in the same bytes: then nothing of it has to be read.</summary>
    public bool TryTakeSame(ReaderCheck reader, ReadOnlySpan<byte> wire)
    {
        lock (_lock)
        {
            if (reader.Digest is null || !_events.IsSame(reader.Last + 1, wire) || !_events.TryGet(reader.Last + 1, out var track))
            {
                return false;
            }

            reader.Advance(track.Digest);
            Count(track.DueAt);
            return true;
        }
    }

    /// <summary>Takes an event that a reader was told.</summary>
    /// <param name="reader">Who.</param>
    /// <param name="next">The event.</param>
    /// <param name="wire">What came over the wire; empty if that is not known.</param>
    public void Take(ReaderCheck reader, in EventView next, ReadOnlySpan<byte> wire)
    {
        lock (_lock)
        {
            var (before, last) = (reader.Digest, reader.Last);
            var isNew = reader.Take(next.Sequence);
            if (next.Sequence == _events.Head + 1)
            {
                Extend(next, wire);
            }

            if (!_events.TryGet(next.Sequence, out var track))
            {
                meter.Delivered();
                return;
            }

            Count(track.DueAt);
            if (track.Content != next.Content)
            {
                // What comes behind it is compared with what comes behind the right one.
                reader.Digest = isNew ? track.Digest : reader.Digest;
                var sequence = next.Sequence;
                findings.Add(Finding.Different, () => reader.Say($"was told another event {sequence} than others"));
            }
            else if (isNew)
            {
                CompareDigest(reader, before is { } known && next.Sequence == last + 1 ? Mix(known, next.Content) : null, track);
            }
        }
    }

    /// <summary>Nothing more comes. Compares what each reader holds with the session's end.</summary>
    /// <param name="readers">All of them.</param>
    /// <param name="head">The last sequence of the server's log.</param>
    /// <param name="data">The server's data.</param>
    public void End(IEnumerable<ReaderCheck> readers, long head, JsonTree data)
    {
        lock (_lock)
        {
            foreach (var reader in readers)
            {
                reader.End(head);
            }

            _calls.End(head);
            if (_data is { } folded && !folded.Equals(data))
            {
                findings.Add(Finding.Unequal, () => $"What the events of {name} come to is not the data that the server holds at {head}.");
            }
        }
    }

    /// <summary>Counts what the own replica of a reader, if it has one, holds in the end.</summary>
    public void CompareReplica(ReaderCheck reader, JsonTree data)
    {
        lock (_lock)
        {
            if (_data is { } folded && !folded.Equals(data))
            {
                findings.Add(Finding.Unequal, () => reader.Say($"holds other data than the events of {name} come to"));
            }
        }
    }

    private static ulong Mix(ulong digest, ulong content) => (BitOperations.RotateLeft(digest, 5) ^ content) * 0x9E37_79B9_7F4A_7C15;

    private void Begin(string epoch, long sequence, JsonTree data)
    {
        if (_epoch is not null)
        {
            findings.Add(Finding.Lost, () => $"The log of {name} has lost history: its epoch is another one.");
        }

        _epoch = epoch;
        _data = data;
        _events.Begin(sequence, data);
        _statesAhead.Clear();
    }

    private void Extend(in EventView next, ReadOnlySpan<byte> wire)
    {
        if (_data is null || !_events.TryGet(_events.Head, out var before))
        {
            return;
        }

        switch (next.Kind)
        {
            case EventKind.Patch:
                _data = MergePatch.Apply(_data, JsonTree.Parse(next.Data, JsonTreeConverter.MaximumDepth));
                break;
            case EventKind.Edit:
                Text.Apply(next.Data);
                break;
        }

        var track = new EventTrack
        {
            Sequence = next.Sequence,
            Id = next.Id,
            Content = next.Content,
            Digest = Mix(before.Digest, next.Content),
            DueAt = _calls.Came(next.Call),
        };
        _events.Add(track, wire, _data);
        _calls.CheckClaim(track);
        if (_statesAhead.Remove(next.Sequence, out var state) && !state.Equals(_data))
        {
            findings.Add(Finding.Different, () => $"A state of {name} at {track.Sequence} is not what its events come to.");
        }
    }

    private void CompareDigest(ReaderCheck reader, ulong? digest, in EventTrack track)
    {
        if (digest is { } own && own != track.Digest)
        {
            var sequence = track.Sequence;
            findings.Add(Finding.Different, () => reader.Say($"was told other events before {sequence} than others"));
        }

        reader.Digest = track.Digest;
    }

    private void Compare(ReaderCheck reader, long sequence, JsonTree? expected, JsonTree data)
    {
        if (expected is not null && !expected.Equals(data))
        {
            findings.Add(Finding.Different, () => reader.Say($"got another state at {sequence} than its events come to"));
        }
    }

    private void Count(long dueAt)
    {
        if (dueAt == 0)
        {
            meter.Delivered();
        }
        else
        {
            meter.Delivered(time.GetElapsedTime(dueAt));
        }
    }
}
