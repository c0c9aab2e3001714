using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace RealtimeSessions.Client.Live;

/// <summary>Calls the application: one call after the other, in the order in which they were posted, on no thread of the application's.</summary>
/// <param name="logger">Where it says what a handler threw.</param>
internal sealed partial class Notifier(ILogger logger) : IThreadPoolWorkItem
{
    private readonly ConcurrentQueue<Action> _waiting = new();
    private int _running;

    /// <summary>Adds a call.</summary>
    public void Post(Action call)
    {
        _waiting.Enqueue(call);
        if (Interlocked.Exchange(ref _running, 1) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        do
        {
            while (_waiting.TryDequeue(out var call))
            {
                call();
            }

            // A full fence: a call posted from now on is seen below, or begins anew.
            Interlocked.Exchange(ref _running, 0);
        }
        while (!_waiting.IsEmpty && Interlocked.Exchange(ref _running, 1) == 0);
    }

    /// <summary>Makes a list of handlers that are called here.</summary>
    public Handlers<T> Handlers<T>() => new(this);

    private void Run<T>(Action<T> handler, T value)
    {
        try
        {
            handler(value);
        }
        catch (Exception exception)
        {
            LogThrew(logger, exception);
        }
    }

    /// <summary>Calls handlers, each with the others undisturbed by what it throws.</summary>
    internal void Call<T>(IReadOnlyList<Action<T>> handlers, T value)
    {
        foreach (var handler in handlers)
        {
            Run(handler, value);
        }
    }

    [LoggerMessage(5010, LogLevel.Error, "A handler of the application threw.")]
    private static partial void LogThrew(ILogger logger, Exception exception);
}

/// <summary>The application's handlers of one kind. Thread-safe.</summary>
/// <param name="notifier">Where they are called.</param>
internal sealed class Handlers<T>(Notifier notifier)
{
    private readonly Lock _lock = new();
    private volatile Action<T>[] _handlers = [];

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty => _handlers.Length == 0;

    /// <summary>Adds one.</summary>
    /// <returns>Disposing removes it.</returns>
    public IDisposable Add(Action<T> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        lock (_lock)
        {
            _handlers = [.. _handlers, handler];
        }

        return new Registration(this, handler);
    }

    /// <summary>Calls those that are there when it is their turn.</summary>
    public void Post(T value)
    {
        if (!IsEmpty)
        {
            notifier.Post(() => Call(value));
        }
    }

    /// <summary>Calls them now. For whoever was posted.</summary>
    public void Call(T value) => notifier.Call(_handlers, value);

    private sealed class Registration(Handlers<T> owner, Action<T> handler) : IDisposable
    {
        private bool _isOver;

        public void Dispose()
        {
            lock (owner._lock)
            {
                if (_isOver)
                {
                    return;
                }

                _isOver = true;
                var index = Array.IndexOf(owner._handlers, handler);
                owner._handlers = [.. owner._handlers[..index], .. owner._handlers[(index + 1)..]];
            }
        }
    }
}
