using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Data;
using RealtimeSessions.Protocol.Requests;

namespace RealtimeSessions.Client.Replicas;

/// <summary>
/// What the client keeps of a session, and what is to be called for it: REPLICA.md says how. Without clock, network and randomness; not thread-safe.
/// </summary>
internal sealed class Replica
{
    private readonly SessionKey _key;
    private readonly ChangeQueue _changes;
    private readonly View _view;
    private readonly UndoHistory _undo;
    private readonly SortedDictionary<long, SessionEvent> _ahead = [];
    private readonly List<ReplicaOutput> _outputs = [];
    private readonly Backoff _joinBackoff = new();
    private Confirmed? _confirmed;
    private bool _isConnected;
    private bool _isJoined;
    private bool _awaitsJoin;
    private bool _awaitsReset;
    private bool _hasLeft;

    /// <param name="key">The session.</param>
    /// <param name="limits">How much is held.</param>
    /// <param name="drawWriterId">Draws a new writer's id.</param>
    public Replica(SessionKey key, ReplicaLimits limits, Func<string> drawWriterId)
    {
        _key = key;
        _changes = new ChangeQueue(limits, drawWriterId, _outputs, Forget);
        _view = new View(() => _confirmed!.Data, _changes.All);
        _undo = new UndoHistory(limits.UndoSteps, _view.Before);
    }

    /// <summary>The fold of the log; null before the first reset.</summary>
    public Confirmed? Confirmed => _confirmed;

    /// <summary>The data as the application sees them.</summary>
    public JsonTree View => _view.Data;

    /// <summary>How many changes have no Ack yet.</summary>
    public int Pending => _changes.Pending;

    public bool CanUndo => _undo.CanUndo;

    /// <summary>Whether the join was answered.</summary>
    public bool IsJoined => _isJoined;

    /// <summary>The changes that have no Ack yet.</summary>
    public IEnumerable<Change> Unanswered() => _changes.All.Where(change => change.Phase != ChangePhase.Acknowledged);

    /// <summary>Whether events have come, or Acks, that something is missing before.</summary>
    public bool HasGap => _ahead.Count > 0 || _changes.IsAhead;

    public SyncStatus Status =>
        _hasLeft || !_isConnected ? SyncStatus.Disconnected
        : !_isJoined || _awaitsReset || _confirmed is null || _changes.All.Count > 0 || HasGap ? SyncStatus.Synchronizing
        : SyncStatus.Synchronized;

    /// <summary>What is to be done and told since the last time. Valid until the next call of anything here.</summary>
    public IReadOnlyList<ReplicaOutput> TakeOutputs()
    {
        ReplicaOutput[] taken = [.. _outputs];
        _outputs.Clear();
        return taken;
    }

    /// <summary>There is a connection.</summary>
    public void OnConnected()
    {
        _isConnected = true;
        Join();
    }

    /// <summary>The connection is lost.</summary>
    public void OnDisconnected()
    {
        (_isConnected, _isJoined, _awaitsJoin) = (false, false, false);
        _ahead.Clear();
        _changes.Disconnect();
    }

    /// <summary>The join is answered.</summary>
    /// <param name="recovered">Whether events follow; else a reset does.</param>
    /// <param name="userId">Who the caller is.</param>
    public void OnJoined(bool recovered, string userId)
    {
        if (_hasLeft)
        {
            return;
        }

        UserId = userId;
        _joinBackoff.Reset();
        _awaitsReset &= !recovered;
        (_isJoined, _awaitsJoin) = (true, false);
        if (recovered)
        {
            _changes.Reach(_confirmed!.Position, isHistory: true);
            ApplyWhatFollows();
        }

        _changes.Open();
    }

    /// <summary>The join is refused.</summary>
    public void OnJoinRefused(Error error)
    {
        _awaitsJoin = false;
        if (error.Code.IsRetryable)
        {
            _outputs.Add(new ReplicaOutput.Wait(Backoff.RetryAfter(error) ?? _joinBackoff.Next()));
        }
        else
        {
            Leave(error.Code.Name, error);
        }
    }

    /// <summary>The session's event has come.</summary>
    public void OnEvent(SessionEvent next)
    {
        if (_confirmed is null || _hasLeft || next.Sequence <= _confirmed.Position.Sequence)
        {
            return;
        }

        if (FirstOf(next) <= _confirmed.Position.Sequence + 1)
        {
            Apply(next);
        }
        else
        {
            _ahead[next.Sequence] = next;
        }

        ApplyWhatFollows();
    }

    /// <summary>The state has come that replaces what there is.</summary>
    public void OnReset(SessionReset reset)
    {
        if (_hasLeft)
        {
            return;
        }

        _confirmed = new Confirmed(reset.Session, reset.Data, reset.DataSequence, reset.Position, EventId: null);
        _awaitsReset = false;
        _ahead.Clear();
        _undo.Clear();
        _changes.Reach(reset.Position, isHistory: true);
        _view.Rebase();
        _outputs.Add(new ReplicaOutput.WasReset(reset.Position));
        ApplyWhatFollows();
    }

    /// <summary>The server has put the connection out of the session.</summary>
    public void OnLeft(string reason)
    {
        // Who was too slow is disconnected next, and comes back.
        if (reason != "too_slow")
        {
            Leave(reason, error: null);
        }
    }

    /// <summary>A change that was sent on this connection is answered.</summary>
    public void OnAck(Change change, Ack ack)
    {
        if (change.Phase != ChangePhase.InFlight || _hasLeft)
        {
            return;
        }

        _changes.Acknowledge(change, ack);
        if (_confirmed is not null)
        {
            ReachConfirmed();
            ApplyWhatFollows();
        }
    }

