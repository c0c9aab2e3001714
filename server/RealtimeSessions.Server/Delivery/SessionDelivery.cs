using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;
using RealtimeSessions.Server.Delivery.Frames;
using RealtimeSessions.Server.Sessions;

namespace RealtimeSessions.Server.Delivery;

/// <summary>Who is in which session on this server.</summary>
internal sealed class SessionDelivery(
    SessionReader reader, LiveSessions sessions, IEventLog eventLog, MemberPump pump, IEnumerable<FrameEncoder> encoders,
    IOptions<SessionsOptions> options)
{
    private readonly ConcurrentDictionary<SessionKey, SessionChannel> _channels = new();
    private readonly FrozenDictionary<string, FrameEncoder> _encoders = encoders.ToFrozenDictionary(encoder => encoder.Protocol);

    /// <summary>Lets a connection into a session. A second join replaces the first.</summary>
    public async Task<Result<JoinedSession>> JoinAsync(ClientConnection connection, JoinSessionRequest request)
    {
        if (RequestRules.Check(request) is { } error)
        {
            return error;
        }

        var key = new SessionKey(request.ApplicationId, request.SessionId);
        using var lease = key.IsWellFormed ? sessions.Rent(key) : null;
        while (true)
        {
            if (!(await reader.ReadAsync(connection.Caller, key)).TryGet(out var judged, out error))
            {
                return error;
            }

            if (connection.Replace(key, null) is { } before)
            {
                Remove(before);
            }

            if (connection.JoinedCount >= options.Value.MaximumJoinedSessions)
            {
                return new Error(ErrorCode.LimitExceeded, "The connection has joined too many sessions.")
                {
                    Details = new JsonObject { ["limit"] = options.Value.MaximumJoinedSessions },
                };
            }

            var since = request.Since is { } position && await IsKeptAsync(key, position, judged.Position.Epoch) ? request.Since : null;
            var channel = _channels.GetOrAdd(key, static (key, self) => new SessionChannel(key, self.Sessions, self.Pump), (Sessions: sessions, Pump: pump));
            var encoder = _encoders[connection.Connection.Protocol.Name];
            if (await lease!.Session.OpenAsync() is { } replica && channel.TryAdd(
                channel => new ChannelMember(connection.Connection, channel, encoder, request.Echo), replica, judged, since) is var (member, joined))
            {
                Keep(connection, key, member);
                return joined;
            }
        }
    }

    /// <summary>Takes a connection out of a session, if it is in it.</summary>
    public Empty Leave(ClientConnection connection, SessionKey key)
    {
        if (connection.Replace(key, null) is { } member)
        {
            Remove(member);
        }

        return Empty.Value;
    }

    /// <summary>Takes a connection that has ended out of every session.</summary>
    public void LeaveAll(ClientConnection connection)
    {
        foreach (var member in connection.TakeAll())
        {
            Remove(member);
        }
    }

    private void Keep(ClientConnection connection, SessionKey key, ChannelMember member)
    {
        if (connection.Replace(key, member) is { } other)
        {
            // Two joins at once: the later one counts.
            Remove(other);
        }

        if (member.IsAborted)
        {
            // The connection ended meanwhile, and may have been taken out of everything before this.
            Leave(connection, key);
        }
    }

    private void Remove(ChannelMember member)
    {
        if (member.Channel.Remove(member))
        {
            _channels.TryRemove(new KeyValuePair<SessionKey, SessionChannel>(member.Channel.Key, member.Channel));
        }
    }

    /// <summary>Whether the events after a position are there, and it is a position of this history.</summary>
    private async Task<bool> IsKeptAsync(SessionKey key, ResumePosition position, string epoch)
    {
        if (position.Epoch != epoch)
        {
            return false;
        }

        if (position.Sequence == 0 || position.EventId is null)
        {
            return await eventLog.ReadAsync(key.Log, position.Sequence, 0) is { } head && head.Head.FirstAvailable <= position.Sequence + 1;
        }

        return await eventLog.ReadAsync(key.Log, position.Sequence - 1, 1) is { } page
            && (page.Events is [var seen, ..] ? seen.Sequence == position.Sequence && seen.EventId == position.EventId
                : page.Head.FirstAvailable == position.Sequence + 1);
    }
}
