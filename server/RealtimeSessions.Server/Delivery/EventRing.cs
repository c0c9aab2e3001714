using RealtimeSessions.EventLog;
using RealtimeSessions.Server.Delivery.Frames;
using RealtimeSessions.Server.Sessions;

namespace RealtimeSessions.Server.Delivery;

/// <summary>The latest events of a session, each encoded once per hub protocol, when the first member needs it. Not thread-safe.</summary>
internal sealed class EventRing(SessionKey key)
{
    /// <summary>How many events are held at most.</summary>
    public const int MaximumEvents = 1_024;

    /// <summary>What the held payloads weigh at most; the last event is held whatever it weighs.</summary>
    public const int MaximumBytes = 1024 * 1024;

    private readonly Queue<Entry> _entries = new();
    private long _bytes;

    /// <summary>The sequence of the last event held; 0 if none is.</summary>
    public long Last { get; private set; }

    /// <summary>The sequence of the first event held.</summary>
    public long First => Last - _entries.Count + 1;

    /// <summary>Whether every event after a sequence is held.</summary>
    public bool Reaches(long after) => _entries.Count > 0 && after >= First - 1;

    public void Add(LogEvent next)
    {
        _entries.Enqueue(new Entry(next));
        _bytes += next.Payload.Length;
        Last = next.Sequence;
        while (_entries.Count > 1 && (_entries.Count > MaximumEvents || _bytes > MaximumBytes))
        {
            _bytes -= _entries.Dequeue().Event.Payload.Length;
        }
    }

    public void Clear()
    {
        _entries.Clear();
        _bytes = 0;
        Last = 0;
    }

    /// <summary>The frames of the events after a sequence, with their sequences.</summary>
    public IEnumerable<(long Sequence, byte[] Frame)> Frames(long after, FrameEncoder encoder)
    {
        if (!Reaches(after))
        {
            throw new InvalidOperationException($"The ring begins at {First} and was asked for what follows {after}.");
        }

        foreach (var entry in _entries.Skip((int)(after + 1 - First)))
        {
            yield return (entry.Event.Sequence, entry.Frame(encoder, key));
        }
    }

    private sealed class Entry(LogEvent next)
    {
        private readonly Dictionary<FrameEncoder, byte[]> _frames = new(capacity: 1);

        public LogEvent Event => next;

        public byte[] Frame(FrameEncoder encoder, SessionKey key)
        {
            if (!_frames.TryGetValue(encoder, out var frame))
            {
                frame = SessionCallbacks.Event(encoder, key, next);
                _frames.Add(encoder, frame);
            }

            return frame;
        }
    }
}
