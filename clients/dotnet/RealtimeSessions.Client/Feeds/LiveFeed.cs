using Microsoft.Extensions.Logging;
using RealtimeSessions.Client.Connecting;
using RealtimeSessions.Client.Live;
using RealtimeSessions.Client.Replicas;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;

namespace RealtimeSessions.Client.Feeds;

/// <summary>A cursor on a feed with what it has not of itself: a connection, a clock, a lock, and an application that listens. Thread-safe.</summary>
internal abstract class LiveFeed<TEvent> : ILiveReplica
    where TEvent : class
{
    private readonly FeedReplica<TEvent> _replica = new();
    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ITimer _retryTimer;
    private TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IHubLink? _link;

    /// <summary>Counts watches: the answer to one that another has taken the place of is none.</summary>
    private int _watches;

    /// <param name="logger">Where it says what a handler threw.</param>
    /// <param name="time">The clock.</param>
    protected LiveFeed(ILogger logger, TimeProvider time)
    {
        _retryTimer = time.CreateTimer(_ => Step(static replica => replica.OnRetry()), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Notices = new FeedNotices<TEvent>(logger, Lock);
    }

    /// <summary>Whom it tells.</summary>
    public FeedNotices<TEvent> Notices { get; }

    /// <summary>Completes when it has begun: from then on everything is told. Fails if it is left before.</summary>
    public Task Ready => Read(_ => _ready.Task);

    public Task Left => _left.Task;

    public Task Joining { get; private set; } = Task.CompletedTask;

    public IHubLink? Link => Read(_ => _link);

    protected Lock Lock { get; } = new();

    /// <summary>Reads something, all of it at one moment.</summary>
    public T Read<T>(Func<FeedReplica<TEvent>, T> read)
    {
        lock (Lock)
        {
            return read(_replica);
        }
    }

    public void OnConnected(IHubLink link) => Step(replica =>
    {
        _link = link;
        replica.OnConnected();
    });

    public void OnDisconnected() => Step(replica =>
    {
        _link = null;
        replica.OnDisconnected();
    });

    public void OnEvent(TEvent next, Position position, Guid? eventId) => Step(replica => replica.OnEvent(next, position, eventId));

    public void OnReset(Position position) => Step(replica => replica.OnReset(position));

    public void OnPosition(Position position) => Step(replica => replica.OnPosition(position));

    public void OnLeft(string reason) => Step(replica => replica.OnLeft(reason));

    /// <summary>There is nothing to be answered.</summary>
    public Task SettledAsync(TimeSpan patience, CancellationToken cancellationToken) => Task.CompletedTask;

    public void Leave() => Step(static replica => replica.Leave());

    public abstract Task TellLeftAsync(IHubLink link);

    /// <summary>Calls the method that watches; the call goes out before this returns.</summary>
    protected abstract Task<(Position Position, bool Recovered)> WatchAsync(IHubLink link, ResumePosition? since);

    /// <summary>Tells what has happened. Called under the lock.</summary>
    protected virtual void Tell(ReplicaOutput output) => Notices.Tell(output);

    /// <summary>Tells what is so. Called under the lock.</summary>
    protected virtual void TellState(SyncStatus status) => Notices.TellState(status);

    /// <summary>Watches anew, for something else. Called under the lock.</summary>
    protected void Renew()
    {
        if (_ready.Task.IsCompletedSuccessfully)
        {
            _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        _replica.Renew();
        Follow();
    }

    private void Step(Action<FeedReplica<TEvent>> step)
    {
        lock (Lock)
        {
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
                    Joining = AnswerAsync(_link!, ++_watches, WatchAsync(_link!, join.Since));
                    break;
                case ReplicaOutput.Wait wait:
                    _retryTimer.Change(wait.Delay, Timeout.InfiniteTimeSpan);
                    break;
                case ReplicaOutput.Left left:
                    End(left);
                    break;
                default:
                    Tell(output);
                    break;
            }
        }

        if (_replica.HasBegun)
        {
            _ready.TrySetResult();
        }

        TellState(_replica.Status);
    }

    private async Task AnswerAsync(IHubLink link, int number, Task<(Position Position, bool Recovered)> call)
    {
        try
        {
            var (position, recovered) = await call;
            OnAnswer(link, number, replica => replica.OnWatched(position, recovered));
        }
        catch (RealtimeException exception) when (exception.Code != ClientErrors.ConnectionFailed)
        {
            OnAnswer(link, number, replica => replica.OnWatchRefused(exception.Error));
        }
        catch (RealtimeException)
        {
            // The end of a connection is told by itself.
        }
    }

    private void OnAnswer(IHubLink link, int number, Action<FeedReplica<TEvent>> step) => Step(replica =>
    {
        if ((_link, _watches) == (link, number))
        {
            step(replica);
        }
    });

    private void End(ReplicaOutput.Left left)
    {
        Tell(left);
        _ready.TrySetException(new RealtimeException(left.Error ?? new Error(ClientErrors.Left, $"Left: {left.Reason}.")));
        _ = _ready.Task.Exception;
        _left.TrySetResult();
        _retryTimer.Dispose();
    }
}
