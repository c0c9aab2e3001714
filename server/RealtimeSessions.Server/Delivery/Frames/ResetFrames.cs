using System.Collections.Concurrent;
using RealtimeSessions.EventLog.Replicas;
using RealtimeSessions.Server.Sessions;

namespace RealtimeSessions.Server.Delivery.Frames;

/// <summary>
/// The frames of a session's state, which weigh as much as the state: those who join at the same position share one, made once, and it is let go
/// with the next event. Thread-safe; letting go never waits for a frame that is being made.
/// </summary>
internal sealed class ResetFrames(SessionKey key)
{
    private readonly ConcurrentDictionary<FrameEncoder, Entry> _latest = new();

    /// <summary>The frame of a state.</summary>
    public byte[] Get(FrameEncoder encoder, ReplicaState<SessionState> state)
    {
        if (!_latest.TryGetValue(encoder, out var entry) || !ReferenceEquals(entry.State, state))
        {
            _latest[encoder] = entry = new Entry(state, new Lazy<byte[]>(() => SessionCallbacks.Reset(encoder, key, state)));
        }

        return entry.Frame.Value;
    }

    /// <summary>Lets go of everything.</summary>
    public void Clear() => _latest.Clear();

    private sealed record Entry(ReplicaState<SessionState> State, Lazy<byte[]> Frame);
}
