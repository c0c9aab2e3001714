using RealtimeSessions.EventLog;

namespace RealtimeSessions.Server.Tests.Support;

/// <summary>How much a server writes before it stops. From then on it reaches nothing, as if its process were gone.</summary>
/// <param name="writes">So many writes are made and answered.</param>
/// <param name="isLastMade">True: one more is made, and its answer lost.</param>
internal sealed class WriteBudget(int writes, bool isLastMade)
{
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _left = writes;

    /// <summary>Ends when the server has stopped.</summary>
    public Task Stopped => _stopped.Task;

    /// <summary>Whether the server has stopped.</summary>
    public bool HasStopped => Stopped.IsCompleted;

    /// <summary>Makes a write, if the server still can.</summary>
    public async Task<T> WriteAsync<T>(Func<Task<T>> write)
    {
        Check();
        var left = Interlocked.Decrement(ref _left);
        if (left >= 0)
        {
            return await write();
        }

        if (left == -1 && isLastMade)
        {
            await write();
        }

        _stopped.TrySetResult();
        throw new EngineUnavailableException("The server has stopped.");
    }

    /// <summary>Reads, if the server still can.</summary>
    public Task<T> ReadAsync<T>(Func<Task<T>> read)
    {
        Check();
        return read();
    }

    private void Check()
    {
        if (HasStopped)
        {
            throw new EngineUnavailableException("The server has stopped.");
        }
    }
}
