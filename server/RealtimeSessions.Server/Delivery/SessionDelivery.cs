using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;
using RealtimeSessions.Server.Delivery.Frames;
using RealtimeSessions.Server.Requests;
using RealtimeSessions.Server.Sessions;

namespace RealtimeSessions.Server.Delivery;

/// <summary>Who is in which session on this server.</summary>
internal sealed class SessionDelivery(
    SessionReader reader, LiveSessions sessions, IEventLog eventLog, MemberPump pump, IEnumerable<FrameEncoder> encoders,
    IOptions<LimitsOptions> options)
{
    private readonly ConcurrentDictionary<SessionKey, SessionChannel> _channels = new();
    private readonly FrozenDictionary<string, FrameEncoder> _encoders = encoders.ToFrozenDictionary(encoder => encoder.Protocol);

    /// <summary>Lets a connection into a session. A second join replaces the first.</summary>
    public async Task<Result<JoinedSession>> JoinAsync(ClientConnection connection, JoinSessionRequest request)
    {
        var key = new SessionKey(request.ApplicationId, request.SessionId);
        using var lease = key.IsWellFormed ? sessions.Rent(key) : null;
        while (true)
        {
            if (!(await reader.ReadAsync(connection.Caller, key)).TryGet(out var judged, out var error))
            {
                return error;
            }

            if (connection.Replace(key, null) is { } before)
            {
                await RemoveAsync(before);
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
                await KeepAsync(connection, key, member);
                return joined;
            }

            EndIfEmpty(channel);
        }
    }

    /// <summary>Takes a connection out of a session, if it is in it. Nothing of the session is written after that.</summary>
    public async Task<Result<Empty>> LeaveAsync(ClientConnection connection, SessionKey key)
    {
        if (connection.Replace(key, null) is { } member)
        {
            await RemoveAsync(member);
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

    private async Task KeepAsync(ClientConnection connection, SessionKey key, ChannelMember member)
    {
        if (connection.Replace(key, member) is { } other)
        {
            // Two joins at once: the later one counts.
            await RemoveAsync(other);
        }

        if (member.IsAborted)
        {
            // The connection ended meanwhile, and may have been taken out of everything before this.
            await LeaveAsync(connection, key);
        }
    }

    /// <summary>Removes a member, and waits for a write to it that is under way.</summary>
    private Task RemoveAsync(ChannelMember member)
    {
        Remove(member);
        return member.Pumping;
    }

    private void Remove(ChannelMember member)
    {
        member.Channel.Remove(member);
        EndIfEmpty(member.Channel);
    }

    private void EndIfEmpty(SessionChannel channel)
    {
        if (channel.EndIfEmpty())
        {
            _channels.TryRemove(new KeyValuePair<SessionKey, SessionChannel>(channel.Key, channel));
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
