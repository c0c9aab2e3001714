using Microsoft.Extensions.Logging;
using RealtimeSessions.Client.Connecting;
using RealtimeSessions.Client.Live;
using RealtimeSessions.Client.Replicas;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Data;
using RealtimeSessions.Protocol.Requests;

namespace RealtimeSessions.Client.Sessions;

/// <summary>The live replica of a session, with who is in it. Thread-safe.</summary>
internal sealed class LiveSessionReplica : LiveReplica<Replica, SessionEvent, Change>
{
    private readonly JoinSessionOptions _options;

    /// <param name="key">The session.</param>
    /// <param name="options">How it is joined.</param>
    /// <param name="limits">How much is held.</param>
    /// <param name="logger">Where it says what a handler threw.</param>
    /// <param name="time">The clock.</param>
    public LiveSessionReplica(SessionKey key, JoinSessionOptions options, ReplicaLimits limits, ILogger logger, TimeProvider time)
        : this(key, options, new Replica(key, limits, static () => Guid.NewGuid().ToString("N")), logger, time)
    {
    }

    private LiveSessionReplica(SessionKey key, JoinSessionOptions options, Replica replica, ILogger logger, TimeProvider time)
        : base(replica, time)
    {
        (Key, _options) = (key, options);
        Notices = new SessionNotices(logger, Lock, () => replica.Confirmed is null ? null : replica.View);
        Presence = new LivePresence(key, options.Presence, Notices.Presence);
    }

    /// <summary>The session.</summary>
    public SessionKey Key { get; }

    /// <summary>Whom it tells.</summary>
    public SessionNotices Notices { get; }

    /// <summary>The connection's id, as others see it.</summary>
    public string? ConnectionId { get; private set; }

    /// <summary>Who is in the session, where it was joined with presence.</summary>
    public LivePresence Presence { get; }

    protected override INotices Told => Notices;

    public void OnReset(SessionReset reset) => Step(replica => replica.OnReset(reset));

    public void OnSignal(SessionSignal signal) => Notices.Signal.Post(signal);

    /// <summary>A request of the client's that changes the session was answered.</summary>
    public void OnCallAnswered(Ack ack) => Step(replica => replica.OnCallAnswered(ack));

    /// <summary>Changes the state with which this client is shown.</summary>
    public Task UpdatePresenceAsync(JsonTree patch, CancellationToken cancellationToken) => Presence.ChangeAsync(JoinedLink, patch, cancellationToken);

    /// <summary>Makes a change.</summary>
    /// <returns>Completes with its answer.</returns>
    /// <exception cref="RealtimeException">It is refused at once.</exception>
    public Task<Ack> Make(string? name, JsonTree? content)
    {
        var change = new Change(name, content, Now);
        return Make<Task<Ack>>(replica => replica.Make(change) is { } refusal ? refusal : change.Settled);
    }

    /// <summary>Takes the latest own patch back.</summary>
    /// <returns>The answer to the patch that does it; null if there is nothing to take back.</returns>
    /// <exception cref="RealtimeException">It is refused at once.</exception>
    public Task<Ack>? Undo() => Make(replica => replica.Undo(Now))?.Settled;

    public override Task TellLeftAsync(IHubLink link)
    {
        var request = new SessionRequest { ApplicationId = Key.ApplicationId, SessionId = Key.SessionId };
        return link.InvokeAsync<Empty>("LeaveSession", request, CancellationToken.None);
    }

    protected override async Task JoinAsync(IHubLink link, ResumePosition? since)
    {
        var presence = Presence.Own;
        var request = new JoinSessionRequest
        {
            ApplicationId = Key.ApplicationId,
            SessionId = Key.SessionId,
            Since = since,
            Conflate = _options.Conflate,
            Presence = presence,
        };
        var isWorthAnother = false;
        await AnswerAsync(
            link,
            link.InvokeAsync<JoinedSession>("JoinSession", request, CancellationToken.None),
            (replica, joined) =>
            {
                ConnectionId = joined.ConnectionId;
                Presence.Accept(link, presence);
                replica.OnJoined(joined.Recovered, joined.UserId);
            },
            (replica, error) =>
            {
                isWorthAnother = Presence.TryTakeBack(error);
                if (!isWorthAnother)
                {
                    replica.OnJoinRefused(error);
                }
            });
        if (isWorthAnother)
        {
            await JoinAsync(link, since);
        }
    }

    protected override Task SendAsync(IHubLink link, Change change) => AnswerAsync(
        link,
        ChangeRequests.SendAsync(link, Key, change),
        (replica, ack) => replica.OnAck(change, ack),
        (replica, error) => replica.OnError(change, error));
}
