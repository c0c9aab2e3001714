using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;

namespace RealtimeSessions.Client.Replicas;

/// <summary>
/// What the client keeps of a log, and what is to be called for it: the order, the joining and the sending, whatever the events are of. REPLICA.md says how. Without
/// clock, network and randomness; not thread-safe.
/// </summary>
internal abstract class LogReplica<TEvent, TChange>
    where TEvent : class
    where TChange : QueuedChange
{
    private readonly SortedDictionary<long, TEvent> _ahead = [];
    private readonly Membership _membership;
    private Position? _known;

    /// <param name="limits">How much is held.</param>
    /// <param name="drawWriterId">Draws a new writer's id.</param>
    protected LogReplica(ReplicaLimits limits, Func<string> drawWriterId)
    {
        _membership = new Membership(Outputs);
        Changes = new ChangeQueue<TChange>(limits, drawWriterId, Outputs, Forget);
    }

    /// <summary>Up to where the log is folded; null before the first reset.</summary>
    public abstract Position? Position { get; }

    /// <summary>How many changes have no Ack yet.</summary>
    public int Pending => Changes.Pending;

    /// <summary>The changes that have no Ack yet.</summary>
    public IEnumerable<TChange> Unanswered() => Changes.Unanswered;

    /// <summary>Whether the join was answered.</summary>
    public bool IsJoined => _membership.IsJoined;

    /// <summary>Whether it takes nothing more.</summary>
    public bool HasLeft => _membership.HasLeft;

    /// <summary>Whether events have come, or Acks, that something is missing before.</summary>
    public bool HasGap => _ahead.Count > 0 || Changes.IsAhead || IsBehind;

    public SyncStatus Status =>
        HasLeft || !_membership.IsConnected ? SyncStatus.Disconnected
        : !IsJoined || _membership.AwaitsReset || Position is null || Changes.All.Count > 0 || HasGap ? SyncStatus.Synchronizing
        : SyncStatus.Synchronized;

    /// <summary>The own changes on their way.</summary>
    protected ChangeQueue<TChange> Changes { get; }

    protected List<ReplicaOutput> Outputs { get; } = [];

    /// <summary>Whether the position is not there yet that is known of by something else than an event or a change.</summary>
    private bool IsBehind => _known is { } known && !IsReached(known);

    /// <summary>The id of the event at the position, where it was seen.</summary>
    protected abstract Guid? EventId { get; }

    /// <summary>What is to be done and told since the last time. Valid until the next call of anything here.</summary>
    public IReadOnlyList<ReplicaOutput> TakeOutputs()
    {
        ReplicaOutput[] taken = [.. Outputs];
        Outputs.Clear();
        return taken;
    }

    /// <summary>There is a connection.</summary>
    public void OnConnected() => _membership.Connect(Since());

    /// <summary>The connection is lost.</summary>
    public void OnDisconnected()
    {
        _membership.Disconnect();
        _ahead.Clear();
        Changes.Disconnect();
    }

    /// <summary>The join is refused.</summary>
    public void OnJoinRefused(Error error)
    {
        if (!_membership.Refuse(error))
        {
            Leave(error.Code.Name, error);
        }
    }

    /// <summary>An event has come.</summary>
    public void OnEvent(TEvent next)
    {
        if (Position is not { Sequence: var reached } || HasLeft || SequenceOf(next) <= reached)
        {
            return;
        }

        if (FirstSequenceOf(next) <= reached + 1)
        {
            Apply(next);
        }
        else
        {
            _ahead[SequenceOf(next)] = next;
        }

        ApplyWhatFollows();
    }

    /// <summary>The server has put the connection out.</summary>
    public void OnLeft(string reason)
    {
        // Who was too slow is disconnected next, and comes back.
        if (reason != "too_slow")
        {
            Leave(reason, error: null);
        }
    }

    /// <summary>A change that was sent on this connection is answered.</summary>
    public void OnAck(TChange change, Ack ack)
    {
        if (change.Phase != ChangePhase.InFlight || HasLeft)
        {
            return;
        }

        Changes.Acknowledge(change, ack);
        if (Position is not null)
        {
            ReachPosition();
            ApplyWhatFollows();
        }
    }

    /// <summary>… by an error.</summary>
    public void OnError(TChange change, Error error)
    {
        if (change.Phase == ChangePhase.InFlight && !HasLeft)
        {
            Changes.Fail(change, error);
        }
    }

    /// <summary>A call for something else than a change is answered: what it has made is not sent to the connection.</summary>
    public void OnCallAnswered(Ack ack)
    {
        var isKnown = _known is { } known && known.Epoch == ack.Position.Epoch && known.Sequence >= ack.Position.Sequence;
        if (HasLeft || (ack.Count == 0 && !ack.Duplicate) || isKnown || IsReached(ack.Position))
        {
            return;
        }

        _known = ack.Position;
        _membership.Learn();
        CloseGap();
    }

    /// <summary>The time to wait has passed.</summary>
    public void OnRetry()
    {
        if (_membership.IsConnected && !HasLeft)
        {
            _membership.Retry(Since());
            Changes.Retry();
        }
    }

    /// <summary>There has been a gap for too long.</summary>
    public void OnGapTimeout()
    {
        // While a reset is awaited, that is what is missing.
        if (HasGap && IsJoined && !_membership.AwaitsReset && !HasLeft)
        {
            JoinAgain();
        }
    }

    /// <summary>The application leaves.</summary>
    public void Leave() => Leave(ClientErrors.Left.Name, error: null);

    /// <summary>The join is answered.</summary>
    /// <param name="recovered">Whether events follow; else a reset does.</param>
    protected void Accept(bool recovered)
    {
        _membership.Accept(recovered);
        if (recovered)
        {
            ReachHistory(Position!.Value);
            ApplyWhatFollows();
        }

        Changes.Open();
        CloseGap();
    }

    /// <summary>The confirmed state was replaced by the one as of a position.</summary>
    protected void Restart(Position position)
    {
        _membership.Reset();
        _ahead.Clear();
        ReachHistory(position);
        Outputs.Add(new ReplicaOutput.WasReset(position));
        ApplyWhatFollows();
        CloseGap();
    }

    /// <summary>Takes a change of the application's.</summary>
    /// <returns>Why not, or null.</returns>
    protected Error? Add(TChange change) => HasLeft ? new Error(ClientErrors.Left, "Left already.") : Changes.TryAdd(change);

    /// <summary>The sequence of an event.</summary>
    protected abstract long SequenceOf(TEvent next);

    /// <summary>The sequence of the first of the events that one stands for.</summary>
    protected abstract long FirstSequenceOf(TEvent next);

    /// <summary>Folds the next event into the confirmed state; the change that it is, if it is one, is completed.</summary>
    protected abstract void Fold(TEvent next);

    /// <summary>The event at the next position, where an Ack stands for it; null: it has to come.</summary>
    protected abstract TEvent? AcknowledgedAt(Position next);

    /// <summary>A change is on top no longer without having been applied as itself.</summary>
    protected abstract void Forget(TChange change);

    /// <summary>It is about to be left; the changes are still there.</summary>
    protected abstract void End();

    private ResumePosition? Since() => Position is { } at ? new ResumePosition(at.Epoch, at.Sequence) { EventId = EventId } : null;

    private bool IsReached(Position position) => Position is { } at && at.Epoch == position.Epoch && at.Sequence >= position.Sequence;

    /// <summary>Joins for what is known to be missing, once for all that is.</summary>
    private void CloseGap()
    {
        if (_membership is { IsLate: true, IsJoined: true, AwaitsReset: false } && IsBehind)
        {
            JoinAgain();
        }
    }

    private void JoinAgain()
    {
        _ahead.Clear();
        Changes.Pause();
        _membership.Renew(Since());
    }

    private void ApplyWhatFollows()
    {
        while (HasGap)
        {
            var position = Position!.Value;
            var next = position with { Sequence = position.Sequence + 1 };
            if (!_membership.AwaitsReset && AcknowledgedAt(next) is { } own)
            {
                Apply(own);
            }
            else if (_ahead.Count > 0 && _ahead.First() is var (sequence, first) && FirstSequenceOf(first) <= next.Sequence)
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

    private void Apply(TEvent next)
    {
        Fold(next);
        Outputs.Add(new ReplicaOutput.Applied<TEvent>(next, Position!.Value));
        ReachPosition();
    }

    /// <summary>The position is one of the log's: what is known of any other epoch was lost.</summary>
    private void ReachHistory(Position position)
    {
        _known = _known?.Epoch == position.Epoch ? _known : null;
        Changes.Reach(position, isHistory: true);
    }

    /// <summary>While a reset may come, it may stand before what was acknowledged.</summary>
    private void ReachPosition()
    {
        if (!_membership.AwaitsReset)
        {
            Changes.Reach(Position!.Value);
        }
    }

    private void Leave(string reason, Error? error)
    {
        if (!HasLeft)
        {
            _ahead.Clear();
            End();
            Changes.End();
            _membership.Leave(reason, error);
        }
    }
}
