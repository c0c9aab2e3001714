using Microsoft.Extensions.Options;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;
using RealtimeSessions.Server.Delivery.Channels;
using RealtimeSessions.Server.Delivery.Presence;
using RealtimeSessions.Server.Requests;
using RealtimeSessions.Server.Sessions;

namespace RealtimeSessions.Server.Delivery.Sessions;

/// <summary>Who is in which session on this server.</summary>
internal sealed class SessionDelivery(
    SessionReader reader, LiveSessions sessions, ChannelServices services, PresenceServices presence, IOptions<LimitsOptions> options)
{
    private readonly ChannelDirectory<SessionKey, SessionChannel, SessionState> _channels =
        new(services.EventLog, (key, ended) => new SessionChannel(key, sessions, services, presence, ended));

    /// <summary>Lets a connection into a session. A second join replaces the first.</summary>
    public async Task<Result<JoinedSession>> JoinAsync(ClientConnection connection, JoinSessionRequest request)
    {
        var key = new SessionKey(request.ApplicationId, request.SessionId);
        if (!key.IsWellFormed)
        {
            return await reader.RefusalOfIllFormedAsync(connection.Caller, key);
        }

        var state = PresencePolicy.FirstState(request.Presence);
        if (state is not null && (PresencePolicy.Refusal(connection.Caller) ?? PresencePolicy.Refusal(state, options.Value.MaximumPresenceBytes)) is { } refusal)
        {
            return refusal;
        }

        using var seat = connection.Sessions.TryReserve(key, options.Value.MaximumJoinedSessions);
        if (seat is null)
        {
            return Error.LimitExceeded(options.Value.MaximumJoinedSessions, "The connection has joined too many sessions.");
        }

        // From the judgement on, the session stays in use.
        using var lease = sessions.Rent(key);
        var encoder = services.EncoderOf(connection.Connection);
        var entered = await _channels.EnterAsync(new Admission<SessionKey, SessionChannel>(
            key,
            seat,
            async () => (await reader.ReadAsync(connection.Caller, key)).Error,
            channel => new SessionMember(connection, channel, encoder, request.Echo == true, request.Conflate == true)
            {
                Presence = state is null ? null : new(state),
            },
            request.Since,
            SessionPolicy.SessionNotFound));
        return entered.TryGet(out var entrance, out var error)
            ? new JoinedSession(entrance.State.Info, entrance.Position, entrance.Recovered, connection.Connection.ConnectionId, connection.Caller.UserId)
            : error;
    }

    /// <summary>Changes what others in a session see of a connection.</summary>
    public Result<Empty> UpdatePresence(ClientConnection connection, UpdatePresenceRequest request) =>
        MemberOf(connection, request) is { } member ? member.Session.UpdatePresence(member, request) : PresencePolicy.NotJoined;

    /// <summary>Sends a signal of a connection to the others in a session.</summary>
    public Result<Empty> SendSignal(ClientConnection connection, SendSignalRequest request) =>
        MemberOf(connection, request) is not { } member ? PresencePolicy.NotJoined
        : connection.TakeSignal(options.Value, services.Time) is { } wait ? PresencePolicy.TooManySignals(wait)
        : member.Session.Signal(member, request);

    /// <summary>Takes a connection out of a session, if it is in it. Nothing of the session is written after that.</summary>
    public async Task<Result<Empty>> LeaveAsync(ClientConnection connection, SessionKey key)
    {
        await (connection.Sessions.Take(key)?.LeaveAsync() ?? Task.CompletedTask);
        return Empty.Value;
    }

    private static SessionMember? MemberOf(ClientConnection connection, SessionRequest request) =>
        connection.Sessions.Find(new SessionKey(request.ApplicationId, request.SessionId)) as SessionMember;
}
