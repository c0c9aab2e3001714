using RealtimeSessions.Protocol;

namespace RealtimeSessions.Client.Replicas;

/// <summary>A round of errors: from the first one until everything in flight is answered. What of the rest can go on as it is, and when. Not thread-safe.</summary>
internal sealed class ErrorRound
{
    private readonly List<QueuedChange> _refused = [];
    private readonly Backoff _backoff = new();
    private TimeSpan? _wait;

    /// <summary>Whether there is one.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Whether something was refused in it.</summary>
    public bool HasRefused => _refused.Count > 0;

    /// <summary>A change was answered by an error: it waits again, or is refused.</summary>
    /// <returns>True: it is refused.</returns>
    public bool Take(QueuedChange change, Error error)
    {
        IsOpen = true;
        change.Phase = ChangePhase.Waiting;
        change.HasGap = error.Code == ErrorCode.WriterGap;
        if (error.Code.IsRetryable)
        {
            change.MayHaveBeenMade |= error.Code != ErrorCode.RateLimited;
            _wait = Backoff.RetryAfter(error) ?? _wait ?? TimeSpan.Zero;
            return false;
        }

        if (!change.HasGap)
        {
            _refused.Add(change);
        }

        return !change.HasGap;
    }

    /// <summary>A change was acknowledged: the next wait is short again.</summary>
    public void Recover() => _backoff.Reset();

    /// <summary>
    /// Whether a change cannot have been made, since the number of a refused one before it is unused; it may if that one was made before after all.
    /// </summary>
    public bool CannotFollow(QueuedChange change) => _refused.Exists(refused =>
        change.WriterId == refused.WriterId && change.WriterSequence > refused.WriterSequence
        && !(refused.MayHaveBeenMade && change.MayHaveBeenMade && !change.HasGap));

    /// <summary>Ends it.</summary>
    /// <returns>How long to wait then; null: not at all.</returns>
    public TimeSpan? End()
    {
        TimeSpan? delay = _wait is not { } least ? null : least > TimeSpan.Zero ? least : _backoff.Next();
        _refused.Clear();
        (IsOpen, _wait) = (false, null);
        return delay;
    }
}
