using System.Collections.Concurrent;

namespace RealtimeSessions.Server.Lanes;

/// <summary>
/// What is being closed while nobody waits. Whoever ends everything waits for it: the engine must not end before those that follow its logs.
/// Thread-safe.
/// </summary>
internal sealed class ClosingTasks
{
    private readonly ConcurrentDictionary<Task, byte> _running = new();

    /// <summary>Keeps a task until it has completed.</summary>
    public void Add(Task closing)
    {
        _running.TryAdd(closing, 0);
        _ = closing.ContinueWith(closed => _running.TryRemove(closed, out var _), TaskScheduler.Default);
    }

    /// <summary>Completes when all that was added before has.</summary>
    public Task WaitAsync() => Task.WhenAll(_running.Keys);
}
