namespace RealtimeSessions.Server.Delivery.Channels;

/// <summary>The latest events of a log, consecutive. Not thread-safe.</summary>
internal sealed class EventRing
{
    /// <summary>How many events are held at most.</summary>
    public const int MaximumEvents = 256;

    /// <summary>What the held payloads weigh at most; the last event is held whatever it weighs.</summary>
    public const int MaximumBytes = 256 * 1024;

    // What is held begins at _start; what lies before was let go, and goes when it is as much as may be held.
    private readonly List<ChannelEvent?> _events = [];
    private int _start;
    private long _bytes;

    /// <summary>The sequence of the last event held; 0 if none is.</summary>
    public long Last { get; private set; }

    /// <summary>The sequence of the first event held.</summary>
    public long First => Last - Count + 1;

    private int Count => _events.Count - _start;

    /// <summary>Whether every event after a sequence is held.</summary>
    public bool Reaches(long after) => Count > 0 && after >= First - 1;

    public void Add(ChannelEvent next)
    {
        _events.Add(next);
        _bytes += next.Bytes;
        Last = next.Sequence;
        while (Count > 1 && (Count > MaximumEvents || _bytes > MaximumBytes))
        {
            _bytes -= _events[_start]!.Bytes;
            _events[_start++] = null;
        }

        if (_start >= MaximumEvents)
        {
            _events.RemoveRange(0, _start);
            _start = 0;
        }
    }

    public void Clear()
    {
        _events.Clear();
        (_start, _bytes, Last) = (0, 0, 0);
    }

    /// <summary>The events after a sequence.</summary>
    public IEnumerable<ChannelEvent> After(long sequence)
    {
        if (!Reaches(sequence))
        {
            throw new InvalidOperationException($"The ring begins at {First} and was asked for what follows {sequence}.");
        }

        for (var i = _start + (int)(sequence + 1 - First); i < _events.Count; i++)
        {
            yield return _events[i]!;
        }
    }
}
