using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using RealtimeSessions.Client.Connecting;
using RealtimeSessions.Client.Replicas;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;

namespace RealtimeSessions.Client.Sessions;

/// <summary>The sessions of a client: each is joined once, however often the program joins it, and left with the last one that leaves it. Thread-safe.</summary>
/// <param name="leaveTimeout">How long leaving waits for the answers to own changes, and for the server to know.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where it says what could not be done.</param>
internal sealed partial class SessionTable(TimeSpan leaveTimeout, TimeProvider time, ILogger logger)
{
    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<SessionKey, HeldSession> _sessions = new();
    private IHubLink? _link;
    private bool _isClosed;

    /// <summary>What is kept of a session; null: it is not joined.</summary>
    public LiveReplica? Find(SessionKey key) => _sessions.GetValueOrDefault(key)?.Replica;

    /// <summary>Joins a session, or shares the one that is joined already. Each hold wants one release.</summary>
    /// <param name="key">The session.</param>
    /// <param name="make">Makes it, where it is not there.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The session with its first state.</returns>
    public async Task<HeldSession> HoldAsync(SessionKey key, Func<HeldSession> make, CancellationToken cancellationToken)
    {
        HeldSession? held;
        while (!TryHold(key, make, out held))
        {
            await held.Replica.Gone.WaitAsync(cancellationToken);
        }

        try
        {
            await held.Replica.Ready.WaitAsync(cancellationToken);
            return held;
        }
        catch
        {
            if (TryRelease(held))
            {
                held.Replica.Leave();
            }

            throw;
        }
    }

    /// <summary>Gives a hold back; with the last one the session is left, when own changes are answered or that has taken too long.</summary>
    public async Task ReleaseAsync(HeldSession held, CancellationToken cancellationToken)
    {
        if (!TryRelease(held))
        {
            return;
        }

        await held.Replica.SettledAsync(leaveTimeout, cancellationToken);
        lock (_lock)
        {
            if (held.Holders > 0)
            {
                return; // It was joined again meanwhile.
            }

            held.Replica.Leave();
        }

        await held.Replica.Gone.WaitAsync(leaveTimeout, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Leaves every session, whoever holds it, and takes no more.</summary>
    public async Task CloseAsync()
    {
        lock (_lock)
        {
            _isClosed = true;
            foreach (var held in _sessions.Values)
            {
                held.Holders = 1;
            }
        }

        await Task.WhenAll(_sessions.Values.Select(held => ReleaseAsync(held, CancellationToken.None)));
    }

    /// <summary>Tells the sessions how the connection stands.</summary>
    /// <param name="link">The connection; null: there is none.</param>
    public void Follow(IHubLink? link)
    {
        lock (_lock)
        {
            _link = link;
            foreach (var held in _sessions.Values)
            {
                if (link is not null)
                {
                    held.Replica.OnConnected(link);
                }
                else
                {
                    held.Replica.OnDisconnected();
                }
            }
        }
    }

    private bool TryHold(SessionKey key, Func<HeldSession> make, out HeldSession held)
    {
        lock (_lock)
        {
            if (_isClosed)
            {
                throw new RealtimeException(new Error(ClientErrors.ConnectionFailed, "The client is closed."));
            }

            if (_sessions.TryGetValue(key, out held!))
            {
                held.Holders += held.Replica.Left.IsCompleted ? 0 : 1;
                return !held.Replica.Left.IsCompleted;
            }

            held = make();
            held.Holders = 1;
            _sessions[key] = held;
            held.Replica.Gone = ForgetAsync(held);
            if (_link is not null)
            {
                held.Replica.OnConnected(_link);
            }

            return true;
        }
    }

    /// <returns>Whether that was the last hold.</returns>
    private bool TryRelease(HeldSession held)
    {
        lock (_lock)
        {
            return --held.Holders == 0;
        }
    }

    /// <summary>Tells the server once a session was left, and takes it out then: so a join that follows is never undone by it.</summary>
    private async Task ForgetAsync(HeldSession held)
    {
        await held.Replica.Left;
        await held.Replica.Joining;
        if (held.Replica.Link is { } link)
        {
            try
            {
                var request = new SessionRequest { ApplicationId = held.Key.ApplicationId, SessionId = held.Key.SessionId };
                await link.InvokeAsync<Empty>("LeaveSession", request, CancellationToken.None);
            }
            catch (RealtimeException exception)
            {
                LogNotLeft(logger, exception.Message);
            }
        }

        _sessions.TryRemove(KeyValuePair.Create(held.Key, held));
    }

    [LoggerMessage(5020, LogLevel.Debug, "The server was not told that a session was left: {Reason}")]
    private static partial void LogNotLeft(ILogger logger, string reason);
}
