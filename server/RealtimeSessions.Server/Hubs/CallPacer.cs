using RealtimeSessions.Server.Requests;

namespace RealtimeSessions.Server.Hubs;

/// <summary>What becomes of a call.</summary>
internal enum CallTurn
{
    /// <summary>It is made.</summary>
    Go,

    /// <summary>It is refused: its connection has called too often for too long.</summary>
    Refused,

    /// <summary>Nobody waits for it any more.</summary>
    Ended,
}

/// <summary>
/// Lets one connection's calls pass at a rate. A call that finds no token waits its turn; turns come in the order of the calls, and each only when
/// the call before has reached its first await, so that waiting changes nothing about the order in which calls take effect.
/// </summary>
/// <param name="limits">How many calls, and how long they wait before they are refused.</param>
/// <param name="time">The clock.</param>
internal sealed class CallPacer(LimitsOptions limits, TimeProvider time)
{
    /// <summary>A connection that has made no call wait for so long has slackened.</summary>
    public static readonly TimeSpan Slack = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Queue<(TaskCompletionSource<CallTurn> Waiter, CallTurn Turn)> _waiting = [];
    private readonly TokenBucket _tokens = new(limits.CallsPerSecond, limits.CallBurst, time);
    private (long Since, long Until)? _throttled;
    private ITimer? _timer;
    private bool _releasing;
    private bool _ended;

    /// <summary>Waits until a call may be made, or refused. To be called in the order of the calls.</summary>
    public ValueTask<CallTurn> NextAsync()
    {
        lock (_lock)
        {
            if (_ended)
            {
                return new(CallTurn.Ended);
            }

            if (_waiting.Count == 0 && !_releasing && _tokens.TryTake())
            {
                return new(CallTurn.Go);
            }

            // The continuation runs where the turn is given: Release relies on it.
            var waiter = new TaskCompletionSource<CallTurn>();
            _waiting.Enqueue((waiter, IsPatient() ? CallTurn.Go : CallTurn.Refused));
            if (_waiting.Count == 1 && !_releasing)
            {
                Schedule();
            }

            return new(waiter.Task);
        }
    }

    /// <summary>The connection has ended: lets go of whatever waits.</summary>
    public void End()
    {
        (TaskCompletionSource<CallTurn> Waiter, CallTurn Turn)[] left;
        lock (_lock)
        {
            _ended = true;
            _timer?.Dispose();
            left = [.. _waiting];
            _waiting.Clear();
        }

        foreach (var (waiter, _) in left)
        {
            waiter.SetResult(CallTurn.Ended);
        }
    }

    /// <summary>Gives turns, one after the other, while there are tokens.</summary>
    private void Release()
    {
        while (NextTurn() is var (waiter, turn))
        {
            waiter.SetResult(turn);
        }
    }

    private (TaskCompletionSource<CallTurn> Waiter, CallTurn Turn)? NextTurn()
    {
        lock (_lock)
        {
            _releasing = _waiting.Count > 0 && _tokens.TryTake();
            if (_releasing)
            {
                _throttled = (_throttled!.Value.Since, _tokens.AskedAt);
                return _waiting.Dequeue();
            }

            if (_waiting.Count > 0)
            {
                Schedule();
            }

            return null;
        }
    }

    /// <summary>Whether a call that has to wait will be made in the end: calls have not waited for too long without a pause.</summary>
    private bool IsPatient()
    {
        var now = time.GetTimestamp();
        var since = _throttled is { } before && (_waiting.Count > 0 || time.GetElapsedTime(before.Until, now) < Slack) ? before.Since : now;
        _throttled = (since, now);
        return time.GetElapsedTime(since, now) < limits.CallPatience;
    }

    private void Schedule()
    {
        // Timers count whole milliseconds: rounded down, it would come too early again and again.
        var due = TimeSpan.FromMilliseconds(Math.Ceiling(_tokens.NextIn.TotalMilliseconds));
        _timer ??= time.CreateTimer(state => ((CallPacer)state!).Release(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(due, Timeout.InfiniteTimeSpan);
    }
}
