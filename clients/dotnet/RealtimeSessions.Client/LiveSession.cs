using System.Text.Json.Nodes;
using RealtimeSessions.Client.Live;
using RealtimeSessions.Client.Sessions;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Data;
using RealtimeSessions.Protocol.Requests;

namespace RealtimeSessions.Client;

/// <summary>
/// A session that was joined: its state as it is now with the own changes on top, at once and through lost connections. Thread-safe. Handlers are
/// called one after the other, in order, on a thread of the pool; what one of them throws is logged.
/// </summary>
public class LiveSession : IAsyncDisposable
{
    private readonly Held<LiveSessionReplica> _held;
    private readonly Lock _lock = new();
    private Task? _leaving;

    internal LiveSession(Held<LiveSessionReplica> held) => _held = held;

    /// <summary>The application.</summary>
    public string ApplicationId => _held.Replica.Key.ApplicationId;

    /// <summary>The session's id.</summary>
    public string SessionId => _held.Replica.Key.SessionId;

    /// <summary>The data as this client sees them: what is confirmed, with the own patches on top that are not yet. Immutable.</summary>
    public JsonTree Data => _held.Replica.Read(static replica => replica.View);

    /// <summary>The data as the server has confirmed them up to <see cref="Position"/>.</summary>
    public JsonTree ConfirmedData => _held.Replica.Read(static replica => replica.Confirmed!.Data);

    /// <summary>The session: name, participants, properties, status.</summary>
    public Session Info => _held.Replica.Read(static replica => replica.Confirmed!.Session);

    /// <summary>Up to where everything has been applied.</summary>
    public Position Position => _held.Replica.Read(static replica => replica.Confirmed!.Position);

    /// <summary>How this stands to the server's.</summary>
    public SyncStatus SyncStatus => _held.Replica.Read(static replica => replica.Status);

    /// <summary>How many own changes wait for their answer.</summary>
    public int PendingChanges => _held.Replica.Read(static replica => replica.Pending);

    /// <summary>Whether <see cref="UndoAsync"/> has something to take back.</summary>
    public bool CanUndo => _held.Replica.Read(static replica => replica.CanUndo);

    /// <summary>The user as whom the session was joined.</summary>
    public string UserId => _held.Replica.Read(static replica => replica.UserId);

    /// <summary>The connection's id, as it stands in <see cref="People"/> and in signals; another one after each lost connection.</summary>
    public string ConnectionId => _held.Replica.ConnectionId!;

    /// <summary>
    /// Who is in the session, where it was joined with presence: for each user's id an object, and in it for each of his connections' ids its state. As last heard.
    /// </summary>
    public JsonTree People => _held.Replica.Presence.People;

    /// <summary>Calls a handler with the data whenever they have changed, by anybody. Changes that come close together are told together.</summary>
    /// <returns>Disposing ends it; so it is with all handlers.</returns>
    public IDisposable OnChange(Action<JsonTree> handler) => _held.Replica.Notices.AddChanged(handler);

    /// <summary>Calls a handler with each event that is applied, own ones included, in the session's order.</summary>
    public IDisposable OnEvent(Action<SessionEvent> handler) => _held.Replica.Notices.Event.Add(handler);

    /// <summary>Calls a handler with each event of one type.</summary>
    public IDisposable OnEvent<TEvent>(Action<TEvent> handler)
        where TEvent : SessionEvent =>
        OnEvent(next =>
        {
            if (next is TEvent wanted)
            {
                handler(wanted);
            }
        });

    /// <summary>Calls a handler with each new <see cref="SyncStatus"/>.</summary>
    public IDisposable OnSyncStatus(Action<SyncStatus> handler) => _held.Replica.Notices.Status.Add(handler);

    /// <summary>Calls a handler when the state was replaced, since the events between could not be had: they are not told. It gets the new position.</summary>
    public IDisposable OnReset(Action<Position> handler) => _held.Replica.Notices.Reset.Add(handler);

    /// <summary>Calls a handler with each own change that was refused, or whose fate is not known.</summary>
    public IDisposable OnRefused(Action<RefusedChange> handler) => _held.Replica.Notices.Refused.Add(handler);

    /// <summary>Calls a handler with <see cref="People"/> when they have changed.</summary>
    public IDisposable OnPresence(Action<JsonTree> handler) => _held.Replica.Notices.Presence.Add(handler);

    /// <summary>Calls a handler with each signal of others.</summary>
    public IDisposable OnSignal(Action<SessionSignal> handler) => _held.Replica.Notices.Signal.Add(handler);

    /// <summary>
    /// Calls a handler when the session was left, with the reason: <c>access_revoked</c>, <c>deleted</c>, the code of a refused join, or <c>left</c>. If it has been
    /// left already, soon.
    /// </summary>
    public IDisposable OnLeft(Action<string> handler) => _held.Replica.Notices.AddLeft(handler);

