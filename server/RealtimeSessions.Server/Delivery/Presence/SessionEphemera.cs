using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Data;
using RealtimeSessions.Protocol.Requests;
using RealtimeSessions.Server.Delivery.Frames;
using RealtimeSessions.Server.Delivery.Presence.Peers;
using RealtimeSessions.Server.Delivery.Sessions;
using RealtimeSessions.Server.Sessions;

namespace RealtimeSessions.Server.Delivery.Presence;

/// <summary>
/// What is of the moment in a session and stands in no log: who is there, and signals. Begins with the first member on this server and ends with
/// its channel. Belongs to the channel's lock.
/// </summary>
internal sealed class SessionEphemera : IDisposable
{
    private readonly SessionKey _key;
    private readonly IAudience _audience;
    private readonly PresenceServices _services;
    private readonly PeerLink _peers;
    private readonly SessionPeople _people;
    private readonly SignalOutbox _signals;
    private long _lastSignal;
    private bool _hasEnded;

    /// <param name="key">The session.</param>
    /// <param name="audience">Its members.</param>
    /// <param name="services">What it works with.</param>
    public SessionEphemera(SessionKey key, IAudience audience, PresenceServices services)
    {
        (_key, _audience, _services) = (key, audience, services);
        _lastSignal = services.NextFirstVersion();
        _peers = new PeerLink(key.Log, services, OnMessage, OnResumed);
        _people = new SessionPeople(key, audience, services, _lastSignal, _peers.Send);
        _signals = new SignalOutbox(audience, services.Time);
    }

    /// <summary>A member has come.</summary>
    public void Add(SessionMember member) => _people.Show(member);

    /// <summary>A member has come to the head.</summary>
    public void CatchUp(SessionMember member) => _people.CatchUp(member);

    /// <summary>A member leaves, or is about to.</summary>
    public void Remove(SessionMember member) => _people.Hide(member);

    /// <summary>Changes what others see of a member.</summary>
    /// <returns>Why not, or null.</returns>
    public Error? Update(SessionMember member, JsonTree patch)
    {
        if (member.Presence is not { HasLeft: false } presence)
        {
            return PresencePolicy.NotShown;
        }

        var state = MergePatch.Apply(presence.State, patch);
        if (PresencePolicy.Refusal(state, _services.Limits.MaximumPresenceBytes) is { } refusal)
        {
            return refusal;
        }

        presence.State = state;
        _people.Show(member);
        return null;
    }

    /// <summary>Sends a member's signal to the others.</summary>
    public void Signal(SessionMember member, SendSignalRequest request)
    {
        var argument = PresenceCallbacks.SignalArgument(new SessionSignal(
            _key.ApplicationId, _key.SessionId, member.Caller.UserId, member.ConnectionId, request.Name, request.Data));
        _signals.Add(new Signal(argument, member.ConnectionId, request.To));
        _peers.Send(new PeerSignal(++_lastSignal, new RawJson(argument), request.To));
    }

    public void Dispose()
    {
        _hasEnded = true;
        _people.Dispose();
        _signals.Dispose();
        _peers.Dispose();
    }

    private void OnMessage(string server, PeerMessage message)
    {
        lock (_audience.Lock)
        {
            if (_hasEnded)
            {
                return;
            }

            if (message is not PeerSignal signal)
            {
                _people.Take(server, message);
            }
            else if (_people.IsNew(server, signal))
            {
                _signals.Add(new Signal(signal.Signal.Utf8, From: null, signal.To));
            }
        }
    }

    private void OnResumed()
    {
        lock (_audience.Lock)
        {
            if (!_hasEnded)
            {
                _people.Resume();
            }
        }
    }
}
