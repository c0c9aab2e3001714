using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using RealtimeSessions.EventLog;

namespace RealtimeSessions.Server.Sessions;

/// <summary>
/// The sessions in use on this server. Whoever needs one takes a lease; one that nobody holds stays for a while, so that the next call
/// finds its state, and then costs nothing.
/// </summary>
internal sealed class LiveSessions : IAsyncDisposable
{
    private readonly IEventLog _eventLog;
    private readonly LaneServices _lane;
    private readonly SessionsOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ConcurrentDictionary<SessionKey, Entry> _entries = new();
    private readonly ClosingTasks _closing = new();
    private readonly ITimer _timer;
    private int _idle;

    public LiveSessions(
        IEventLog eventLog, LaneServices lane, IOptions<SessionsOptions> options, TimeProvider time, ILogger<LiveSessions> logger)
    {
        (_eventLog, _lane, _options, _time, _logger) = (eventLog, lane, options.Value, time, logger);
        _timer = time.CreateTimer(_ => CloseIdle(), null, _options.IdleTime, _options.IdleTime / 2);
    }

    /// <summary>Takes a session into use, whether it exists or not.</summary>
    public Lease Rent(SessionKey key)
    {
        while (true)
        {
            var entry = _entries.GetOrAdd(key, static (key, self) => new Entry(new(key, self._eventLog, self._lane, self._logger)), this);
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
                _closing.Add(entry.Session.CloseAsync());
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
            if (!entry.Session.IsOpen || idle > _options.MaximumIdleSessions)
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
                if (entry is { Leases: 0, IsClosed: false, WasUsed: true } && _time.GetElapsedTime(entry.LastUsed) >= _options.IdleTime)
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
        _closing.Add(entry.Session.CloseAsync());
        _entries.TryRemove(entry.Session.Key, out _);
    }

    /// <summary>Holds a session in use until it is disposed, once.</summary>
    internal sealed class Lease(LiveSessions owner, Entry entry) : IDisposable
    {
        private int _disposed;

        public LiveSession Session => entry.Session;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _disposed, 1) == 0)
            {
                owner.Return(entry);
            }
        }
    }

    internal sealed class Entry(LiveSession session)
    {
        public LiveSession Session => session;

        public int Leases { get; set; }

        public bool WasUsed { get; set; }

        public bool IsClosed { get; set; }

        public long LastUsed { get; set; }
    }
}
