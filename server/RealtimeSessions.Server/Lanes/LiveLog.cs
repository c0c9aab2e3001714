using RealtimeSessions.EventLog;
using RealtimeSessions.EventLog.Replicas;
using RealtimeSessions.Server.Lanes.Following;

namespace RealtimeSessions.Server.Lanes;

/// <summary>A log in use on this server: its replica and its lane. Held by leases (<see cref="LiveLogs{TKey, TState, TScene}"/>).</summary>
internal sealed class LiveLog<TKey, TState, TScene>
    where TKey : notnull
    where TState : class
{
    private static readonly Task<Replica<TState>?> Nothing = Task.FromResult<Replica<TState>?>(null);

    private readonly LogKind<TKey, TState> _kind;
    private readonly IEventLog _eventLog;
    private readonly ILogger _logger;
    private readonly Lock _lock = new();
    private Task<Replica<TState>?>? _opening;
    private bool _isClosed;

    public LiveLog(TKey key, LogKind<TKey, TState> kind, IEventLog eventLog, LaneServices<TKey, TState, TScene> lane, ILogger logger)
    {
        (_kind, _eventLog, _logger, Key, Log) = (kind, eventLog, logger, key, kind.LogOf(key));
        Lane = new Lane<TKey, TState, TScene>(this, lane);
    }

    public TKey Key { get; }

    public LogId Log { get; }

    public Lane<TKey, TState, TScene> Lane { get; }

    /// <summary>What the catalog and the feed have yet to follow.</summary>
    public FollowState<TKey, TState> Following { get; } = new();

    /// <summary>Whether the log was found to exist.</summary>
    public bool IsOpen => _opening is { IsCompletedSuccessfully: true, Result: not null };

    /// <summary>The replica, opened at the first call that finds the log; null if there is no such log.</summary>
    public Task<Replica<TState>?> OpenAsync()
    {
        lock (_lock)
        {
            if (_opening is null or { IsFaulted: true } || (!_isClosed && _opening is { IsCompletedSuccessfully: true, Result: null or { HasFailed: true } }))
            {
                _opening = Replica<TState>.OpenAsync(_eventLog, Log, _kind.Fold, _logger);
            }

            return _opening;
        }
    }

    /// <summary>Stops following the log. Nobody holds a lease any more.</summary>
    public async Task CloseAsync()
    {
        Task<Replica<TState>?> opening;
        lock (_lock)
        {
            // Whoever still comes finds nothing to open.
            (opening, _opening) = (_opening ?? Nothing, Nothing);
            _isClosed = true;
        }

        await opening.ContinueWith(static _ => { }, TaskScheduler.Default);
        if (opening is { IsCompletedSuccessfully: true, Result: { } replica })
        {
            await replica.DisposeAsync();
        }
    }
}
