using RealtimeSessions.Client.Connecting;
using RealtimeSessions.Client.Replicas;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Data;
using RealtimeSessions.Protocol.Requests;

namespace RealtimeSessions.Client.Sessions;

/// <summary>A replica with what it has not of itself: a connection, a clock, a lock, and an application that listens. Thread-safe.</summary>
internal sealed class LiveReplica : IDisposable
{
    private static readonly TimeSpan GapPatience = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly SessionKey _key;
    private readonly JoinSessionOptions _options;
    private readonly TimeProvider _time;
    private readonly Replica _replica;
    private readonly SessionNotices _notices;
    private readonly ITimer _retryTimer;
    private readonly ITimer _gapTimer;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IHubLink? _link;
    private (bool HasGap, Position? At) _gap;

    /// <param name="key">The session.</param>
    /// <param name="options">How it is joined.</param>
    /// <param name="limits">How much is held.</param>
    /// <param name="notices">Whom it tells.</param>
    /// <param name="time">The clock.</param>
    public LiveReplica(SessionKey key, JoinSessionOptions options, ReplicaLimits limits, SessionNotices notices, TimeProvider time)
    {
        (_key, _options, _notices, _time) = (key, options, notices, time);
        Presence = new LivePresence(key, options.Presence, notices.Presence);
        _replica = new Replica(key, limits, () => Guid.NewGuid().ToString("N"));
        _retryTimer = time.CreateTimer(_ => Step(static replica => replica.OnRetry()), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _gapTimer = time.CreateTimer(_ => Step(static replica => replica.OnGapTimeout()), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Completes with the first state; fails if there will be none.</summary>
    public Task Ready => _ready.Task;

    /// <summary>Completes when the session was left.</summary>
    public Task Left => _left.Task;

    /// <summary>Completes when the server knows that it was left, too.</summary>
    public Task Gone { get; set; } = Task.CompletedTask;

    /// <summary>The connection that the session is joined through; null: none.</summary>
    public IHubLink? Link => Read(_ => _link);

    /// <summary>Its id, as others see it.</summary>
    public string? ConnectionId { get; private set; }

    /// <summary>Who is in the session, where it was joined with presence.</summary>
    public LivePresence Presence { get; }

    /// <summary>Completes when the latest join was answered, or its connection has ended.</summary>
    public Task Joining { get; private set; } = Task.CompletedTask;

    /// <summary>Reads something, all of it at one moment.</summary>
    public T Read<T>(Func<Replica, T> read)
    {
        lock (_lock)
        {
            return read(_replica);
        }
    }

    public void OnConnected(IHubLink link)
    {
        lock (_lock)
        {
            _link = link;
            _replica.OnConnected();
            Follow();
        }
    }

    public void OnDisconnected()
    {
        lock (_lock)
        {
            _link = null;
            _replica.OnDisconnected();
            Follow();
        }
    }

    public void OnEvent(SessionEvent next)
    {
        lock (_lock)
        {
            _replica.OnEvent(next);
            Follow();
        }
    }

    public void OnReset(SessionReset reset) => Step(replica => replica.OnReset(reset));

    public void OnLeft(string reason) => Step(replica => replica.OnLeft(reason));

    public void OnSignal(SessionSignal signal) => _notices.Signal.Post(signal);

    /// <summary>Changes the state with which this client is shown.</summary>
    public Task UpdatePresenceAsync(JsonTree patch, CancellationToken cancellationToken) =>
        Presence.ChangeAsync(Read(replica => replica.IsJoined ? _link : null), patch, cancellationToken);

    /// <summary>Waits until what has been changed is answered, or the time is over, or the waiting is ended.</summary>
    public async Task SettledAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        Task answers = Task.WhenAll(Read(static replica => replica.Unanswered().Select(change => change.Settled).ToArray()));
        await answers.WaitAsync(patience, _time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ = answers.ContinueWith(
            static late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
    }

    /// <summary>Makes a change.</summary>
    /// <returns>Completes with its answer.</returns>
    /// <exception cref="RealtimeException">It is refused at once.</exception>
    public Task<Ack> Make(string? name, JsonTree? content)
    {
        var change = new Change(name, content, _time.GetUtcNow());
        lock (_lock)
        {
            if (_replica.Make(change) is { } refusal)
            {
                throw new RealtimeException(refusal);
            }

            Follow();
            return change.Settled;
        }
    }

    /// <summary>Takes the latest own patch back.</summary>
    /// <returns>The answer to the patch that does it; null if there is nothing to take back.</returns>
    /// <exception cref="RealtimeException">It is refused at once.</exception>
    public Task<Ack>? Undo()
    {
        lock (_lock)
        {
            var undone = _replica.Undo(_time.GetUtcNow());
            if (undone.Error is { } refusal)
            {
                throw new RealtimeException(refusal);
            }

            Follow();
            return undone.Value?.Settled;
        }
    }

    /// <summary>Leaves the session: nothing more is sent, told or taken.</summary>
    public void Leave() => Step(static replica => replica.Leave());

    public void Dispose()
    {
        _retryTimer.Dispose();
        _gapTimer.Dispose();
    }

    private void Step(Action<Replica> step)
    {
        lock (_lock)
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
                    Joining = JoinAsync(_link!, join.Since);
                    break;
                case ReplicaOutput.Send send:
                    _ = SendAsync(_link!, send.Change);
                    break;
                case ReplicaOutput.Wait wait:
                    _retryTimer.Change(wait.Delay, Timeout.InfiniteTimeSpan);
                    break;
                case ReplicaOutput.Left left:
                    End(left);
                    break;
                default:
                    _notices.Tell(output);
                    break;
            }
        }

        if (_replica is { IsJoined: true, Confirmed: not null })
        {
            _ready.TrySetResult();
        }

        WatchGap();
        _notices.TellState(this, _replica.Status);
    }

    private void WatchGap()
    {
        var gap = (_replica.HasGap, _replica.HasGap ? _replica.Confirmed?.Position : null);
        if (gap != _gap)
        {
            _gap = gap;
            var patience = gap.HasGap ? GapPatience : Timeout.InfiniteTimeSpan;
            _gapTimer.Change(patience, patience);
        }
    }

    private void End(ReplicaOutput.Left left)
    {
        _notices.Tell(left);
        _ready.TrySetException(new RealtimeException(left.Error ?? new Error(ClientErrors.Left, $"The session was left: {left.Reason}.")));
        _ = _ready.Task.Exception;
        _left.TrySetResult();
        Dispose();
    }

    /// <summary>Joins; the call goes out before this returns.</summary>
    private async Task JoinAsync(IHubLink link, ResumePosition? since)
    {
        var presence = Presence.Own;
        var request = new JoinSessionRequest
        {
            ApplicationId = _key.ApplicationId,
            SessionId = _key.SessionId,
            Since = since,
            Conflate = _options.Conflate,
            Presence = presence,
        };
        try
        {
            var joined = await link.InvokeAsync<JoinedSession>("JoinSession", request, CancellationToken.None);
            OnAnswer(link, replica =>
            {
                ConnectionId = joined.ConnectionId;
                Presence.Accept(link, presence);
                replica.OnJoined(joined.Recovered, joined.UserId);
            });
        }
        catch (RealtimeException exception) when (Presence.TryTakeBack(exception.Error))
        {
            await JoinAsync(link, since);
        }
        catch (RealtimeException exception)
        {
            OnError(link, exception, (replica, error) => replica.OnJoinRefused(error));
        }
    }

    /// <summary>Sends a change; the call goes out before this returns.</summary>
    private async Task SendAsync(IHubLink link, Change change)
    {
        try
        {
            var ack = await ChangeRequests.SendAsync(link, _key, change);
            OnAnswer(link, replica => replica.OnAck(change, ack));
        }
        catch (RealtimeException exception)
        {
            OnError(link, exception, (replica, error) => replica.OnError(change, error));
        }
    }

    private void OnAnswer(IHubLink link, Action<Replica> step)
    {
        lock (_lock)
        {
            if (_link != link)
            {
                return; // That connection is lost; on the next one it is asked again.
            }

            step(_replica);
            Follow();
        }
    }

    private void OnError(IHubLink link, RealtimeException exception, Action<Replica, Error> step)
    {
        // The end of a connection is told by itself.
        if (exception.Code != ClientErrors.ConnectionFailed)
        {
            OnAnswer(link, replica => step(replica, exception.Error));
        }
    }
}
