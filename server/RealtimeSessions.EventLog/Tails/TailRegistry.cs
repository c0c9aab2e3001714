using System.Collections.Concurrent;
using System.Collections.Immutable;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.EventLog.Tails;

/// <summary>The open tails of one engine on this server.</summary>
internal sealed class TailRegistry : IAsyncDisposable
{
    /// <summary>Into how many parts the check interval is cut.</summary>
    private const int Slices = 20;

    private readonly ILogTailSource _source;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<LogId, ImmutableArray<LogTail>> _tails = new();
    private readonly ITimer? _timer;
    private int _slice;

    /// <param name="source">The engine.</param>
    /// <param name="time">The clock.</param>
    /// <param name="checkInterval">How often every tail compares itself with the log's head; infinite where announcements cannot be lost. The
    /// logs take their turns within it, so that the engine is not asked for all of them at one moment.</param>
    public TailRegistry(ILogTailSource source, TimeProvider time, TimeSpan checkInterval)
    {
        (_source, _time) = (source, time);
        if (checkInterval != Timeout.InfiniteTimeSpan)
        {
            _timer = time.CreateTimer(_ => CheckSlice(), null, checkInterval / Slices, checkInterval / Slices);
        }
    }

    /// <summary>Raised when a log gets its first tail here (true) and when it has lost its last one (false). In no particular order across threads:
    /// a handler asks <see cref="HasTails"/> for what is true now.</summary>
    public event Action<LogId, bool>? TailedChanged;

    /// <summary>Whether any tail is open on the log.</summary>
    public bool HasTails(LogId log) => _tails.ContainsKey(log);

    /// <summary>Opens a tail.</summary>
    public LogTail Open(LogId log, Position after)
    {
        var tail = new LogTail(_source, log, after, _time, Remove);
        var all = _tails.AddOrUpdate(log, static (_, added) => [added], static (_, present, added) => present.Add(added), tail);
        if (all.Length == 1)
        {
            TailedChanged?.Invoke(log, true);
        }

        return tail;
    }

    /// <summary>Hands an announcement to the log's tails. Never blocks.</summary>
    public void Notify(LogNotification notification)
    {
        if (_tails.TryGetValue(notification.Log, out var tails))
        {
            foreach (var tail in tails)
            {
                tail.Offer(notification);
            }
        }
    }

    /// <summary>Makes one log's tails compare themselves with its head.</summary>
    public void Check(LogId log)
    {
        if (_tails.TryGetValue(log, out var tails))
        {
            foreach (var tail in tails)
            {
                tail.Check();
            }
        }
    }

    /// <summary>Makes every tail compare itself with its log's head, for example after the engine's connection has come back.</summary>
    public void CheckAll()
    {
        foreach (var (log, _) in _tails)
        {
            Check(log);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_timer is not null)
        {
            await _timer.DisposeAsync();
        }

        foreach (var tail in _tails.Values.SelectMany(tails => tails).ToArray())
        {
            await tail.DisposeAsync();
        }
    }

    /// <summary>Checks those logs whose turn it is.</summary>
    private void CheckSlice()
    {
        var slice = (uint)Interlocked.Increment(ref _slice) % Slices;
        foreach (var (log, _) in _tails)
        {
            if ((uint)log.GetHashCode() % Slices == slice)
            {
                Check(log);
            }
        }
    }

    private void Remove(LogTail tail)
    {
        while (_tails.TryGetValue(tail.Log, out var present))
        {
            var remaining = present.Remove(tail);
            if (remaining.IsEmpty
                ? _tails.TryRemove(new KeyValuePair<LogId, ImmutableArray<LogTail>>(tail.Log, present))
                : _tails.TryUpdate(tail.Log, remaining, present))
            {
                if (remaining.IsEmpty)
                {
                    TailedChanged?.Invoke(tail.Log, false);
                }

                return;
            }
        }
    }
}
