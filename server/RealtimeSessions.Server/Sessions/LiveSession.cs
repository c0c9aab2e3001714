using RealtimeSessions.EventLog;
using RealtimeSessions.EventLog.Replicas;
using RealtimeSessions.Server.Sessions.Following;

namespace RealtimeSessions.Server.Sessions;

/// <summary>A session in use on this server: its replica and its lane. Held by leases (<see cref="LiveSessions"/>).</summary>
internal sealed class LiveSession
{
    private static readonly Task<Replica<SessionState>?> Nothing = Task.FromResult<Replica<SessionState>?>(null);

    private readonly IEventLog _eventLog;
    private readonly ILogger _logger;
    private readonly Lock _lock = new();
    private Task<Replica<SessionState>?>? _opening;
    private bool _isClosed;

    public LiveSession(SessionKey key, IEventLog eventLog, LaneServices lane, ILogger logger)
    {
        (_eventLog, _logger, Key, Log) = (eventLog, logger, key, key.Log);
        Lane = new SessionLane(this, lane);
    }

    public SessionKey Key { get; }

    public LogId Log { get; }

    public SessionLane Lane { get; }

    /// <summary>What the catalog and the feed have yet to follow.</summary>
    public FollowState Following { get; } = new();

    /// <summary>Whether the session was found to exist.</summary>
    public bool IsOpen => _opening is { IsCompletedSuccessfully: true, Result: not null };

    /// <summary>The replica, opened at the first call that finds the session; null if there is no such session.</summary>
    public Task<Replica<SessionState>?> OpenAsync()
    {
        lock (_lock)
        {
            if (_opening is null or { IsFaulted: true } || (!_isClosed && _opening is { IsCompletedSuccessfully: true, Result: null or { HasFailed: true } }))
            {
                _opening = Replica<SessionState>.OpenAsync(_eventLog, Log, SessionFold.Instance, _logger);
            }

            return _opening;
        }
    }

    /// <summary>Stops following the log. Nobody holds a lease any more.</summary>
    public async Task CloseAsync()
    {
        Task<Replica<SessionState>?> opening;
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
