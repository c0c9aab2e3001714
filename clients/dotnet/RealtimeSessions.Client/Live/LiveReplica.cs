using RealtimeSessions.Client.Connecting;
using RealtimeSessions.Client.Replicas;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;

namespace RealtimeSessions.Client.Live;

/// <summary>A replica with what it has not of itself: a connection, a clock, a lock, and an application that listens. Thread-safe.</summary>
internal abstract class LiveReplica<TReplica, TEvent, TChange> : ILiveReplica
    where TReplica : LogReplica<TEvent, TChange>
    where TEvent : class
    where TChange : QueuedChange
{
    private static readonly TimeSpan GapPatience = TimeSpan.FromSeconds(10);

    private readonly TReplica _replica;
    private readonly TimeProvider _time;
    private readonly ITimer _retryTimer;
    private readonly ITimer _gapTimer;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IHubLink? _link;
    private (bool HasGap, Position? At) _gap;

    /// <param name="replica">The replica; from here on nobody else's.</param>
    /// <param name="time">The clock.</param>
    protected LiveReplica(TReplica replica, TimeProvider time)
    {
        (_replica, _time) = (replica, time);
        _retryTimer = time.CreateTimer(_ => Step(static replica => replica.OnRetry()), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _gapTimer = time.CreateTimer(_ => Step(static replica => replica.OnGapTimeout()), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public Task Ready => _ready.Task;

    public Task Left => _left.Task;

    public Task Joining { get; private set; } = Task.CompletedTask;

    public IHubLink? Link => Read(_ => _link);

    /// <summary>The connection, where the join on it was answered; null: none.</summary>
    public IHubLink? JoinedLink => Read(replica => replica.IsJoined ? _link : null);

    /// <summary>Whom it tells. Called under the lock.</summary>
    protected abstract INotices Told { get; }

    protected Lock Lock { get; } = new();

    /// <summary>Now.</summary>
    protected DateTimeOffset Now => _time.GetUtcNow();

    /// <summary>Reads something, all of it at one moment.</summary>
    public T Read<T>(Func<TReplica, T> read)
    {
        lock (Lock)
        {
            return read(_replica);
        }
    }

    public void OnConnected(IHubLink link)
    {
        lock (Lock)
        {
            _link = link;
            _replica.OnConnected();
            Follow();
        }
    }

    public void OnDisconnected()
    {
        lock (Lock)
        {
            _link = null;
            _replica.OnDisconnected();
            Follow();
        }
    }

    public void OnEvent(TEvent next)
    {
        lock (Lock)
        {
            _replica.OnEvent(next);
            Follow();
        }
    }

    public void OnLeft(string reason) => Step(replica => replica.OnLeft(reason));

    public async Task SettledAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        Task answers = Task.WhenAll(Read(static replica => replica.Unanswered().Select(change => change.Settled).ToArray()));
        await answers.WaitAsync(patience, _time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ = answers.ContinueWith(
            static late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
    }

    public void Leave() => Step(static replica => replica.Leave());

    public abstract Task TellLeftAsync(IHubLink link);

    /// <summary>Joins; the call goes out before this returns.</summary>
    protected abstract Task JoinAsync(IHubLink link, ResumePosition? since);

    /// <summary>Sends a change; the call goes out before this returns.</summary>
    protected abstract Task SendAsync(IHubLink link, TChange change);

    /// <summary>Does something with the replica, and then what that wants.</summary>
    protected void Step(Action<TReplica> step)
    {
        lock (Lock)
        {
            step(_replica);
            Follow();
        }
    }

    /// <summary>Makes something, unless it is refused at once.</summary>
    /// <exception cref="RealtimeException">It is.</exception>
    protected T Make<T>(Func<TReplica, Result<T>> make)
    {
        lock (Lock)
        {
            var made = make(_replica);
            if (made.Error is { } refusal)
            {
                throw new RealtimeException(refusal);
            }

            Follow();
            return made.Value!;
        }
    }

    /// <summary>Waits for an answer on a connection.</summary>
    protected async Task AnswerAsync<TAnswer>(
        IHubLink link, Task<TAnswer> call, Action<TReplica, TAnswer> answered, Action<TReplica, Error> refused)
    {
        try
        {
            var answer = await call;
            OnAnswer(link, replica => answered(replica, answer));
        }
        catch (RealtimeException exception) when (exception.Code != ClientErrors.ConnectionFailed)
        {
            OnAnswer(link, replica => refused(replica, exception.Error));
        }
        catch (RealtimeException)
        {
            // The end of a connection is told by itself.
        }
    }

    private void OnAnswer(IHubLink link, Action<TReplica> step)
    {
        lock (Lock)
        {
            if (_link != link)
            {
                return; // That connection is lost; on the next one it is asked again.
            }

            step(_replica);
            Follow();
        }
    }

    /// <summary>Does what the replica wants, in its order.</summary>
    private void Follow()
    {
        foreach (var output in _replica.TakeOutputs())
        {
            switch (output)
            {
                case ReplicaOutput.Join join:
                    Joining = JoinAsync(_link!, join.Since);
                    break;
                case ReplicaOutput.Send<TChange> send:
                    _ = SendAsync(_link!, send.Change);
                    break;
                case ReplicaOutput.Wait wait:
                    _retryTimer.Change(wait.Delay, Timeout.InfiniteTimeSpan);
                    break;
                case ReplicaOutput.Left left:
                    End(left);
                    break;
                default:
                    Told.Tell(output);
                    break;
            }
        }

        if (_replica is { IsJoined: true, Position: not null })
        {
            _ready.TrySetResult();
        }

        WatchGap();
        Told.TellState(_replica.Status);
    }

    private void WatchGap()
    {
        var gap = (_replica.HasGap, _replica.HasGap ? _replica.Position : null);
        if (gap != _gap)
        {
            _gap = gap;
            var patience = gap.HasGap ? GapPatience : Timeout.InfiniteTimeSpan;
            _gapTimer.Change(patience, patience);
        }
    }

    private void End(ReplicaOutput.Left left)
    {
        Told.Tell(left);
        _ready.TrySetException(new RealtimeException(left.Error ?? new Error(ClientErrors.Left, $"Left: {left.Reason}.")));
        _ = _ready.Task.Exception;
        _left.TrySetResult();
        _retryTimer.Dispose();
        _gapTimer.Dispose();
    }
}
