using System.Collections.Concurrent;
using RealtimeSessions.EventLog;

namespace RealtimeSessions.Server.Lanes;

/// <summary>
/// The logs of one kind in use on this server. Whoever needs one takes a lease; one that nobody holds stays for a while, so that the next call
/// finds its state, and then costs nothing.
/// </summary>
internal abstract class LiveLogs<TKey, TState, TScene> : IAsyncDisposable
    where TKey : notnull
    where TState : class
{
    private readonly LogKind<TKey, TState> _kind;
    private readonly IEventLog _eventLog;
    private readonly LaneServices<TKey, TState, TScene> _lane;
    private readonly LogSettings _settings;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ConcurrentDictionary<TKey, Entry> _entries = new();
    private readonly ClosingTasks _closing = new();
    private readonly ITimer _timer;
    private int _idle;

    protected LiveLogs(
        LogKind<TKey, TState> kind, IEventLog eventLog, LaneServices<TKey, TState, TScene> lane, TimeProvider time, ILogger logger)
    {
        (_kind, _eventLog, _lane, _settings, _time, _logger) = (kind, eventLog, lane, kind.Settings, time, logger);
        _timer = time.CreateTimer(_ => CloseIdle(), null, _settings.IdleTime, _settings.IdleTime / 2);
    }

    /// <summary>Takes a log into use, whether it exists or not.</summary>
    public Lease Rent(TKey key)
    {
        while (true)
        {
            var entry = _entries.GetOrAdd(key, static (key, self) => new Entry(new(key, self._kind, self._eventLog, self._lane, self._logger)), this);
            lock (entry)
            {
                if (!entry.IsClosed)
                {
                    if (entry.Leases++ == 0 && entry.WasUsed)
                    {
                        Interlocked.Decrement(ref _idle);
                    }

                    entry.WasUsed = true;
                    return new Lease(this, entry);
                }
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync();
        foreach (var entry in _entries.Values)
        {
            lock (entry)
            {
                _closing.Add(entry.Log.CloseAsync());
            }
        }

        await _closing.WaitAsync();
    }

    private void Return(Entry entry)
    {
        lock (entry)
        {
            if (--entry.Leases > 0)
            {
                return;
            }

            entry.LastUsed = _time.GetTimestamp();
            var idle = Interlocked.Increment(ref _idle);
            if (!entry.Log.IsOpen || idle > _settings.MaximumIdle)
            {
                Close(entry);
            }
        }
    }

    private void CloseIdle()
    {
        foreach (var entry in _entries.Values)
        {
            lock (entry)
            {
                if (entry is { Leases: 0, IsClosed: false, WasUsed: true } && _time.GetElapsedTime(entry.LastUsed) >= _settings.IdleTime)
                {
                    Close(entry);
                }
            }
        }
    }

    private void Close(Entry entry)
    {
        entry.IsClosed = true;
        Interlocked.Decrement(ref _idle);

        // In this order: what is no entry any more is waited for.
        _closing.Add(entry.Log.CloseAsync());
        _entries.TryRemove(entry.Log.Key, out _);
    }

    /// <summary>Holds a log in use until it is disposed, once.</summary>
    internal sealed class Lease(LiveLogs<TKey, TState, TScene> owner, Entry entry) : IDisposable
    {
        private int _disposed;

        public LiveLog<TKey, TState, TScene> Log => entry.Log;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _disposed, 1) == 0)
            {
                owner.Return(entry);
            }
        }
    }

    internal sealed class Entry(LiveLog<TKey, TState, TScene> live)
    {
        public LiveLog<TKey, TState, TScene> Log => live;

        public int Leases { get; set; }

        public bool WasUsed { get; set; }

        public bool IsClosed { get; set; }

        public long LastUsed { get; set; }
    }
}
