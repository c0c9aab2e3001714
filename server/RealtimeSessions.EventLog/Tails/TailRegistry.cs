using RealtimeSessions.Protocol;

namespace RealtimeSessions.EventLog.Tails;

/// <summary>The open tails of one engine on this server.</summary>
internal sealed class TailRegistry : IAsyncDisposable
{
    /// <summary>Into how many parts the check interval is cut.</summary>
    private const int Slices = 20;

    private readonly ILogTailSource _source;
    private readonly TimeProvider _time;
    private readonly ListenerTable<LogTail> _tails = new();
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

    /// <summary>Raised when a log gets its first tail here and when it has lost its last one. In no particular order across threads:
    /// a handler asks <see cref="HasTails"/> for what is true now.</summary>
    public event Action<LogId>? TailedChanged;

    /// <summary>Whether any tail is open on the log.</summary>
    public bool HasTails(LogId log) => _tails.Has(log);

    /// <summary>Opens a tail.</summary>
    public LogTail Open(LogId log, Position after)
    {
        var tail = new LogTail(_source, log, after, _time, Remove);
        if (_tails.Add(log, tail))
        {
            TailedChanged?.Invoke(log);
        }

        return tail;
    }

    /// <summary>Hands an announcement to the log's tails. Never blocks.</summary>
    public void Notify(LogNotification notification)
    {
        foreach (var tail in _tails.Of(notification.Log))
        {
            tail.Offer(notification);
        }
    }

    /// <summary>Makes one log's tails compare themselves with its head.</summary>
    public void Check(LogId log)
    {
        foreach (var tail in _tails.Of(log))
        {
            tail.Check();
        }
    }

    /// <summary>Makes every tail compare itself with its log's head, for example after the engine's connection has come back.</summary>
    public void CheckAll()
    {
        foreach (var log in _tails.Names)
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

        foreach (var tail in _tails.Names.SelectMany(log => _tails.Of(log)).ToArray())
        {
            await tail.DisposeAsync();
        }
    }

    /// <summary>Checks those logs whose turn it is.</summary>
    private void CheckSlice()
    {
        var slice = (uint)Interlocked.Increment(ref _slice) % Slices;
        foreach (var log in _tails.Names)
        {
            if ((uint)log.GetHashCode() % Slices == slice)
            {
                Check(log);
            }
        }
    }

    private void Remove(LogTail tail)
    {
        if (_tails.Remove(tail.Log, tail))
        {
            TailedChanged?.Invoke(tail.Log);
        }
    }
}
