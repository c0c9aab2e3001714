using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.EventLog.Replicas;

/// <summary>Is told how a replica moves. Calls come one after the other, in the log's order, and must not block.</summary>
/// <typeparam name="TState">The state's type.</typeparam>
public interface IReplicaObserver<TState>
    where TState : class
{
    /// <summary>Events were folded.</summary>
    /// <param name="events">Consecutive events.</param>
    /// <param name="after">The state after the last of them.</param>
    void OnEvents(IReadOnlyList<LogEvent> events, ReplicaState<TState> after);

    /// <summary>History could not be continued: this state replaces whatever was known.</summary>
    void OnReset(ReplicaState<TState> state);

    /// <summary>The log was deleted.</summary>
    void OnDeleted();

    /// <summary>The replica has stopped, because its events could not be folded or told. Nothing more is told.</summary>
    void OnFailed();
}

/// <summary>
/// The state of one log on this server, kept current by the log's tail from the moment it is opened until it is disposed.
/// </summary>
/// <remarks>Reading <see cref="Current"/> is free and thread-safe; the state may be a moment behind the log (see <see cref="ReadLatestAsync"/>).</remarks>
/// <typeparam name="TState">The state's type.</typeparam>
public sealed partial class Replica<TState> : IAsyncDisposable
    where TState : class
{
    private readonly IEventLog _eventLog;
    private readonly LogId _log;
    private readonly IFold<TState> _fold;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _moving = new();
    private readonly PositionWaiters _waiting;
    private ImmutableArray<IReplicaObserver<TState>> _observers = [];
    private volatile ReplicaState<TState> _current;
    private Task _running = Task.CompletedTask;
    private volatile bool _isDisposed;
    private volatile Exception? _failure;

    private Replica(IEventLog eventLog, LogId log, IFold<TState> fold, ReplicaState<TState> current, ILogger logger)
    {
        (_eventLog, _log, _fold, _current, _logger) = (eventLog, log, fold, current, logger);
        _waiting = new PositionWaiters(IsReached, FindFailure);
    }

    /// <summary>The state as far as it was folded.</summary>
    public ReplicaState<TState> Current => _current;

    /// <summary>True once the log was deleted; <see cref="Current"/> then stays what it was.</summary>
    public bool IsDeleted { get; private set; }

    /// <summary>True once the replica has stopped by a failure; another one can be opened.</summary>
    public bool HasFailed => _failure is not null;

    /// <summary>Reads the state and begins to follow the log.</summary>
    /// <param name="eventLog">The engine.</param>
    /// <param name="log">The log.</param>
    /// <param name="fold">How its state follows from its events.</param>
    /// <param name="logger">For failures of the fold.</param>
    /// <returns>The replica, or null if there is no such log.</returns>
    /// <exception cref="EngineUnavailableException">The engine could not be reached.</exception>
    public static async Task<Replica<TState>?> OpenAsync(IEventLog eventLog, LogId log, IFold<TState> fold, ILogger logger)
    {
        if (await StateReader.ReadAsync(eventLog, log, fold) is not { } state)
        {
            return null;
        }

        var replica = new Replica<TState>(eventLog, log, fold, state, logger);
        replica._running = Task.Run(replica.FollowAsync);
        return replica;
    }

    /// <summary>Tells an observer of everything after the state that is returned.</summary>
    public ReplicaState<TState> Attach(IReplicaObserver<TState> observer)
    {
        lock (_moving)
        {
            _observers = _observers.Add(observer);
            return _current;
        }
    }

    /// <summary>Tells an observer nothing more. A call to it that is under way has ended when this returns.</summary>
    public void Detach(IReplicaObserver<TState> observer)
    {
        lock (_moving)
        {
            _observers = _observers.Remove(observer);
        }
    }

    /// <summary>Waits until the replica has folded the event at a position, or a history that has replaced that one.</summary>
    /// <exception cref="EngineUnavailableException">The engine could not be reached.</exception>
    /// <exception cref="InvalidOperationException">The replica has failed.</exception>
    public async Task WaitForAsync(Position position, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var epoch = _current.Position.Epoch;
            if (epoch == position.Epoch)
            {
                await ReachAsync(position, cancellationToken);
                return;
            }

            // One of the two histories is over; the log tells which.
            if (await _eventLog.ReadAsync(_log, 0, 0, cancellationToken) is not { } page || page.Head.Position.Epoch == epoch || HasEnded)
            {
                return;
            }

            await ReachAsync(new Position(epoch, long.MaxValue), cancellationToken);
        }
    }

    /// <summary>The state with everything in it that the log held when this was called.</summary>
    /// <returns>The state, or null if the log has been deleted.</returns>
    /// <exception cref="EngineUnavailableException">The engine could not be reached.</exception>
    /// <exception cref="InvalidOperationException">The replica has failed.</exception>
    public async Task<ReplicaState<TState>?> ReadLatestAsync(CancellationToken cancellationToken = default)
    {
        if (IsDeleted || await _eventLog.ReadAsync(_log, 0, 0, cancellationToken) is not { } page)
        {
            return null;
        }

        await WaitForAsync(page.Head.Position, cancellationToken);
        return IsDeleted ? null : _current;
    }

    /// <summary>Stops following the log.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _isDisposed = true;
        _waiting.Release();
        _stop.Dispose();
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "A fold that fails must not end the process; it is logged.")]
    private async Task FollowAsync()
    {
        try
        {
            while (!IsDeleted)
            {
                await using var tail = _eventLog.OpenTail(_log, _current.Position);
                await FollowAsync(tail);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
        }
        catch (Exception exception)
        {
            LogFailed(_logger, _log, exception);
            Fail(exception);
        }
    }

    private void Fail(Exception exception)
    {
        lock (_moving)
        {
            _failure = exception;
            Tell(static observer => observer.OnFailed());
        }

        _waiting.Release();
    }

    /// <summary>Follows one tail to its end.</summary>
    private async Task FollowAsync(ILogTail tail)
    {
        while (true)
        {
            var batch = await tail.ReadAsync(_stop.Token);
            if (batch.Kind == TailBatchKind.Events)
            {
                Fold(batch.Events);
                _waiting.Release();
                continue;
            }

            var reloaded = batch.Kind == TailBatchKind.Reset ? await ReloadAsync() : null;
            lock (_moving)
            {
                if (reloaded is null)
                {
                    IsDeleted = true;
                    Tell(static observer => observer.OnDeleted());
                }
                else
                {
                    _current = reloaded;
                    Tell(observer => observer.OnReset(reloaded));
                }
            }

            _waiting.Release();
            return;
        }
    }

    /// <summary>Folds events, and tells the observer of them in batches that end where the fold says.</summary>
    private void Fold(IReadOnlyList<LogEvent> events)
    {
        var (from, state) = (0, _current.State);
        for (var i = 0; i < events.Count; i++)
        {
            var before = state;
            state = _fold.Apply(state, events[i]);
            if (i < events.Count - 1 && !_fold.EndsBatch(before, state))
            {
                continue;
            }

            IReadOnlyList<LogEvent> batch = from == 0 && i == events.Count - 1 ? events : [.. events.Skip(from).Take(i + 1 - from)];
            var after = new ReplicaState<TState>(_current.Position with { Sequence = events[i].Sequence }, state);
            lock (_moving)
            {
                _current = after;
                foreach (var observer in _observers)
                {
                    observer.OnEvents(batch, after);
                }
            }

            from = i + 1;
        }
    }

    private async Task<ReplicaState<TState>?> ReloadAsync()
    {
        while (true)
        {
            try
            {
                return await StateReader.ReadAsync(_eventLog, _log, _fold, cancellationToken: _stop.Token);
            }
            catch (EngineUnavailableException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(500), _stop.Token);
            }
        }
    }

    private void Tell(Action<IReplicaObserver<TState>> tell)
    {
        foreach (var observer in _observers)
        {
            tell(observer);
        }
    }

    private bool HasEnded => IsDeleted || _isDisposed || HasFailed;

    /// <summary>Waits for an event of the present history, or for the end of that history.</summary>
    private Task ReachAsync(Position position, CancellationToken cancellationToken)
    {
        if (!HasFailed && IsReached(position))
        {
            return Task.CompletedTask;
        }

        var reached = _waiting.Add(position);
        _waiting.Release();
        return reached.WaitAsync(cancellationToken);
    }

    private bool IsReached(Position position)
    {
        var current = _current.Position;
        return HasEnded || current.Epoch != position.Epoch || current.Sequence >= position.Sequence;
    }

    private InvalidOperationException? FindFailure() =>
        _failure is { } failure ? new InvalidOperationException($"The replica of log {_log} has stopped.", failure) : null;

    [LoggerMessage(2200, LogLevel.Error, "The replica of log {Log} stopped: its events could not be folded or told.")]
    private static partial void LogFailed(ILogger logger, LogId log, Exception exception);
}
