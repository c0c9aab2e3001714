using RealtimeSessions.Protocol;

namespace RealtimeSessions.Client.Replicas;

/// <summary>
/// The own changes on their way, oldest first: what of them is sent, under which number, and what becomes of them. Not thread-safe.
/// </summary>
/// <param name="limits">How many may be in flight.</param>
/// <param name="drawWriterId">Draws a new writer's id.</param>
/// <param name="outputs">Where it says what is to be done and told.</param>
/// <param name="dropped">Called when a change was dropped that is not, or perhaps not, made.</param>
internal sealed class ChangeQueue(ReplicaLimits limits, Func<string> drawWriterId, List<ReplicaOutput> outputs, Action<Change> dropped)
{
    private readonly List<Change> _changes = [];
    private readonly List<Change> _acknowledged = [];
    private readonly Backoff _backoff = new();
    private string? _writerId;
    private long _number;
    private long _bytes;
    private int _inFlight;
    private bool _isOpen;

    // A round of errors: from the first one until everything in flight is answered.
    private bool _isSettling;
    private readonly List<Change> _refused = [];
    private TimeSpan? _wait;
    private bool _isWaiting;

    /// <summary>All of them, oldest first.</summary>
    public IReadOnlyList<Change> All => _changes;

    /// <summary>How many have no Ack yet.</summary>
    public int Pending => _changes.Count - _acknowledged.Count;

    /// <summary>Whether something was acknowledged beyond the position: something is missing before it.</summary>
    public bool IsAhead => _acknowledged.Count > 0;

    /// <summary>Adds a change, if it may be, and sends it when it can.</summary>
    /// <returns>Why not, or null.</returns>
    public Error? TryAdd(Change change)
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

    /// <summary>Begins to send: the session is joined.</summary>
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
        foreach (var change in _changes.Where(change => change.Phase == ChangePhase.InFlight))
        {
            (change.Phase, change.MayHaveBeenMade) = (ChangePhase.Waiting, true);
        }

        if (_isSettling)
        {
            EndRound();
        }

        (_isOpen, _isSettling, _isWaiting, _wait, _inFlight) = (false, false, false, null, 0);
    }

    /// <summary>The time to wait has passed.</summary>
    public void Retry()
    {
        _isWaiting = false;
        Send();
    }

    /// <summary>A change was answered.</summary>
    public void Acknowledge(Change change, Ack ack)
    {
        _backoff.Reset();
        Answered(change);
        change.Acknowledge(ack);
        _acknowledged.Add(change);
        Settle(change, ack);
        Continue();
    }

    /// <summary>A change was answered by an error.</summary>
    public void Fail(Change change, Error error)
    {
        Answered(change);
        _isSettling = true;
        change.Phase = ChangePhase.Waiting;
        change.HasGap = error.Code == ErrorCode.WriterGap;
        if (error.Code.IsRetryable)
        {
            change.MayHaveBeenMade |= error.Code != ErrorCode.RateLimited;
            _wait = Backoff.RetryAfter(error) ?? _wait ?? TimeSpan.Zero;
        }
        else if (!change.HasGap)
        {
            _refused.Add(change);
            Drop(change, error);
        }

        Continue();
    }

    /// <summary>The change that is next in the order by its Ack; null: none is known.</summary>
    public Change? AcknowledgedAt(Position position) =>
        _acknowledged.Count == 0 ? null : _acknowledged.Find(change => change.Ack is { Count: > 0 } ack && ack.Position == position);

    /// <summary>The change that an event is, if the caller has made it; null: it is another's.</summary>
    public Change? Find(SessionEvent next) => _changes.Find(change => change.IsMadeBy(next));

    /// <summary>A change has reached its place: its event was applied.</summary>
    public void Complete(Change change, Ack ack)
    {
        if (change.Phase == ChangePhase.InFlight)
        {
            Answered(change);
        }

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
                ? new Error(ClientErrors.Uncertain, "The session was left before the change was answered.")
                : new Error(ClientErrors.Left, "The session was left before the change was sent."));
        }

        (_isOpen, _bytes) = (false, 0);
        _changes.Clear();
        _acknowledged.Clear();
    }

    private void Send()
    {
        if (!_isOpen || _isSettling || _isWaiting || _inFlight == limits.InFlight)
        {
            return;
        }

        string? writer = null;
        foreach (var change in _changes.Where(change => change.Phase != ChangePhase.Acknowledged))
        {
            // Between the changes of two writers only the answers keep the order.
            if (_inFlight == limits.InFlight || (writer is not null && writer != (change.WriterId ?? _writerId)))
            {
                return;
            }

            if (change.Phase == ChangePhase.Waiting)
            {
                if (change.WriterId is null)
                {
                    change.Number(_writerId ??= drawWriterId(), ++_number);
                }

                change.Phase = ChangePhase.InFlight;
                _inFlight++;
                outputs.Add(new ReplicaOutput.Send(change));
            }

            writer = change.WriterId;
        }
    }

    /// <summary>Goes on after an answer.</summary>
    private void Continue()
    {
        if (_isSettling && _inFlight == 0)
        {
            EndRound();
        }

        Send();
    }

    private void EndRound()
    {
        var rest = _changes.Where(change => change.Phase != ChangePhase.Acknowledged).ToArray();
        if (_refused.Count > 0)
        {
            _refused.ForEach(refused => Renumber(rest.Where(change => CannotFollow(change, refused))));
        }
        else if (rest is [{ HasGap: true }, ..])
        {
            foreach (var change in rest.Where(change => change.MayHaveBeenMade))
            {
                Drop(change, new Error(ClientErrors.Uncertain, "The server no longer knows what it has of this writer."));
            }

            Renumber(rest);
        }

        Array.ForEach(rest, change => change.HasGap = false);
        if (_wait is { } least)
        {
            _isWaiting = true;
            outputs.Add(new ReplicaOutput.Wait(least > TimeSpan.Zero ? least : _backoff.Next()));
        }

        _refused.Clear();
        (_isSettling, _wait) = (false, null);
    }

    /// <summary>Whether a change cannot have been made, since the number of a refused one before it is unused; it may if that one was made before after all.</summary>
    private static bool CannotFollow(Change change, Change refused) =>
        change.WriterId == refused.WriterId && change.WriterSequence > refused.WriterSequence
        && !(refused.MayHaveBeenMade && change.MayHaveBeenMade && !change.HasGap);

    private void Renumber(IEnumerable<Change> changes)
    {
        (_writerId, _number) = (null, 0);
        foreach (var change in changes)
        {
            change.Unnumber();
        }
    }

    private void Drop(Change change, Error error)
    {
        Remove(change);
        dropped(change);
        Settle(change, error);
        outputs.Add(new ReplicaOutput.Refused(change, error));
    }

    private void Answered(Change change)
    {
        if (change.Phase == ChangePhase.InFlight)
        {
            _inFlight--;
        }
    }

    private void Remove(Change change)
    {
        _changes.Remove(change);
        _acknowledged.Remove(change);
        _bytes -= change.Weight;
        change.Phase = ChangePhase.Done;
    }

    private void Settle(Change change, Result<Ack> outcome)
    {
        if (outcome.TryGet(out var ack, out var error) ? change.TrySettle(ack) : change.TrySettle(error))
        {
            outputs.Add(new ReplicaOutput.Settled(change, outcome));
        }
    }
}
