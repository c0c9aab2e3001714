using RealtimeSessions.Protocol.Data;
using RealtimeSessions.Server.Delivery.Presence.Peers;

namespace RealtimeSessions.Server.Delivery.Presence.Roster;

/// <summary>The people that this server has in a session, and what other servers are told of them. Not thread-safe.</summary>
/// <param name="firstVersion">Higher than any version that was told of this session before.</param>
/// <param name="aliveInterval">How long others hear nothing, at most, of people who are there.</param>
/// <param name="send">Tells the other servers.</param>
internal sealed class OwnPeople(long firstVersion, TimeSpan aliveInterval, Action<PeerMessage> send)
{
    /// <summary>All people are told no sooner after they were told before.</summary>
    private static readonly TimeSpan WholeInterval = TimeSpan.FromMilliseconds(500);

    private readonly PeopleLedger _ledger = new();
    private long _told;
    private TimeSpan? _aliveAt;
    private TimeSpan? _wholeAt;
    private TimeSpan _wholeAllowedAt = TimeSpan.MinValue;

    /// <summary>Whether something has changed that others have not been told.</summary>
    public bool IsDirty => _ledger.IsDirty;

    /// <summary>When <see cref="Advance"/> has something to do.</summary>
    public TimeSpan DueAt => (_aliveAt, _wholeAt) switch
    {
        ({ } alive, { } whole) => alive < whole ? alive : whole,
        var (alive, whole) => alive ?? whole ?? TimeSpan.MaxValue,
    };

    private long Version => firstVersion + _told;

    /// <summary>Enters, changes or (null) removes a connection.</summary>
    public void Set(string user, string connection, JsonTree? state) => _ledger.Set(user, connection, state);

    /// <summary>Tells what has changed.</summary>
    public void Tell(TimeSpan now)
    {
        var isFirst = ReferenceEquals(_ledger.Told, JsonTree.Empty);
        if (_ledger.TakeDifference() is not { } difference)
        {
            return;
        }

        if (isFirst)
        {
            // Whoever knows nothing of this server yet need not ask.
            _told++;
            TellWhole(now);
            return;
        }

        foreach (var part in PeopleParts.Cut(difference))
        {
            send(new PeerChange(firstVersion + ++_told, part));
        }

        ScheduleAlive(now);
    }

    /// <summary>Somebody wants to be told all.</summary>
    public void Request(TimeSpan now)
    {
        if (_told > 0)
        {
            _wholeAt ??= now > _wholeAllowedAt ? now : _wholeAllowedAt;
        }
    }

    /// <summary>Does what is due.</summary>
    public void Advance(TimeSpan now)
    {
        if (_wholeAt <= now)
        {
            TellWhole(now);
        }
        else if (_aliveAt <= now)
        {
            send(new PeerAlive(Version));
            ScheduleAlive(now);
        }
    }

    private void TellWhole(TimeSpan now)
    {
        var parts = PeopleParts.Cut(_ledger.Told);
        for (var i = 0; i < parts.Count; i++)
        {
            send(new PeerWhole(Version, i, parts.Count, parts[i]));
        }

        (_wholeAt, _wholeAllowedAt) = (null, now + WholeInterval);
        ScheduleAlive(now);
    }

    private void ScheduleAlive(TimeSpan now) => _aliveAt = ReferenceEquals(_ledger.Told, JsonTree.Empty) ? null : now + aliveInterval;
}
