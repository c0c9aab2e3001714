using Microsoft.AspNetCore.SignalR;
using RealtimeSessions.Server.Conversations;
using RealtimeSessions.Server.Delivery.Channels;
using RealtimeSessions.Server.Delivery.Frames;
using RealtimeSessions.Server.Delivery.Sessions;
using RealtimeSessions.Server.Identity;
using RealtimeSessions.Server.Lanes;
using RealtimeSessions.Server.Requests;
using RealtimeSessions.Server.Sessions;

namespace RealtimeSessions.Server.Delivery;

/// <summary>A hub connection: who it is, which sessions and conversations it has joined, and which applications and spaces it watches.</summary>
internal sealed class ClientConnection(HubConnectionContext connection, Caller caller)
{
    private readonly Lock _lock = new();
    private Seats<SessionKey>? _sessions;
    private Seats<string>? _applications;
    private Seats<ConversationKey>? _conversations;
    private Seats<long>? _spaces;
    private CallOrder? _comments;
    private TokenBucket? _signals;
    private volatile Caller _caller = caller;

    /// <summary>Who it is, in the groups that he is in now.</summary>
    public Caller Caller => _caller;

    public HubConnectionContext Connection => connection;

    /// <summary>The sessions it has joined.</summary>
    public Seats<SessionKey> Sessions => LazyInitializer.EnsureInitialized(ref _sessions);

    /// <summary>The applications it watches.</summary>
    public Seats<string> Applications => LazyInitializer.EnsureInitialized(ref _applications);

    /// <summary>The conversations it has joined.</summary>
    public Seats<ConversationKey> Conversations => LazyInitializer.EnsureInitialized(ref _conversations);

    /// <summary>The spaces it watches.</summary>
    public Seats<long> Spaces => LazyInitializer.EnsureInitialized(ref _spaces);

    /// <summary>The order of its comments.</summary>
    public CallOrder Comments => LazyInitializer.EnsureInitialized(ref _comments);

    /// <summary>Whether it is gone; a write would do nothing and report success.</summary>
    public bool IsAborted => connection.ConnectionAborted.IsCancellationRequested;

    /// <summary>The membership through which the connection's own events are left out; null if they are not.</summary>
    public IEventOrigin? OriginFor(SessionKey key) => Sessions.Find(key) is SessionMember { Echo: false } member ? member : null;

    /// <summary>Writes, without waiting for anything.</summary>
    public ValueTask WriteAsync(FrameMessage message) => connection.WriteAsync(message, CancellationToken.None);

    /// <summary>Ends it, whatever is still to be written.</summary>
    public void Abort()
    {
        connection.Abort();
        connection.GetHttpContext()?.Abort();
    }

    /// <summary>Counts a signal that the connection wants to send.</summary>
    /// <returns>Null: it may. Otherwise it has sent too many, and how long it takes until it may again.</returns>
    public TimeSpan? TakeSignal(LimitsOptions limits, TimeProvider time)
    {
        if (limits.SignalsPerSecond == 0)
        {
            return null;
        }

        lock (_lock)
        {
            _signals ??= new TokenBucket(limits.SignalsPerSecond, limits.SignalBurst, time);
            return _signals.TryTake() ? null : _signals.NextIn;
        }
    }

    /// <summary>Takes its caller in other groups, and has whatever it is in judge it by them. Not to be called twice at a time.</summary>
    public void Change(Caller caller)
    {
        _caller = caller;
        foreach (var member in (_sessions?.FindAll() ?? []).Concat(_applications?.FindAll() ?? []))
        {
            member.Channel.Rejudge(member);
        }
    }

    /// <summary>Takes the connection, which has ended, out of everything.</summary>
    public void LeaveAll()
    {
        ChannelMember[] all = [.. Sessions.TakeAll(), .. Applications.TakeAll(), .. Conversations.TakeAll(), .. Spaces.TakeAll()];
        foreach (var member in all)
        {
            _ = member.LeaveAsync();
        }
    }
}
