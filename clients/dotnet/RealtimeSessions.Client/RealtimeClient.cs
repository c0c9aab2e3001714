using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using RealtimeSessions.Client.Connecting;
using RealtimeSessions.Client.Conversations;
using RealtimeSessions.Client.Feeds;
using RealtimeSessions.Client.Live;
using RealtimeSessions.Client.Replicas;
using RealtimeSessions.Client.Sessions;

namespace RealtimeSessions.Client;

/// <summary>
/// One connection with a server, and the live sessions, conversations, lists and feeds on it. It connects when it is first needed and again whenever the connection is lost. Thread-safe.
/// </summary>
/// <example><code>
/// await using var client = new RealtimeClient(new() { Url = new("http://localhost:5080"), AccessToken = _ => GetTokenAsync() });
/// await using var session = await client.JoinSessionAsync("demo", "welcome");
/// await session.PatchAsync(new JsonObject { ["title"] = "Plans" });
/// </code></example>
public sealed partial class RealtimeClient : IAsyncDisposable
{
    private readonly RealtimeClientOptions _options;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly ConnectionLoop _loop;
    private readonly Notifier _notifier;
    private readonly Handlers<ConnectionState> _stateHandlers;
    private readonly LiveTable<SessionKey, LiveSessionReplica> _sessions;
    private readonly Lock _lock = new();
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
        _sessions = new LiveTable<SessionKey, LiveSessionReplica>(options.LeaveTimeout, time, _logger);
        _conversations = new LiveTable<long, LiveConversationReplica>(options.LeaveTimeout, time, _logger);
        _applications = new LiveTable<string, ApplicationWatch>(options.LeaveTimeout, time, _logger);
        _spaces = new LiveTable<long, SpaceWatch>(options.LeaveTimeout, time, _logger);
        var listener = new HubRouter(_sessions.Find, _conversations.Find, _applications.Find, _spaces.Find, _spaces.FindAll);
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
    /// <returns>
    /// The session with its state. Dispose it to leave. One that this client is in already is shared, as it was joined first, and left with the last one that is disposed.
    /// </returns>
    /// <exception cref="RealtimeException">The server refuses it, or cannot be reached.</exception>
    public async Task<LiveSession> JoinSessionAsync(
        string applicationId, string sessionId, JoinSessionOptions? options = null, CancellationToken cancellationToken = default) =>
        new(await EnterAsync(applicationId, sessionId, options, cancellationToken));

    /// <summary>Joins a session whose data are of a type.</summary>
    /// <param name="applicationId">The application.</param>
    /// <param name="sessionId">The session.</param>
    /// <param name="type">How the data are read and written, from a source-generated context.</param>
    /// <param name="options">How. Default: without conflation and presence.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>
    /// The session with its state. Dispose it to leave. One that this client is in already is shared, as it was joined first, and left with the last one that is disposed.
    /// </returns>
    /// <exception cref="RealtimeException">The server refuses it, or cannot be reached.</exception>
    public async Task<LiveSession<TData>> JoinSessionAsync<TData>(
        string applicationId, string sessionId, JsonTypeInfo<TData> type, JoinSessionOptions? options = null, CancellationToken cancellationToken = default) =>
        new(await EnterAsync(applicationId, sessionId, options, cancellationToken), type);

    /// <summary>Leaves every session and conversation, ends every watch and closes the connection, for good. Own changes that have no answer within <see cref="RealtimeClientOptions.LeaveTimeout"/> fail.</summary>
    public ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            return new ValueTask(_closing ??= CloseAsync());
        }
    }

    /// <summary>The clock.</summary>
    internal TimeProvider Time => _time;

    /// <summary>Calls a method of the hub.</summary>
    internal async Task<TAnswer> InvokeAsync<TAnswer>(string method, object request, CancellationToken cancellationToken)
    {
        var link = await _loop.ConnectedAsync(cancellationToken);
        return await link.InvokeAsync<TAnswer>(method, request, cancellationToken);
    }

    /// <summary>Gives a session back.</summary>
    internal Task LeaveAsync(Held<LiveSessionReplica> session, CancellationToken cancellationToken) => _sessions.ReleaseAsync(session, cancellationToken);

    private async Task CloseAsync()
    {
        await Task.WhenAll(_sessions.CloseAsync(), _conversations.CloseAsync(), _applications.CloseAsync(), _spaces.CloseAsync());
        await _loop.DisposeAsync();
    }

    private async Task<Held<LiveSessionReplica>> EnterAsync(
        string applicationId, string sessionId, JoinSessionOptions? options, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(applicationId);
        ArgumentException.ThrowIfNullOrEmpty(sessionId);
        await _loop.ConnectedAsync(cancellationToken);
        var key = new SessionKey(applicationId, sessionId);
        return await _sessions.HoldAsync(
            key, () => new(this, new LiveSessionReplica(key, options ?? new JoinSessionOptions(), Limits(), _logger, _time)), cancellationToken);
    }

    private void OnChanged(ConnectionState state, IHubLink? link)
    {
        _sessions.Follow(link);
        _conversations.Follow(link);
        _applications.Follow(link);
        _spaces.Follow(link);
        _stateHandlers.Post(state);
    }

    private ReplicaLimits Limits() => new()
    {
        PendingChanges = _options.MaximumPendingChanges,
        PendingBytes = _options.MaximumPendingBytes,
        MessageBytes = _options.MaximumMessageBytes,
        Depth = _options.MaximumDepth,
        UndoSteps = _options.MaximumUndoSteps,
        MessageWeight = _options.Protocol == RealtimeProtocol.Json ? change => change.Weight : MessagePackWeight.Of,
    };
}
