using System.Collections.Concurrent;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using RealtimeSessions.Client.Connecting;
using RealtimeSessions.Client.Replicas;
using RealtimeSessions.Client.Sessions;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.Client;

/// <summary>
/// One connection with a server, and the live sessions on it. It connects when it is first needed and again whenever the connection is lost. Thread-safe.
/// </summary>
/// <example><code>
/// await using var client = new RealtimeClient(new() { Url = new("http://localhost:5080"), AccessToken = _ => GetTokenAsync() });
/// await using var session = await client.JoinSessionAsync("demo", "welcome");
/// await session.PatchAsync(new JsonObject { ["title"] = "Plans" });
/// </code></example>
public sealed partial class RealtimeClient : IAsyncDisposable
{
    private readonly ConcurrentDictionary<SessionKey, LiveReplica> _sessions = new();
    private readonly RealtimeClientOptions _options;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly ConnectionLoop _loop;
    private readonly Notifier _notifier;
    private readonly Handlers<ConnectionState> _stateHandlers;
    private readonly Lock _lock = new();
    private IHubLink? _link;
    private Task? _closing;

    /// <summary>A client that is not connected yet.</summary>
    /// <param name="options">How it connects; not to be changed any more.</param>
    /// <param name="loggers">Where it logs. Default: nowhere.</param>
    /// <param name="time">The clock. Default: the system's.</param>
    /// <exception cref="ArgumentException">The options are wrong.</exception>
    public RealtimeClient(RealtimeClientOptions options, ILoggerFactory? loggers = null, TimeProvider? time = null)
        : this(
            options,
            (listener, cancellation) => HubLink.OpenAsync(options, loggers ?? NullLoggerFactory.Instance, listener, cancellation),
            loggers ?? NullLoggerFactory.Instance,
            time ?? TimeProvider.System)
    {
    }

    /// <summary>A client over connections of another kind.</summary>
    internal RealtimeClient(
        RealtimeClientOptions options, Func<IHubListener, CancellationToken, Task<IHubLink>> open, ILoggerFactory loggers, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        (_options, _time, _logger) = (options, time, loggers.CreateLogger<RealtimeClient>());
        _notifier = new Notifier(_logger);
        _stateHandlers = _notifier.Handlers<ConnectionState>();
        var listener = new SessionRouter(Find);
        _loop = new ConnectionLoop(options, cancellation => open(listener, cancellation), _time, _logger)
        {
            Changed = OnChanged,
        };
    }

    /// <summary>How the connection stands.</summary>
    public ConnectionState State => _loop.State;

    /// <summary>Calls a handler with each new state, one after the other.</summary>
    /// <returns>Disposing ends it.</returns>
    public IDisposable OnState(Action<ConnectionState> handler) => _stateHandlers.Add(handler);

    /// <summary>Connects, if that has not been done. Everything else here does it by itself.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="RealtimeException"><see cref="ClientErrors.ConnectionFailed"/>: not within <see cref="RealtimeClientOptions.ConnectTimeout"/>, or the client is closed.</exception>
    public async Task ConnectAsync(CancellationToken cancellationToken = default) => await _loop.ConnectedAsync(cancellationToken);

    /// <summary>Joins a session.</summary>
    /// <param name="applicationId">The application.</param>
    /// <param name="sessionId">The session.</param>
    /// <param name="options">How. Default: without conflation and presence.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The session with its state. Dispose it to leave.</returns>
    /// <exception cref="RealtimeException">The server refuses it, or cannot be reached.</exception>
    /// <exception cref="InvalidOperationException">This client is in that session already; the one live session can be shared.</exception>
    public async Task<LiveSession> JoinSessionAsync(
        string applicationId, string sessionId, JoinSessionOptions? options = null, CancellationToken cancellationToken = default) =>
        new(await EnterAsync(applicationId, sessionId, options, cancellationToken));

    /// <summary>Joins a session whose data are of a type.</summary>
    /// <param name="applicationId">The application.</param>
    /// <param name="sessionId">The session.</param>
    /// <param name="type">How the data are read and written, from a source-generated context.</param>
    /// <param name="options">How. Default: without conflation and presence.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The session with its state. Dispose it to leave.</returns>
    /// <exception cref="RealtimeException">The server refuses it, or cannot be reached.</exception>
    /// <exception cref="InvalidOperationException">This client is in that session already; the one live session can be shared.</exception>
    public async Task<LiveSession<TData>> JoinSessionAsync<TData>(
        string applicationId, string sessionId, JsonTypeInfo<TData> type, JoinSessionOptions? options = null, CancellationToken cancellationToken = default) =>
        new(await EnterAsync(applicationId, sessionId, options, cancellationToken), type);

