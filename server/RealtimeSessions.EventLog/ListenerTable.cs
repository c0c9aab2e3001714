using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace RealtimeSessions.EventLog;

/// <summary>Who listens to which log or topic on this server. Thread-safe; who looks sees the listeners of one moment, without a lock.</summary>
/// <typeparam name="T">A listener, told apart by reference.</typeparam>
internal sealed class ListenerTable<T>
    where T : class
{
    private readonly ConcurrentDictionary<LogId, ImmutableArray<T>> _listeners = new();

    /// <summary>What anybody listens to. It may change while it is gone through.</summary>
    public IEnumerable<LogId> Names => _listeners.Select(entry => entry.Key);

    /// <summary>Whether anybody listens.</summary>
    public bool Has(LogId name) => _listeners.ContainsKey(name);

    /// <summary>Who listens, in the order of their coming.</summary>
    public ImmutableArray<T> Of(LogId name) => _listeners.TryGetValue(name, out var present) ? present : [];

    /// <summary>Adds a listener.</summary>
    /// <returns>True if nobody listened before.</returns>
    public bool Add(LogId name, T listener) =>
        _listeners.AddOrUpdate(name, static (_, added) => [added], static (_, present, added) => present.Add(added), listener).Length == 1;

    /// <summary>Removes a listener, if he is there.</summary>
    /// <returns>True if nobody listens any more because of that.</returns>
    public bool Remove(LogId name, T listener)
    {
        while (_listeners.TryGetValue(name, out var present))
        {
            var remaining = present.Remove(listener);
            if (remaining.IsEmpty
                ? _listeners.TryRemove(new KeyValuePair<LogId, ImmutableArray<T>>(name, present))
                : _listeners.TryUpdate(name, remaining, present))
            {
                return remaining.IsEmpty;
            }
        }

        return false;
    }
}