    /// <summary>Reads the session's events one by one, without a gap, as fast as they are taken: those that came before from the log, then as they come.</summary>
    /// <param name="after">The sequence to begin after; 0 is the beginning. Default: what comes once the reading has begun.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>Ends when the session is left. Where the log has lost its history, it goes on with what is there.</returns>
    /// <exception cref="RealtimeException">What is missing could not be read from the log.</exception>
    public IAsyncEnumerable<SessionEvent> ReadEventsAsync(long? after = null, CancellationToken cancellationToken = default) =>
        EventFeed.ReadAsync(_held, after, cancellationToken);

    /// <summary>Patches the data by JSON Merge Patch (RFC 7396). It shows at once, and is sent as soon as it can be, exactly once.</summary>
    /// <param name="patch">An object; null removes a member.</param>
    /// <param name="cancellationToken">Ends the waiting for the answer, not the patch.</param>
    /// <returns>Completes when the server has stored it. Need not be waited for: see <see cref="OnRefused"/>.</returns>
    /// <exception cref="RealtimeException">
    /// At once, with nothing changed: too large, too deep, no object, or too many wait (<see cref="ClientErrors.QueueFull"/>). Later: the server has refused it, and it shows no longer; or
    /// <see cref="ClientErrors.Left"/>, <see cref="ClientErrors.Uncertain"/>.
    /// </exception>
    public Task<Ack> PatchAsync(JsonTree patch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(patch);
        return _held.Replica.Make(null, patch).WaitAsync(cancellationToken);
    }

    /// <summary>Patches the data: as <see cref="PatchAsync(JsonTree, CancellationToken)"/>.</summary>
    /// <param name="patch">An object; null removes a member. It is copied.</param>
    /// <param name="cancellationToken">Ends the waiting for the answer, not the patch.</param>
    public Task<Ack> PatchAsync(JsonObject patch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(patch);
        return PatchAsync(JsonTree.From(patch), cancellationToken);
    }

    /// <summary>Makes an event of the application's own, which changes no data. Stored, ordered and sent as a patch is.</summary>
    /// <param name="name">1 to 200 characters.</param>
    /// <param name="data">Any JSON. Default: none.</param>
    /// <param name="cancellationToken">Ends the waiting for the answer, not the event.</param>
    /// <exception cref="RealtimeException">As for a patch.</exception>
    public Task<Ack> SendEventAsync(string name, JsonTree? data = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return _held.Replica.Make(name, data).WaitAsync(cancellationToken);
    }

    /// <summary>Takes back what the latest own patch has changed, as far as nobody has changed it since; where nothing of it is left, the one before.</summary>
    /// <param name="cancellationToken">Ends the waiting for the answer, not the change.</param>
    /// <returns>Completes with the answer to the patch that does it; null if there was nothing to take back.</returns>
    /// <exception cref="RealtimeException">As for a patch.</exception>
    public async Task<Ack?> UndoAsync(CancellationToken cancellationToken = default) =>
        _held.Replica.Undo() is { } undone ? await undone.WaitAsync(cancellationToken) : null;

    /// <summary>Sends something to the others who are in the session now. Not stored; without a connection it is dropped.</summary>
    /// <param name="name">1 to 200 characters.</param>
    /// <param name="data">Any JSON, at most 4 KiB. Default: none.</param>
    /// <param name="to">Only to the connections of this user. Default: to all.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="RealtimeException">The server refuses it: too many, too large, no right to.</exception>
    public async Task SendSignalAsync(string name, JsonTree? data = null, string? to = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (_held.Replica.JoinedLink is { } link)
        {
            var request = new SendSignalRequest { ApplicationId = ApplicationId, SessionId = SessionId, Name = name, Data = data, To = to };
            try
            {
                await link.InvokeAsync<Empty>("SendSignal", request, cancellationToken);
            }
            catch (RealtimeException exception) when (exception.Code == ClientErrors.ConnectionFailed)
            {
                // Dropped.
            }
        }
    }

    /// <summary>Changes the state with which this client is shown to others, now and after each reconnect; while there is no connection, from the next one on.</summary>
    /// <param name="state">A merge patch of the own state, an object.</param>
    /// <param name="cancellationToken">Ends the waiting, not the change.</param>
    /// <exception cref="RealtimeException">The server refuses it: the state becomes too large, or the session was joined without presence.</exception>
    public Task UpdatePresenceAsync(JsonTree state, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(state);
        return _held.Replica.UpdatePresenceAsync(state, cancellationToken);
    }

    /// <summary>Leaves the session, when own changes are answered or <see cref="RealtimeClientOptions.LeaveTimeout"/> is over; what has no answer then fails.</summary>
    /// <param name="cancellationToken">Ends the waiting for answers; it is left then at once.</param>
    public Task LeaveAsync(CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return _leaving ??= _held.Client.LeaveAsync(_held, cancellationToken);
        }
    }

    /// <summary>Leaves the session.</summary>
    public async ValueTask DisposeAsync()
    {
        await LeaveAsync();
        GC.SuppressFinalize(this);
    }
}