    /// <summary>Leaves every session and closes the connection, for good. Own changes that have no answer within <see cref="RealtimeClientOptions.LeaveTimeout"/> fail.</summary>
    public ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            return new ValueTask(_closing ??= CloseAsync());
        }
    }

    /// <summary>Calls a method of the hub.</summary>
    internal async Task<TAnswer> InvokeAsync<TAnswer>(string method, object request, CancellationToken cancellationToken)
    {
        var link = await _loop.ConnectedAsync(cancellationToken);
        return await link.InvokeAsync<TAnswer>(method, request, cancellationToken);
    }

    /// <summary>Leaves a session: waits a while for the answers to own changes, and as long again for the server to know.</summary>
    internal async Task LeaveAsync(LiveReplica session, CancellationToken cancellationToken)
    {
        await session.SettledAsync(_options.LeaveTimeout, cancellationToken);
        session.Leave();
        await session.Gone.WaitAsync(_options.LeaveTimeout, _time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task CloseAsync()
    {
        await Task.WhenAll(_sessions.Values.Select(session => LeaveAsync(session, CancellationToken.None)));
        await _loop.DisposeAsync();
    }

    private async Task<SessionParts> EnterAsync(
        string applicationId, string sessionId, JoinSessionOptions? options, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(applicationId);
        ArgumentException.ThrowIfNullOrEmpty(sessionId);
        await _loop.ConnectedAsync(cancellationToken);
        var key = new SessionKey(applicationId, sessionId);
        var notices = new SessionNotices(_logger);
        var replica = new LiveReplica(key, options ?? new JoinSessionOptions(), Limits(), notices, _time);
        while (Add(key, replica) is { } leaving)
        {
            await leaving.WaitAsync(cancellationToken);
        }

        try
        {
            await replica.Ready.WaitAsync(cancellationToken);
        }
        catch
        {
            replica.Leave();
            throw;
        }

        return new SessionParts(this, key, replica, notices, _time);
    }

    /// <summary>Adds a session, which is joined then.</summary>
    /// <returns>Null; or the end of the one that is being left, which has to come first.</returns>
    private Task? Add(SessionKey key, LiveReplica replica)
    {
        lock (_lock)
        {
            if (State == ConnectionState.Closed)
            {
                throw new RealtimeException(new Error(ClientErrors.ConnectionFailed, "The client is closed."));
            }

            if (!_sessions.TryAdd(key, replica))
            {
                var present = _sessions.GetValueOrDefault(key);
                return present is null ? Task.CompletedTask
                    : present.Left.IsCompleted ? present.Gone
                    : throw new InvalidOperationException($"The client is in the session {key.ApplicationId}/{key.SessionId} already.");
            }

            replica.Gone = ForgetAsync(key, replica);
            if (_link is not null)
            {
                replica.OnConnected(_link);
            }

            return null;
        }
    }

    /// <summary>Tells the server once a session was left, and takes it out then: so a join that follows is never undone by it.</summary>
    private async Task ForgetAsync(SessionKey key, LiveReplica replica)
    {
        await replica.Left;
        await replica.Joining;
        if (replica.Link is { } link)
        {
            try
            {
                var request = new Protocol.Requests.SessionRequest { ApplicationId = key.ApplicationId, SessionId = key.SessionId };
                await link.InvokeAsync<Empty>("LeaveSession", request, CancellationToken.None);
            }
            catch (RealtimeException exception)
            {
                LogNotLeft(_logger, exception.Message);
            }
        }

        _sessions.TryRemove(KeyValuePair.Create(key, replica));
    }

    private void OnChanged(ConnectionState state, IHubLink? link)
    {
        lock (_lock)
        {
            _link = link;
            foreach (var session in _sessions.Values)
            {
                if (link is not null)
                {
                    session.OnConnected(link);
                }
                else if (state == ConnectionState.Closed)
                {
                    session.Leave();
                }
                else
                {
                    session.OnDisconnected();
                }
            }
        }

        _stateHandlers.Post(state);
    }

    private LiveReplica? Find(SessionKey key) => _sessions.GetValueOrDefault(key);

    private ReplicaLimits Limits() => new()
    {
        PendingChanges = _options.MaximumPendingChanges,
        PendingBytes = _options.MaximumPendingBytes,
        MessageBytes = _options.MaximumMessageBytes,
        Depth = _options.MaximumDepth,
        UndoSteps = _options.MaximumUndoSteps,
        MessageWeight = _options.Protocol == RealtimeProtocol.Json ? change => change.Weight : MessagePackWeight.Of,
    };

    [LoggerMessage(5020, LogLevel.Debug, "The server was not told that a session was left: {Reason}")]
    private static partial void LogNotLeft(ILogger logger, string reason);
}
