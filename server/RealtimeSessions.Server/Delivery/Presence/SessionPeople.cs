using RealtimeSessions.Protocol.Data;
using RealtimeSessions.Server.Delivery.Frames;
using RealtimeSessions.Server.Delivery.Presence.Peers;
using RealtimeSessions.Server.Delivery.Presence.Roster;
using RealtimeSessions.Server.Delivery.Sessions;
using RealtimeSessions.Server.Sessions;

namespace RealtimeSessions.Server.Delivery.Presence;

/// <summary>
/// Tells the members of a session who is there: each the whole when it has come to the head, then differences; whoever has missed one gets the
/// whole again. Changes that come close together are told together. Belongs to the channel's lock.
/// </summary>
internal sealed class SessionPeople : IDisposable
{
    /// <summary>Differences are told no closer to each other.</summary>
    private static readonly TimeSpan TellInterval = TimeSpan.FromMilliseconds(50);

    private readonly SessionKey _key;
    private readonly IAudience _audience;
    private readonly PresenceServices _services;
    private readonly PresenceRoster _roster;
    private readonly Pace _pace;
    private readonly Dictionary<string, SessionMember> _shown = new(StringComparer.Ordinal);
    private SharedFrame _whole;
    private ITimer? _timer;
    private long _version;
    private bool _hasEnded;

    /// <param name="key">The session.</param>
    /// <param name="audience">Its members.</param>
    /// <param name="services">What it works with.</param>
    /// <param name="firstVersion">Where its versions begin.</param>
    /// <param name="send">Tells the other servers.</param>
    public SessionPeople(SessionKey key, IAudience audience, PresenceServices services, long firstVersion, Action<PeerMessage> send)
    {
        (_key, _audience, _services) = (key, audience, services);

        // Not at the same moment for every session.
        var aliveInterval = (PresenceRoster.Silence / 3) * (0.8 + (Random.Shared.NextDouble() * 0.2));
        _roster = new PresenceRoster(services.ServerId, firstVersion, aliveInterval, send);
        _pace = new Pace(audience.Lock, services.Time, Tell);
        _whole = Whole(JsonTree.Empty);
    }

    /// <summary>A member has come, or has another state.</summary>
    public void Show(SessionMember member)
    {
        if (member.Presence is { HasLeft: false } presence)
        {
            _shown[member.ConnectionId] = member;
            _roster.Set(member.Caller.UserId, member.ConnectionId, presence.State);
            Follow();
        }
    }

    /// <summary>A member has come to the head.</summary>
    public void CatchUp(SessionMember member)
    {
        // If something waits to be told, the member is told with it.
        if (!_pace.IsWaiting && !_hasEnded)
        {
            _pace.Rest(Tell(member, before: null, update: null), TimeSpan.Zero);
        }
    }

    /// <summary>A member leaves.</summary>
    public void Hide(SessionMember member)
    {
        if (member.Presence is not { HasLeft: false } presence)
        {
            return;
        }

        presence.HasLeft = true;
        if (_shown.GetValueOrDefault(member.ConnectionId) == member)
        {
            // A connection that joins twice at once has two members for a moment.
            _shown.Remove(member.ConnectionId);
            _roster.Set(member.Caller.UserId, member.ConnectionId, state: null);
            if (_audience.Members.FirstOrDefault(other => other.ConnectionId == member.ConnectionId && other.Presence is { HasLeft: false }) is { } other)
            {
                Show(other);
            }

            Follow();
        }
    }

    /// <summary>Takes what another server has told.</summary>
    public void Take(string server, PeerMessage message)
    {
        _roster.Take(server, message, _services.Now);
        Follow();
    }

    /// <summary>Whether a signal of another server is to be told.</summary>
    public bool IsNew(string server, PeerSignal signal) => _roster.IsNew(server, signal, _services.Now);

    /// <summary>Messages of other servers may have been missed.</summary>
    public void Resume()
    {
        _roster.Resume(_services.Now);
        Schedule();
    }

    /// <summary>Tells the other servers that nobody is here any more, and nobody anything after that.</summary>
    public void Dispose()
    {
        foreach (var member in _shown.Values)
        {
            _roster.Set(member.Caller.UserId, member.ConnectionId, state: null);
        }

        _hasEnded = true;
        _roster.TellPeers(_services.Now);
        _pace.Dispose();
        _timer?.Dispose();
    }

    private void Follow()
    {
        if (_roster.IsDirty)
        {
            _pace.Request();
        }

        Schedule();
    }

    /// <summary>Tells everybody what has changed.</summary>
    private void Tell()
    {
        _roster.TellPeers(_services.Now);
        var (before, update) = (_version, (SharedFrame?)null);
        if (_roster.TakeDifference() is { } difference)
        {
            _version++;
            _whole = Whole(_roster.Told);
            update = new SharedFrame(encoder => PresenceCallbacks.Updated(encoder, _key, difference));
        }

        var bytes = 0L;
        foreach (var member in _audience.Members)
        {
            bytes += Tell(member, before, update);
        }

        _pace.Rest(bytes, TellInterval);
        Schedule();
    }

    /// <summary>Tells one member what it does not know, if it is at the head.</summary>
    /// <returns>What was written, in bytes.</returns>
    private int Tell(SessionMember member, long? before, SharedFrame? update)
    {
        if (member.Presence is not { HasLeft: false } presence || presence.Version == _version || member.IsCatchingUp)
        {
            return 0;
        }

        var (message, bytes) = (presence.Version == before && update is not null ? update : _whole).For(member.Encoder);
        if (!_audience.TryTell(member, message))
        {
            return 0;
        }

        presence.Version = _version;
        return bytes;
    }

    private SharedFrame Whole(JsonTree people) => new(encoder => PresenceCallbacks.Whole(encoder, _key, people));

    private void Schedule()
    {
        var due = _roster.DueAt;
        if (!_hasEnded && due != TimeSpan.MaxValue)
        {
            // Timers count whole milliseconds: rounded down, it would come too early.
            var wait = Math.Ceiling((due - _services.Now).TotalMilliseconds);
            _timer ??= _services.Time.CreateTimer(_ => OnTime(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _timer.Change(TimeSpan.FromMilliseconds(Math.Max(wait, 0)), Timeout.InfiniteTimeSpan);
        }
    }

    private void OnTime()
    {
        lock (_audience.Lock)
        {
            if (!_hasEnded)
            {
                _roster.Advance(_services.Now);
                Follow();
            }
        }
    }
}
