using RealtimeSessions.EventLog.Replicas;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.Server.Lanes.Following;

/// <summary>Changes that are in the log and not yet in the catalog and the feed.</summary>
/// <param name="Mark">The mark that tells of them; null: none that may be cleared.</param>
/// <param name="Through">The position of the last of them.</param>
/// <param name="Before">A state before the first of them; null: there was none.</param>
internal sealed record Unfollowed<TKey, TState>(Mark<TKey>? Mark, Position Through, ReplicaState<TState>? Before)
    where TState : class;

/// <summary>What one log in use owes to the catalog and the feed.</summary>
internal sealed class FollowState<TKey, TState>
    where TState : class
{
    private readonly Lock _lock = new();
    private Unfollowed<TKey, TState>? _unfollowed;

    /// <summary>Held by the one that follows.</summary>
    public SemaphoreSlim Gate { get; } = new(1);

    /// <summary>What is to be followed, or null.</summary>
    public Unfollowed<TKey, TState>? Unfollowed
    {
        get
        {
            lock (_lock)
            {
                return _unfollowed;
            }
        }
    }

    /// <summary>Notes that changes have entered the log, or (<paramref name="through"/> is null) that a newer mark stands for those noted before.</summary>
    /// <returns>False if there is nothing to follow, and the mark tells of nothing.</returns>
    public bool Note(Mark<TKey>? mark, Position? through, ReplicaState<TState>? before)
    {
        lock (_lock)
        {
            if (through is { } position)
            {
                _unfollowed = new Unfollowed<TKey, TState>(mark, position, _unfollowed is null ? before : _unfollowed.Before);
            }
            else if (_unfollowed is not null)
            {
                _unfollowed = _unfollowed with { Mark = mark };
            }

            return _unfollowed is not null;
        }
    }

    /// <summary>Notes that everything up to a state has been followed.</summary>
    public void Done(Unfollowed<TKey, TState> followed, ReplicaState<TState> state)
    {
        lock (_lock)
        {
            _unfollowed = _unfollowed == followed ? null : _unfollowed! with { Before = state };
        }
    }
}
