using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;

namespace RealtimeSessions.Client.Replicas;

/// <summary>How a replica stands to the server: connected, joined, waiting for its state, out for good. Not thread-safe.</summary>
/// <param name="outputs">Where it says what is to be done and told.</param>
internal sealed class Membership(List<ReplicaOutput> outputs)
{
    private readonly Backoff _backoff = new();
    private bool _awaitsJoin;

    /// <summary>Whether there is a connection.</summary>
    public bool IsConnected { get; private set; }

    /// <summary>Whether the join was answered.</summary>
    public bool IsJoined { get; private set; }

    /// <summary>Whether a reset may come, or is sure to: until a join is answered, that is open.</summary>
    public bool AwaitsReset { get; private set; }

    /// <summary>Whether the last join went out before something was known of, and so may not bring it.</summary>
    public bool IsLate { get; private set; }

    /// <summary>Whether it is over.</summary>
    public bool HasLeft { get; private set; }

    /// <summary>There is a connection.</summary>
    /// <param name="since">Where to resume; null: nowhere.</param>
    public void Connect(ResumePosition? since)
    {
        IsConnected = true;
        Join(since);
    }

    /// <summary>The connection is lost.</summary>
    public void Disconnect() => (IsConnected, IsJoined, _awaitsJoin) = (false, false, false);

    /// <summary>The join is answered.</summary>
    /// <param name="recovered">Whether events follow; else a reset does.</param>
    public void Accept(bool recovered)
    {
        _backoff.Reset();
        AwaitsReset &= !recovered;
        (IsJoined, _awaitsJoin) = (true, false);
    }

    /// <summary>The join is refused.</summary>
    /// <returns>True: it is tried again, after a wait.</returns>
    public bool Refuse(Error error)
    {
        _awaitsJoin = false;
        if (error.Code.IsRetryable)
        {
            outputs.Add(new ReplicaOutput.Wait(Backoff.RetryAfter(error) ?? _backoff.Next()));
        }

        return error.Code.IsRetryable;
    }

    /// <summary>Joins again, where no join is answered or on its way.</summary>
    public void Retry(ResumePosition? since)
    {
        if (!IsJoined && !_awaitsJoin)
        {
            Join(since);
        }
    }

    /// <summary>Joins once more, since something is missing.</summary>
    public void Renew(ResumePosition? since)
    {
        IsJoined = false;
        Join(since);
    }

    /// <summary>Something has become known of.</summary>
    public void Learn() => IsLate = true;

    /// <summary>The reset has come.</summary>
    public void Reset() => AwaitsReset = false;

    /// <summary>It is over.</summary>
    public void Leave(string reason, Error? error)
    {
        HasLeft = true;
        outputs.Add(new ReplicaOutput.Left(reason, error));
    }

    private void Join(ResumePosition? since)
    {
        (_awaitsJoin, AwaitsReset, IsLate) = (true, true, false);
        outputs.Add(new ReplicaOutput.Join(since));
    }
}
