namespace RealtimeSessions.Benchmarks.Load;

/// <summary>What was found wrong in a run, if anything: one gap, one double, one event out of order, one refused call.</summary>
internal sealed class Verdict
{
    private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Fails the run. The first failure stays.</summary>
    public void Fail(string failure) => _failed.TrySetException(new LoadException(failure));

    /// <summary>Throws what was found.</summary>
    /// <exception cref="LoadException">Something was.</exception>
    public void Check()
    {
        if (_failed.Task.IsFaulted)
        {
            _failed.Task.GetAwaiter().GetResult();
        }
    }

    /// <summary>Waits for something, but not after a failure, and not forever.</summary>
    /// <exception cref="LoadException">Something was wrong.</exception>
    public async Task WaitAsync(Task task, TimeSpan patience)
    {
        await await Task.WhenAny(task, _failed.Task).WaitAsync(patience);
        Check();
    }
}
