using RealtimeSessions.Protocol;

namespace RealtimeSessions.EventLog.Replicas;

/// <summary>Those who wait for a replica to reach positions. Thread-safe.</summary>
internal sealed class PositionWaiters
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
    /// <param name="isReached">Whether a position has been.</param>
    /// <param name="failure">Why nothing more will be reached; null: it may.</param>
    public void Release(Func<Position, bool> isReached, Exception? failure)
    {
        lock (_lock)
        {
            for (var i = _waiting.Count - 1; i >= 0; i--)
            {
                if (!isReached(_waiting[i].Position))
                {
                    continue;
                }

                if (failure is not null)
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
