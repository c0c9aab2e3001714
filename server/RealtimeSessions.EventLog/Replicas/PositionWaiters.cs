using RealtimeSessions.Protocol;

namespace RealtimeSessions.EventLog.Replicas;

/// <summary>Those who wait for a replica to reach positions. Thread-safe.</summary>
/// <param name="isReached">Whether a position has been reached; where nothing more will be, all have.</param>
/// <param name="findFailure">Why nothing more will be reached; null: nothing has failed. Asked after the other: what fails between the two is told.</param>
internal sealed class PositionWaiters(Func<Position, bool> isReached, Func<Exception?> findFailure)
{
    private readonly Lock _lock = new();
    private readonly List<(Position Position, TaskCompletionSource Reached)> _waiting = [];

    /// <summary>Waits for a position. Whoever adds it releases afterwards: it may have been reached before.</summary>
    public Task Add(Position position)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _waiting.Add((position, reached));
        }

        return reached.Task;
    }

    /// <summary>Releases whoever waits for what has been reached.</summary>
    public void Release()
    {
        lock (_lock)
        {
            for (var i = _waiting.Count - 1; i >= 0; i--)
            {
                if (!isReached(_waiting[i].Position))
                {
                    continue;
                }

                if (findFailure() is { } failure)
                {
                    _waiting[i].Reached.TrySetException(failure);
                }
                else
                {
                    _waiting[i].Reached.TrySetResult();
                }

                _waiting.RemoveAt(i);
            }
        }
    }
}
