using RealtimeSessions.Protocol.Data;

namespace RealtimeSessions.LoadTester.Checks;

/// <summary>
/// The latest events of a session as the first reader got them: what all others are compared with. Of the last 128 it has what came over the wire, and the data after them; of the
/// last 16,384 hashes.
/// </summary>
internal sealed class RecentEvents
{
    private const int Whole = 128;
    private const int FewestHashes = 64, MostHashes = 16 * 1024;

    private readonly (byte[] Bytes, int Length, JsonTree? Data)[] _whole = new (byte[], int, JsonTree?)[Whole];
    private EventTrack[] _tracks = new EventTrack[FewestHashes];

    /// <summary>The sequence of the last one; 0: there is none.</summary>
    public long Head { get; private set; }

    /// <summary>The first sequence that there is a hash of.</summary>
    private long First { get; set; } = 1;

    /// <summary>Begins after a sequence, with nothing before it.</summary>
    /// <param name="sequence">The sequence of the state.</param>
    /// <param name="data">The data there.</param>
    public void Begin(long sequence, JsonTree data)
    {
        (First, Head) = (sequence, sequence);
        Slot(sequence) = new EventTrack { Sequence = sequence };
        _whole[sequence % Whole] = ([], 0, data);
    }

    /// <summary>Adds the next event.</summary>
    public void Add(in EventTrack track, ReadOnlySpan<byte> wire, JsonTree data)
    {
        if (track.Sequence - First >= _tracks.Length && _tracks.Length < MostHashes)
        {
            Grow();
        }

        Head = track.Sequence;
        First = Math.Max(First, Head - _tracks.Length + 1);
        Slot(Head) = track;
        ref var whole = ref _whole[Head % Whole];
        var bytes = whole.Bytes ?? [];
        if (bytes.Length < wire.Length)
        {
            bytes = new byte[wire.Length * 5 / 4];
        }

        wire.CopyTo(bytes);
        whole = (bytes, wire.Length, data);
    }

    /// <summary>What is known of an event; false if it is too old, or has not come.</summary>
    public bool TryGet(long sequence, out EventTrack track)
    {
        var isThere = sequence >= First && sequence <= Head;
        track = isThere ? Slot(sequence) : default;
        return isThere;
    }

    /// <summary>Whether an event came in exactly these bytes.</summary>
    public bool IsSame(long sequence, ReadOnlySpan<byte> wire)
    {
        if (sequence > Head || sequence <= Head - Whole || sequence <= First)
        {
            return false;
        }

        ref var whole = ref _whole[sequence % Whole];
        return whole.Length == wire.Length && wire.SequenceEqual(whole.Bytes.AsSpan(0, whole.Length));
    }

    /// <summary>The data after an event; null if it is too old, or has not come.</summary>
    public JsonTree? DataAt(long sequence) =>
        sequence > Head || sequence <= Head - Whole || sequence < First ? null : _whole[sequence % Whole].Data;

    private void Grow()
    {
        var larger = new EventTrack[_tracks.Length * 2];
        for (var sequence = First; sequence <= Head; sequence++)
        {
            larger[sequence % larger.Length] = Slot(sequence);
        }

        _tracks = larger;
    }

    private ref EventTrack Slot(long sequence) => ref _tracks[sequence % _tracks.Length];
}

/// <summary>What is remembered of an event.</summary>
internal struct EventTrack
{
    /// <summary>Its place.</summary>
    public required long Sequence { get; init; }

    /// <summary>The hash of its id.</summary>
    public ulong Id { get; init; }

    /// <summary>The hash of its id and content.</summary>
    public ulong Content { get; init; }

    /// <summary>The digest of all events up to it, in their order.</summary>
    public ulong Digest { get; init; }

    /// <summary>When its call was due, in the clock's ticks; 0: it is none of this run.</summary>
    public long DueAt { get; init; }
}
