using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using RealtimeSessions.Client.Connecting;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.Client.Live;

/// <summary>
/// What a client has joined of one kind, or watches: each is joined once, however often the program joins it, and left with the last one that leaves it. Thread-safe.
/// </summary>
/// <param name="leaveTimeout">How long leaving waits for the answers to own changes, and for the server to know.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where it says what could not be done.</param>
internal sealed partial class LiveTable<TKey, TReplica>(TimeSpan leaveTimeout, TimeProvider time, ILogger logger)
    where TKey : notnull
    where TReplica : class, ILiveReplica
{
    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<TKey, Held<TReplica>> _held = new();
    private IHubLink? _link;
    private bool _isClosed;

    /// <summary>What is kept of one; null: it is not joined.</summary>
    public TReplica? Find(TKey key) => _held.GetValueOrDefault(key)?.Replica;

    /// <summary>What is kept of all that are joined.</summary>
    public IEnumerable<TReplica> FindAll() => _held.Values.Select(held => held.Replica);

    /// <summary>Joins, or shares what is joined already. Each hold wants one release.</summary>
    /// <param name="key">Which one.</param>
    /// <param name="make">Makes it, where it is not there.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <param name="share">Lets one that is there do for this hold, too. Default: it does.</param>
    /// <returns>It, with its first state.</returns>
    public async Task<Held<TReplica>> HoldAsync(
        TKey key, Func<Held<TReplica>> make, CancellationToken cancellationToken, Action<TReplica>? share = null)
    {
        Held<TReplica>? held;
        while (!TryHold(key, make, share, out held))
        {
            await held.Gone.WaitAsync(cancellationToken);
        }

        try
        {
            await held.Replica.Ready.WaitAsync(cancellationToken);
            return held;
        }
        catch
        {
            lock (_lock)
            {
                held.Holders--;
                _ = TryLeave(held);
            }

            throw;
        }
    }

    /// <summary>Gives a hold back; with the last one it is left, when own changes are answered or that has taken too long for all who wait for it.</summary>
    public async Task ReleaseAsync(Held<TReplica> held, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (--held.Holders > 0)
            {
                return;
            }

            held.Waiting++;
        }

        await held.Replica.SettledAsync(leaveTimeout, cancellationToken);
        lock (_lock)
        {
            held.Waiting--;
            if (!TryLeave(held))
            {
                return;
            }
        }

        await UntilGoneAsync(held, cancellationToken);
    }

    /// <summary>Leaves all of them, whoever holds them, and takes no more.</summary>
    public async Task CloseAsync()
    {
        lock (_lock)
        {
            _isClosed = true;
        }

        await Task.WhenAll(_held.Values.Select(async held =>
        {
            await held.Replica.SettledAsync(leaveTimeout, CancellationToken.None);
            held.Replica.Leave();
            await UntilGoneAsync(held, CancellationToken.None);
        }));
    }

    /// <summary>Tells them how the connection stands.</summary>
    /// <param name="link">The connection; null: there is none.</param>
    public void Follow(IHubLink? link)
    {
        lock (_lock)
        {
            _link = link;
            foreach (var held in _held.Values)
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

    private bool TryHold(TKey key, Func<Held<TReplica>> make, Action<TReplica>? share, out Held<TReplica> held)
    {
        lock (_lock)
        {
            if (_isClosed)
            {
                throw new RealtimeException(new Error(ClientErrors.ConnectionFailed, "The client is closed."));
            }

            if (_held.TryGetValue(key, out held!))
            {
                if (held.Replica.Left.IsCompleted)
                {
                    return false;
                }

                held.Holders++;
                share?.Invoke(held.Replica);
                return true;
            }

            held = make();
            held.Holders = 1;
            _held[key] = held;
            held.Gone = ForgetAsync(key, held);
            if (_link is not null)
            {
                held.Replica.OnConnected(_link);
            }

            return true;
        }
    }

    /// <summary>Leaves it, unless it is still held, was joined again, or somebody waits for answers. Called under the lock.</summary>
    private static bool TryLeave(Held<TReplica> held)
    {
        if (held.Holders > 0 || held.Waiting > 0)
        {
            return false;
        }

        held.Replica.Leave();
        return true;
    }

    /// <summary>Waits until the server knows that it was left, but not longer than leaving may take.</summary>
    private async Task UntilGoneAsync(Held<TReplica> held, CancellationToken cancellationToken) =>
        await held.Gone.WaitAsync(leaveTimeout, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>Tells the server once one was left, and takes it out then: so a join that follows is never undone by it.</summary>
    private async Task ForgetAsync(TKey key, Held<TReplica> held)
    {
        await held.Replica.Left;
        await held.Replica.Joining;
        if (held.Replica.Link is { } link)
        {
            try
            {
                await held.Replica.TellLeftAsync(link);
            }
            catch (RealtimeException exception)
            {
                LogNotLeft(logger, exception.Message);
            }
        }

        _held.TryRemove(KeyValuePair.Create(key, held));
    }

    [LoggerMessage(5020, LogLevel.Debug, "The server was not told that something was left: {Reason}")]
    private static partial void LogNotLeft(ILogger logger, string reason);
}
