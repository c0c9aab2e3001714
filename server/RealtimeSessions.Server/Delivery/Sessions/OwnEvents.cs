using System.Collections.Concurrent;
using RealtimeSessions.EventLog;

namespace RealtimeSessions.Server.Delivery.Sessions;

/// <summary>
/// The events on their way into a session's log that members make themselves: each is left out for its maker, whose Ack tells him of it.
/// Thread-safe.
/// </summary>
internal sealed class OwnEvents
{
    private readonly ConcurrentDictionary<Guid, SessionMember> _expected = new();

    /// <summary>An event is about to be appended.</summary>
    public void Expect(Guid eventId, SessionMember maker) => _expected[eventId] = maker;

    /// <summary>No Ack will come for an event.</summary>
    /// <returns>False if it has been left out already.</returns>
    public bool TryForget(Guid eventId) => _expected.TryRemove(eventId, out _);

    /// <summary>Makes the makers of events pass over them. Under the channel's lock.</summary>
    public void Withhold(IReadOnlyList<LogEvent> events)
    {
        foreach (var next in events)
        {
            if (_expected.TryRemove(next.EventId, out var maker))
            {
                maker.Withhold(next.Sequence);
            }
        }
    }

    /// <summary>Nothing is expected any more.</summary>
    public void Clear() => _expected.Clear();
}
