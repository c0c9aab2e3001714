using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;

namespace RealtimeSessions.Client.Replicas;

/// <summary>
/// A cursor on a feed: each event once and in order, across connections. REPLICA.md (Feeds) says how. Without clock, network and randomness; not thread-safe.
/// </summary>
internal sealed class FeedReplica<TEvent>
    where TEvent : class
{
    private readonly List<ReplicaOutput> _outputs = [];
    private readonly Backoff _backoff = new();
    private WatchState _watch;
    private bool _isConnected;
    private bool _isStale;

    /// <summary>Where to resume from; null: a reset is needed.</summary>
    private ResumePosition? _at;

    /// <summary>What the latest watch resumes from, or the next one will.</summary>
    private ResumePosition? _asked;

    /// <summary>Where the reset that the answer has announced stands, until it has come.</summary>
    private Position? _announced;

    /// <summary>The reset that has come since the watch was asked for.</summary>
    private Position? _reset;

    private enum WatchState
    {
        None,
        Asked,
        Resting,
        Watched,
    }

    /// <summary>Up to where everything has been told; null before the first reset.</summary>
    public Position? Position { get; private set; }

    /// <summary>Whether it takes nothing more.</summary>
    public bool HasLeft { get; private set; }

    /// <summary>Whether what comes next follows on what was told.</summary>
    public bool HasBegun => _at is not null && !_isStale && (_asked is not null || IsComplete);

    public SyncStatus Status =>
        HasLeft || !_isConnected ? SyncStatus.Disconnected
        : IsComplete ? SyncStatus.Synchronized
        : SyncStatus.Synchronizing;

    /// <summary>Whether the watch is answered, and the reset that the answer announced is here.</summary>
    private bool IsComplete => _watch == WatchState.Watched && _announced is null;

    /// <summary>What is to be done and told since the last time.</summary>
    public IReadOnlyList<ReplicaOutput> TakeOutputs()
    {
        ReplicaOutput[] taken = [.. _outputs];
        _outputs.Clear();
        return taken;
    }

    /// <summary>There is a connection.</summary>
    public void OnConnected()
    {
        if (!HasLeft)
        {
            _isConnected = true;
            Ask();
        }
    }

    /// <summary>It is lost.</summary>
    public void OnDisconnected()
    {
        // What came before a watch had begun may be of the one before it, which was for less.
        _at = HasBegun ? _at : null;
        (_asked, _isConnected, _watch) = (_at, false, WatchState.None);
    }

    /// <summary>The watch is to begin anew, for something else.</summary>
    public void Renew()
    {
        if (HasLeft)
        {
            return;
        }

        _isStale = true;
        GoOn();
    }

    /// <summary>The watch is answered.</summary>
    /// <param name="position">Where it begins.</param>
    /// <param name="recovered">Whether what came after the position asked for follows; else a reset does.</param>
    public void OnWatched(Position position, bool recovered)
    {
        if (HasLeft || _watch != WatchState.Asked)
        {
            return;
        }

        _watch = WatchState.Watched;
        _backoff.Reset();
        _announced = recovered || (_reset is { } reset && Covers(reset, position)) ? null : position;
        GoOn();
    }

    /// <summary>The watch is answered by an error.</summary>
    public void OnWatchRefused(Error error)
    {
        if (HasLeft || _watch != WatchState.Asked)
        {
            return;
        }

        if (!error.Code.IsRetryable)
        {
            End(error.Code.Name, error);
            return;
        }

        _watch = WatchState.Resting;
        _outputs.Add(new ReplicaOutput.Wait(Backoff.RetryAfter(error) ?? _backoff.Next()));
    }

    /// <summary>The time that a wait asked for has run out.</summary>
    public void OnRetry()
    {
        if (!HasLeft && _watch == WatchState.Resting)
        {
            Ask();
        }
    }

    /// <summary>A callback that is of the feed.</summary>
    /// <param name="next">What it tells.</param>
    /// <param name="position">Its position in the feed.</param>
    /// <param name="eventId">The id of the event; null: it is none of a log.</param>
    public void OnEvent(TEvent next, Position position, Guid? eventId)
    {
        if (Move(position, eventId))
        {
            _outputs.Add(new ReplicaOutput.Applied<TEvent>(next, position));
        }
    }

    /// <summary>The callback that says up to where everything was told.</summary>
    public void OnPosition(Position position) => Move(position, eventId: null);

    /// <summary>The callback that is a reset.</summary>
    public void OnReset(Position position)
    {
        if (HasLeft)
        {
            return;
        }

        (Position, _reset, _at) = (position, position, new ResumePosition(position.Epoch, position.Sequence));
        if (_announced is { } announced && Covers(position, announced))
        {
            _announced = null;
        }

        _outputs.Add(new ReplicaOutput.WasReset(position));
        GoOn();
    }

    /// <summary>The callback that says that the connection watches no longer.</summary>
    public void OnLeft(string reason)
    {
        // The connection of one that was too slow ends, and is made anew.
        if (reason != "too_slow")
        {
            End(reason, error: null);
        }
    }

    /// <summary>The application leaves.</summary>
    public void Leave() => End("left", error: null);

    private void End(string reason, Error? error)
    {
        if (!HasLeft)
        {
            HasLeft = true;
            _outputs.Add(new ReplicaOutput.Left(reason, error));
        }
    }

    private void Ask()
    {
        _at = _isStale ? null : _at;
        (_isStale, _watch, _asked, _announced, _reset) = (false, WatchState.Asked, _at, null, null);
        _outputs.Add(new ReplicaOutput.Join(_at));
    }

    private void GoOn()
    {
        if (_isStale && IsComplete)
        {
            Ask();
        }
    }

    /// <summary>What was told, or is of a history that is none any more, is passed over.</summary>
    private bool Move(Position to, Guid? eventId)
    {
        if (HasLeft || _at is null || to.Epoch != _at.Epoch || to.Sequence <= _at.Sequence)
        {
            return false;
        }

        (Position, _at) = (to, new ResumePosition(to.Epoch, to.Sequence) { EventId = eventId });
        return true;
    }

    /// <summary>Whether a reset is the one that was announced, or a later one.</summary>
    private static bool Covers(Position reset, Position announced) => reset.Epoch != announced.Epoch || reset.Sequence >= announced.Sequence;
}
