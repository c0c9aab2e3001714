namespace RealtimeSessions.EventLog.Embedded.Catalog;

/// <summary>Wakes those who wait for a change of a scope. Scopes nobody waits for take no memory.</summary>
internal sealed class ScopeSignals
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Waiting> _waiting = new(StringComparer.Ordinal);
    private bool _closed;

    /// <summary>Begins to wait. What is read after this call cannot miss a change that the task does not tell.</summary>
    public Registration Register(string scope)
    {
        lock (_lock)
        {
            if (!_waiting.TryGetValue(scope, out var waiting))
            {
                waiting = new Waiting();
                if (_closed)
                {
                    waiting.Changed.SetResult();
                }
                else
                {
                    _waiting.Add(scope, waiting);
                }
            }

            waiting.Count++;
            return new Registration(this, scope, waiting);
        }
    }

    /// <summary>Tells that a scope was changed.</summary>
    public void Signal(string scope)
    {
        lock (_lock)
        {
            if (_waiting.Remove(scope, out var waiting))
            {
                waiting.Changed.SetResult();
            }
        }
    }

    /// <summary>Wakes everybody, now and from now on.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
            foreach (var waiting in _waiting.Values)
            {
                waiting.Changed.SetResult();
            }

            _waiting.Clear();
        }
    }

    private void Leave(string scope, Waiting waiting)
    {
        lock (_lock)
        {
            if (--waiting.Count == 0 && !waiting.Changed.Task.IsCompleted)
            {
                _waiting.Remove(scope);
            }
        }
    }

    /// <summary>One who waits; disposal ends it.</summary>
    internal readonly struct Registration(ScopeSignals signals, string scope, Waiting waiting) : IDisposable
    {
        public Task Changed => waiting.Changed.Task;

        public void Dispose() => signals.Leave(scope, waiting);
    }

    internal sealed class Waiting
    {
        public TaskCompletionSource Changed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Count { get; set; }
    }
}
