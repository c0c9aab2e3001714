using Microsoft.AspNetCore.SignalR;
using RealtimeSessions.Server.Identity;
using RealtimeSessions.Server.Sessions;

namespace RealtimeSessions.Server.Delivery;

/// <summary>A hub connection: who it is and which sessions it has joined.</summary>
internal sealed class ClientConnection(HubConnectionContext connection, Caller caller)
{
    private readonly Dictionary<SessionKey, ChannelMember> _joined = [];

    public Caller Caller => caller;

    public HubConnectionContext Connection => connection;

    /// <summary>How many sessions it has joined.</summary>
    public int JoinedCount
    {
        get
        {
            lock (_joined)
            {
                return _joined.Count;
            }
        }
    }

    /// <summary>The membership through which the connection's own events are left out; null if they are not.</summary>
    public IEventOrigin? OriginFor(SessionKey key)
    {
        lock (_joined)
        {
            return _joined.TryGetValue(key, out var member) && !member.Echo ? member : null;
        }
    }

    /// <summary>Puts a membership in the place of another.</summary>
    /// <returns>The one that was there, or null.</returns>
    public ChannelMember? Replace(SessionKey key, ChannelMember? member)
    {
        lock (_joined)
        {
            _joined.Remove(key, out var before);
            if (member is not null)
            {
                _joined.Add(key, member);
            }

            return before;
        }
    }

    /// <summary>Takes every membership away, for good.</summary>
    public IReadOnlyList<ChannelMember> TakeAll()
    {
        lock (_joined)
        {
            ChannelMember[] all = [.. _joined.Values];
            _joined.Clear();
            return all;
        }
    }
}