    /// <summary>… by an error.</summary>
    public void OnError(Change change, Error error)
    {
        if (change.Phase == ChangePhase.InFlight && !_hasLeft)
        {
            _changes.Fail(change, error);
        }
    }

    /// <summary>The time to wait has passed.</summary>
    public void OnRetry()
    {
        if (!_isConnected || _hasLeft)
        {
            return;
        }

        if (!_isJoined && !_awaitsJoin)
        {
            Join();
        }

        _changes.Retry();
    }

    /// <summary>There has been a gap for too long.</summary>
    public void OnGapTimeout()
    {
        // While a reset is awaited, that is what is missing.
        if (HasGap && _isJoined && !_awaitsReset && !_hasLeft)
        {
            _isJoined = false;
            _ahead.Clear();
            _changes.Pause();
            Join();
        }
    }

    /// <summary>The application makes a change.</summary>
    /// <returns>Why not, or null.</returns>
    public Error? Make(Change change, bool canBeUndone = true)
    {
        if (_hasLeft)
        {
            return new Error(ClientErrors.Left, "The session was left.");
        }

        if (change.Patch is { } nothing && nothing.Equals(JsonTree.Empty))
        {
            var ack = new Ack(_confirmed!.Position, Count: 0);
            change.TrySettle(ack);
            _outputs.Add(new ReplicaOutput.Settled(change, ack));
            return null;
        }

        if (_changes.TryAdd(change) is { } refusal)
        {
            return refusal;
        }

        if (change.Patch is not null)
        {
            _view.Add(change);
            if (canBeUndone)
            {
                _undo.Add(change);
            }
        }

        return null;
    }

    /// <summary>Takes the latest own patch back of which something is left, by a change as any other.</summary>
    /// <param name="madeAt">When.</param>
    /// <returns>The change; null if there is nothing to take back; or why it cannot be made, and then it can be taken back later.</returns>
    public Result<Change?> Undo(DateTimeOffset madeAt)
    {
        if (_hasLeft || _undo.Peek(View) is not { } patch)
        {
            return (Change?)null;
        }

        var change = new Change(name: null, patch, madeAt);
        if (Make(change, canBeUndone: false) is { } refusal)
        {
            return refusal;
        }

        _undo.Pop();
        return change;
    }

    /// <summary>The application leaves the session.</summary>
    public void Leave() => Leave(ClientErrors.Left.Name, error: null);

    /// <summary>The user as whom the session was joined.</summary>
    public string UserId { get; private set; } = "";

    /// <summary>The sequence of the event, or of the first of those it stands for.</summary>
    public static long FirstOf(SessionEvent next) => next is SessionDataUpdated { FromSequence: { } from } ? from : next.Sequence;

    private void Join()
    {
        (_awaitsJoin, _awaitsReset) = (true, true);
        _outputs.Add(new ReplicaOutput.Join(_confirmed is null
            ? null
            : new ResumePosition(_confirmed.Position.Epoch, _confirmed.Position.Sequence) { EventId = _confirmed.EventId }));
    }

    private void ApplyWhatFollows()
    {
        while (_ahead.Count > 0 || _changes.IsAhead)
        {
            var position = _confirmed!.Position;
            var next = position with { Sequence = position.Sequence + 1 };
            if (!_awaitsReset && _changes.AcknowledgedAt(next) is { } own)
            {
                Apply(own.AsEvent(_key, UserId, _confirmed.Session.Version));
            }
            else if (_ahead.Count > 0 && _ahead.First() is var (sequence, first) && FirstOf(first) <= next.Sequence)
            {
                _ahead.Remove(sequence);
                if (sequence >= next.Sequence)
                {
                    Apply(first);
                }
            }
            else
            {
                return;
            }
        }
    }

    private void Apply(SessionEvent next)
    {
        var before = _confirmed!;
        var own = next.UserId == UserId ? _changes.Find(next) : null;
        _confirmed = before.After(next);
        if (next is SessionDataUpdated update)
        {
            if (own is not null && update.FromSequence is null)
            {
                _undo.Confirm(own, before.Data);
            }
            else
            {
                _undo.Touch(before.Data, update);
            }

            // What was the first of the changes on top is now the last beneath them: nothing looks different.
            if (own is null || own != _changes.All[0] || update.FromSequence is not null)
            {
                _view.Rebase();
            }
        }

        if (own is not null)
        {
            _changes.Complete(own, new Ack(_confirmed.Position, Count: 1) { EventId = next.EventId, CreatedAt = next.CreatedAt });
        }

        if (next is SessionDataUpdated { FromSequence: not null } && own is not null)
        {
            _undo.Drop(own);
        }

        _outputs.Add(new ReplicaOutput.Applied(next, _confirmed.Position));
        ReachConfirmed();
    }

    /// <summary>While a reset may come, it may stand before what was acknowledged.</summary>
    private void ReachConfirmed()
    {
        if (!_awaitsReset)
        {
            _changes.Reach(_confirmed!.Position);
        }
    }

    /// <summary>A change is on top no longer without having been applied as itself.</summary>
    private void Forget(Change change)
    {
        _view.Rebase();
        _undo.Drop(change);
    }

    private void Leave(string reason, Error? error)
    {
        if (!_hasLeft)
        {
            _hasLeft = true;
            _ahead.Clear();
            if (_confirmed is not null)
            {
                _view.Keep();
            }

            _changes.End();
            _outputs.Add(new ReplicaOutput.Left(reason, error));
        }
    }
}
