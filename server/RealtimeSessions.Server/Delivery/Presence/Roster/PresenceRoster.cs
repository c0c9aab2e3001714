using RealtimeSessions.Protocol.Data;
using RealtimeSessions.Server.Delivery.Presence.Peers;

namespace RealtimeSessions.Server.Delivery.Presence.Roster;

/// <summary>
/// Who is in a session, on all servers: this server's own people, and what it has heard of those of others. Whatever happens to the messages,
/// every roster comes to hold the same people once messages arrive again. It knows no clock, no lock and no wire: times are given, from any
/// beginning.
/// </summary>
/// <param name="serverId">This server's id.</param>
/// <param name="firstVersion">Higher than any version that this server has told of the session before.</param>
/// <param name="aliveInterval">How long others hear nothing, at most, of people who are there: a third of <see cref="Silence"/>, say.</param>
/// <param name="send">Tells the other servers. Messages may be lost, doubled and out of order.</param>
internal sealed class PresenceRoster(string serverId, long firstVersion, TimeSpan aliveInterval, Action<PeerMessage> send)
{
    /// <summary>The people of a server that was not heard of for so long have left.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    /// <summary>What is missing may only be late: so long it is waited for before it is asked for.</summary>
    private static readonly TimeSpan Lateness = TimeSpan.FromMilliseconds(200);

    /// <summary>How long an answer is waited for.</summary>
    private static readonly TimeSpan AskInterval = TimeSpan.FromSeconds(2);

    private readonly PeopleLedger _all = new();
    private readonly OwnPeople _own = new(firstVersion, aliveInterval, send);
    private readonly Dictionary<string, PeerPeople> _peers = new(StringComparer.Ordinal);

    /// <summary>Who was there as of the last <see cref="TakeDifference"/>.</summary>
    public JsonTree Told => _all.Told;

    /// <summary>Whether there is something to tell, to members or to other servers.</summary>
    public bool IsDirty => _all.IsDirty || _own.IsDirty;

    /// <summary>When <see cref="Advance"/> has something to do.</summary>
    public TimeSpan DueAt => _peers.Values.Select(DueAtOf).Append(_own.DueAt).Min();

    /// <summary>Enters or changes one of this server's connections.</summary>
    /// <param name="user">Whose it is.</param>
    /// <param name="connection">Its id.</param>
    /// <param name="state">Its state, an object; null: it has left.</param>
    public void Set(string user, string connection, JsonTree? state)
    {
        _own.Set(user, connection, state);
        _all.Set(user, connection, state);
    }

    /// <summary>Tells the other servers what has changed here.</summary>
    public void TellPeers(TimeSpan now) => _own.Tell(now);

    /// <summary>Takes what is to be told to members: a merge patch of <see cref="Told"/> as it was; null if nothing has changed.</summary>
    public JsonTree? TakeDifference() => _all.TakeDifference();

    /// <summary>Messages may have been missed, and others may have missed this server's: everybody tells all.</summary>
    public void Resume(TimeSpan now)
    {
        send(new PeerRequest(Of: null));
        _own.Request(now);
        _own.Advance(now);
    }

    /// <summary>Takes what another server has told.</summary>
    public void Take(string server, PeerMessage message, TimeSpan now)
    {
        if (server == serverId)
        {
            return;
        }

        switch (message)
        {
            case PeerRequest request when request.Of is null || request.Of == serverId:
                _own.Request(now);
                _own.Advance(now);
                break;
            case PeerChange { People.IsObject: true } change:
                Take(server, now, peer => peer.Take(change));
                break;
            case PeerWhole { People.IsObject: true } whole:
                Take(server, now, peer => peer.Take(whole));
                break;
            case PeerAlive alive:
                Take(server, now, peer => peer.Take(alive));
                break;
        }
    }

    /// <summary>Whether a signal from another server is new; one that was overtaken is not.</summary>
    public bool IsNew(string server, PeerSignal signal, TimeSpan now)
    {
        if (server == serverId || signal.Number <= Of(server, now).LastSignal)
        {
            return false;
        }

        Of(server, now).LastSignal = signal.Number;
        return true;
    }

    /// <summary>Does what is due.</summary>
    public void Advance(TimeSpan now)
    {
        _own.Advance(now);
        foreach (var (server, peer) in _peers.ToArray())
        {
            if (now - peer.HeardAt >= Silence)
            {
                _peers.Remove(server);
                _all.Replace(peer.People, JsonTree.Empty);
            }
            else if (peer.IsBehind && peer.AskAt <= now)
            {
                peer.AskAt = now + AskInterval;
                send(new PeerRequest(server));
            }
        }
    }

    private void Take(string server, TimeSpan now, Action<PeerPeople> take)
    {
        var peer = Of(server, now);
        var (before, wasBehind) = (peer.People, peer.IsBehind);
        take(peer);
        _all.Replace(before, peer.People);
        if (peer.IsBehind && !wasBehind)
        {
            peer.AskAt = now + Lateness;
        }
    }

    private PeerPeople Of(string server, TimeSpan now)
    {
        if (!_peers.TryGetValue(server, out var peer))
        {
            _peers.Add(server, peer = new PeerPeople());
        }

        peer.HeardAt = now;
        return peer;
    }

    private static TimeSpan DueAtOf(PeerPeople peer)
    {
        var gone = peer.HeardAt + Silence;
        return peer.IsBehind && peer.AskAt < gone ? peer.AskAt : gone;
    }
}
