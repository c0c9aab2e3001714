using RealtimeSessions.Protocol;

namespace RealtimeSessions.Client.Replicas;

/// <summary>
/// The own changes on their way, oldest first: what of them is sent, and what becomes of them. Not thread-safe.
/// </summary>
/// <param name="limits">How many there may be, and how many in flight.</param>
/// <param name="drawWriterId">Draws a new writer's id.</param>
/// <param name="outputs">Where it says what is to be done and told.</param>
/// <param name="dropped">Called when a change is among them no longer that did not reach its place by its event.</param>
internal sealed class ChangeQueue<TChange>(ReplicaLimits limits, Func<string> drawWriterId, List<ReplicaOutput> outputs, Action<TChange> dropped)
    where TChange : QueuedChange
{
    private readonly List<TChange> _changes = [];
    private readonly List<TChange> _acknowledged = [];
    private readonly Writer _writer = new(drawWriterId);
    private readonly ErrorRound _round = new();
    private long _bytes;
    private int _inFlight;
    private bool _isOpen;
    private bool _isWaiting;

    /// <summary>All of them, oldest first.</summary>
    public IReadOnlyList<TChange> All => _changes;

    /// <summary>How many have no Ack yet.</summary>
    public int Pending => _changes.Count - _acknowledged.Count;

    /// <summary>Those that have no Ack yet.</summary>
    public IEnumerable<TChange> Unanswered => _changes.Where(static change => change.Phase != ChangePhase.Acknowledged);

    /// <summary>Whether something was acknowledged beyond the position: something is missing before it.</summary>
    public bool IsAhead => _acknowledged.Count > 0;

    /// <summary>Adds a change, if it may be, and sends it when it can.</summary>
    /// <returns>Why not, or null.</returns>
    public Error? TryAdd(TChange change)
    {
        if ((limits.Refusal(change) ?? limits.Refusal(_changes.Count, _bytes + change.Weight)) is { } refusal)
        {
            return refusal;
        }

        _changes.Add(change);
        _bytes += change.Weight;
        Send();
        return null;
    }

    /// <summary>Begins to send: the join was answered.</summary>
    public void Open()
    {
        _isOpen = true;
        Send();
    }

    /// <summary>Sends nothing for now; answers may still come.</summary>
    public void Pause() => _isOpen = false;

    /// <summary>The connection is lost: what was in flight waits again.</summary>
    public void Disconnect()
    {
        foreach (var change in _changes.Where(static change => change.Phase == ChangePhase.InFlight))
        {
            (change.Phase, change.MayHaveBeenMade) = (ChangePhase.Waiting, true);
        }

        if (_round.IsOpen)
        {
            EndRound();
        }

        (_isOpen, _isWaiting, _inFlight) = (false, false, 0);
    }

    /// <summary>The time to wait has passed.</summary>
    public void Retry()
    {
        _isWaiting = false;
        Send();
    }

    /// <summary>A change was answered.</summary>
    public void Acknowledge(TChange change, Ack ack)
    {
        _round.Recover();
        Answered(change);
        change.Acknowledge(ack);
        _acknowledged.Add(change);
        Settle(change, ack);
        Continue();
    }

    /// <summary>A change was answered by an error.</summary>
    public void Fail(TChange change, Error error)
    {
        Answered(change);
        if (_round.Take(change, error))
        {
            Drop(change, error);
        }

        Continue();
    }

    /// <summary>The change that is next in the order by its Ack; null: none is known.</summary>
    public TChange? AcknowledgedAt(Position position) =>
        _acknowledged.Count == 0 ? null : _acknowledged.Find(change => change.Ack is { Count: > 0 } ack && ack.Position == position);

    /// <summary>The change that an event of the caller is; null: it is none of these.</summary>
    public TChange? Find(string? writerId, long? writerSequence) => _changes.Find(change => change.IsMadeBy(writerId, writerSequence));

    /// <summary>A change has reached its place: its event was applied.</summary>
    public void Complete(TChange change, Ack ack)
    {
        Answered(change);
        Settle(change, ack);
        Remove(change);
        Continue();
    }

    /// <summary>The confirmed state has reached a position: what was acknowledged up to there is done.</summary>
    /// <param name="position">The position.</param>
    /// <param name="isHistory">Whether the epoch is known to be the log's: what was acknowledged in another one is done too.</param>
    public void Reach(Position position, bool isHistory = false)
    {
        for (var i = 0; i < _acknowledged.Count; i++)
        {
            var change = _acknowledged[i];
            if (change.Ack!.Position.Epoch == position.Epoch ? change.Ack.Position.Sequence <= position.Sequence : isHistory)
            {
                Remove(change);
                dropped(change);
                i--;
            }
        }
    }

    /// <summary>Nothing more is sent, ever: what has no Ack fails.</summary>
    public void End()
    {
        foreach (var change in _changes.ToArray())
        {
            var wasSent = change.Phase == ChangePhase.InFlight || change.MayHaveBeenMade;
            Settle(change, wasSent
                ? new Error(ClientErrors.Uncertain, "Left before the change was answered.")
                : new Error(ClientErrors.Left, "Left before the change was sent."));
        }

        (_isOpen, _bytes) = (false, 0);
        _changes.Clear();
        _acknowledged.Clear();
    }

    private void Send()
    {
        if (!_isOpen || _round.IsOpen || _isWaiting || _inFlight == limits.InFlight)
        {
            return;
        }

        string? writer = null;
        foreach (var change in Unanswered)
        {
            // Between the changes of two writers only the answers keep the order.
            if (_inFlight == limits.InFlight || (writer is not null && writer != _writer.Of(change)))
            {
                return;
            }

            if (change.Phase == ChangePhase.Waiting)
            {
                _writer.Number(change);
                change.Phase = ChangePhase.InFlight;
                _inFlight++;
                outputs.Add(new ReplicaOutput.Send<TChange>(change));
            }

            writer = change.WriterId;
        }
    }

    /// <summary>Goes on after an answer.</summary>
    private void Continue()
    {
        if (_round.IsOpen && _inFlight == 0)
        {
            EndRound();
        }

        Send();
    }

    private void EndRound()
    {
        var rest = Unanswered.ToArray();
        if (_round.HasRefused)
        {
            _writer.Renumber(rest.Where(_round.CannotFollow));
        }
        else if (rest is [{ HasGap: true }, ..])
        {
            foreach (var change in rest.Where(static change => change.MayHaveBeenMade))
            {
                Drop(change, new Error(ClientErrors.Uncertain, "The server no longer knows what it has of this writer."));
            }

            _writer.Renumber(rest);
        }

        Array.ForEach(rest, static change => change.HasGap = false);
        if (_round.End() is { } delay)
        {
            _isWaiting = true;
            outputs.Add(new ReplicaOutput.Wait(delay));
        }
    }

    private void Drop(TChange change, Error error)
    {
        Remove(change);
        dropped(change);
        Settle(change, error);
        outputs.Add(new ReplicaOutput.Refused<TChange>(change, error));
    }

    private void Answered(TChange change)
    {
        if (change.Phase == ChangePhase.InFlight)
        {
            _inFlight--;
        }
    }

    private void Remove(TChange change)
    {
        _changes.Remove(change);
        _acknowledged.Remove(change);
        _bytes -= change.Weight;
        change.Phase = ChangePhase.Done;
    }

    private void Settle(TChange change, Result<Ack> outcome)
    {
        if (outcome.TryGet(out var ack, out var error) ? change.TrySettle(ack) : change.TrySettle(error))
        {
            outputs.Add(new ReplicaOutput.Settled<TChange>(change, outcome));
        }
    }
}
