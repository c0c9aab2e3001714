using Microsoft.Extensions.Logging;
using RealtimeSessions.Client.Connecting;
using RealtimeSessions.Client.Live;
using RealtimeSessions.Client.Replicas;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;

namespace RealtimeSessions.Client.Feeds;

/// <summary>
/// A list of sessions with what it has not of itself: a connection, a clock, a lock, and an application that listens. Thread-safe; the watch of the application calls it under
/// its own lock, so nothing here calls the watch under that of the list.
/// </summary>
internal sealed class LiveListReplica
{
    private readonly Lock _lock = new();
    private readonly string _applicationId;
    private readonly SessionFilter _filter;
    private readonly SessionList _list;
    private readonly Backoff _backoff = new();
    private readonly ITimer _retryTimer;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IHubLink? _link;
    private SyncStatus _watched;
    private bool _hasLeft;

    /// <summary>Whether a call has failed, so that it is to be read anew.</summary>
    private bool _isStale;

    /// <param name="applicationId">The application.</param>
    /// <param name="filter">Which sessions.</param>
    /// <param name="limit">How many a page holds.</param>
    /// <param name="logger">Where it says what a handler threw.</param>
    /// <param name="time">The clock.</param>
    public LiveListReplica(string applicationId, SessionFilter filter, int limit, ILogger logger, TimeProvider time)
    {
        (_applicationId, _filter) = (applicationId, filter);
        _list = new SessionList(filter, limit);
        _retryTimer = time.CreateTimer(_ => Step(Retry), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Notices = new ListNotices(logger, _lock, () => _list.View);
    }

    /// <summary>Whom it tells.</summary>
    public ListNotices Notices { get; }

    /// <summary>Completes when the first pages are there; fails if it is left before.</summary>
    public Task Ready => _ready.Task;

    public SessionListView View
    {
        get
        {
            lock (_lock)
            {
                return _list.View!;
            }
        }
    }

    public SyncStatus Status
    {
        get
        {
            lock (_lock)
            {
                return Stands();
            }
        }
    }

    /// <summary>The watch tells how it stands, and through which connection.</summary>
    public void OnStatus(SyncStatus watched, IHubLink? link) => Step(() =>
    {
        (_watched, _link) = (watched, link);
        Retry();
    });

    public void OnEvent(ApplicationEvent next) => Step(() => _list.OnEvent(next));

    public void OnReset() => Step(Begin);

    public void OnLeft(ReplicaOutput.Left left) => Step(() => End(left));

    public void Leave() => Step(() => End(new ReplicaOutput.Left("left", Error: null)));

    /// <summary>Reads the next page.</summary>
    /// <param name="list">Lists sessions.</param>
    /// <param name="limit">At most this many; null: as many as the list holds at first.</param>
    /// <returns>How many more are shown then.</returns>
    public async Task<int> LoadMoreAsync(Func<ListSessionsRequest, Task<SessionPage>> list, int? limit)
    {
        PageCall? call;
        int before;
        lock (_lock)
        {
            if (_hasLeft)
            {
                throw new RealtimeException(new Error(ClientErrors.Left, "Left already."));
            }

            (call, before) = (_list.More(limit), _list.View!.Sessions.Count);
        }

        if (call is null)
        {
            return 0;
        }

        try
        {
            var page = await list(RequestOf(call));
            Step(() => _list.OnPage(call, page));
        }
        catch
        {
            Step(() => _list.OnFailed(call));
            throw;
        }

        return Math.Max(0, View.Sessions.Count - before);
    }

    private SyncStatus Stands() =>
        _hasLeft ? SyncStatus.Disconnected
        : _watched != SyncStatus.Synchronized || (_list.IsRight && !_isStale) ? _watched
        : SyncStatus.Synchronizing;

    private void Step(Action step)
    {
        lock (_lock)
        {
            step();
            foreach (var call in _list.TakePageCalls())
            {
                _ = AnswerAsync(ReadAsync(_link, call), page => _list.OnPage(call, page), static _ => false);
            }

            foreach (var call in _list.TakeSessionCalls())
            {
                _ = AnswerAsync(ReadAsync(_link, call), session => _list.OnSession(call, session), error => OnSessionRefused(call, error));
            }

            if (_list.View is not null)
            {
                _ready.TrySetResult();
            }

            Notices.TellState(Stands());
        }
    }

    private void Begin()
    {
        if (!_hasLeft)
        {
            _isStale = false;
            _list.Begin();
        }
    }

    private void Retry()
    {
        if (_isStale && _watched == SyncStatus.Synchronized)
        {
            Begin();
        }
    }

    private ListSessionsRequest RequestOf(PageCall call) => new()
    {
        ApplicationId = _applicationId, Status = _filter.Status, Properties = _filter.Properties, Limit = call.Limit, Cursor = call.Cursor,
    };

    private Task<SessionPage> ReadAsync(IHubLink? link, PageCall call) => InvokeAsync<SessionPage>(link, "ListSessions", RequestOf(call));

    private Task<Session> ReadAsync(IHubLink? link, SessionCall call) =>
        InvokeAsync<Session>(link, "GetSession", new SessionRequest { ApplicationId = _applicationId, SessionId = call.SessionId });

    private static Task<T> InvokeAsync<T>(IHubLink? link, string method, object request) =>
        link?.InvokeAsync<T>(method, request, CancellationToken.None)
        ?? Task.FromException<T>(new RealtimeException(new Error(ClientErrors.ConnectionFailed, "There is no connection.")));

    /// <summary>Waits for an answer; what could not be read is missing: all of it is read anew, when it can be.</summary>
    private async Task AnswerAsync<T>(Task<T> call, Action<T> answered, Func<Error, bool> refused)
    {
        try
        {
            var answer = await call;
            Step(() =>
            {
                _backoff.Reset();
                answered(answer);
            });
        }
        catch (RealtimeException exception)
        {
            Step(() =>
            {
                if (!_hasLeft && !refused(exception.Error))
                {
                    OnFailed(exception.Error);
                }
            });
        }
    }

    private void OnFailed(Error error)
    {
        if (!error.Code.IsRetryable)
        {
            End(new ReplicaOutput.Left(error.Code.Name, error));
            return;
        }

        _isStale = true;
        if (error.Code != ClientErrors.ConnectionFailed)
        {
            _retryTimer.Change(Backoff.RetryAfter(error) ?? _backoff.Next(), Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>That there is no such session for the caller is an answer.</summary>
    private bool OnSessionRefused(SessionCall call, Error error)
    {
        var isAnswer = error.Code == ErrorCode.SessionNotFound || error.Code == ErrorCode.ApplicationNotFound;
        if (isAnswer)
        {
            _list.OnSession(call, session: null);
        }

        return isAnswer;
    }

    private void End(ReplicaOutput.Left left)
    {
        if (_hasLeft)
        {
            return;
        }

        _hasLeft = true;
        _retryTimer.Dispose();
        _ready.TrySetException(new RealtimeException(left.Error ?? new Error(ClientErrors.Left, $"Left: {left.Reason}.")));
        _ = _ready.Task.Exception;
        Notices.TellState(SyncStatus.Disconnected);
        Notices.Tell(left);
    }
}

/// <summary>What the application is told of a list, in order.</summary>
internal sealed class ListNotices(ILogger logger, Lock listLock, Func<SessionListView?> view) : Notices<SessionListView>(logger, listLock, view);
