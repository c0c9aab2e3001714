using System.Collections.Concurrent;
using RealtimeSessions.EventLog;
using RealtimeSessions.Server.Delivery;
using RealtimeSessions.Server.Directory;
using RealtimeSessions.Server.Identity;

namespace RealtimeSessions.Server.Hubs;

/// <summary>
/// Keeps connections in the directory groups of their users: from the moment they connect, or, where the storage cannot be reached then, from the
/// moment it can.
/// </summary>
internal sealed partial class ConnectionGroups(UserDirectory users, Callers callers, TimeProvider time, ILogger<ConnectionGroups> logger)
{
    /// <summary>How long a connection waits for its groups at most.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<ClientConnection, Caller> _late = new();
    private int _isEntering;

    /// <summary>Gives a connection its groups, and those that it will have, until the answer is disposed of.</summary>
    public async Task<Following> FollowAsync(ClientConnection connection)
    {
        // Of which the connection keeps no more than it needs when the directory knows it.
        var caller = connection.Caller;
        if (!callers.HaveDirectory)
        {
            connection.Change(caller.In([]));
            return new Following(null);
        }

        var follower = users.Follow(caller, user => connection.Change(connection.Caller.In(user?.NameGroups() ?? [])));
        try
        {
            await users.EnterAsync(caller).AsTask().WaitAsync(Patience, time);

            // Whoever has learned of him at the same moment may still be telling others.
            follower.Tell();
        }
        catch (Exception exception) when (exception is EngineUnavailableException or TimeoutException)
        {
            LogLate(logger, exception);
            _late[connection] = caller;
            if (Interlocked.Exchange(ref _isEntering, 1) == 0)
            {
                _ = EnterLateAsync();
            }
        }
        catch (Exception exception)
        {
            LogFailed(logger, exception);
        }

        return new Following(follower);
    }

    /// <summary>Enters those who could not be entered, until nobody is left; one of them finds out whether it can be done.</summary>
    private async Task EnterLateAsync()
    {
        do
        {
            while (!_late.IsEmpty)
            {
                await Task.Delay(Pause, time);
                foreach (var (connection, caller) in _late)
                {
                    if (!connection.IsAborted && !await TryEnterAsync(caller))
                    {
                        break;
                    }

                    _late.TryRemove(connection, out _);
                }
            }

            Interlocked.Exchange(ref _isEntering, 0);
        }
        while (!_late.IsEmpty && Interlocked.Exchange(ref _isEntering, 1) == 0);
    }

    private async Task<bool> TryEnterAsync(Caller caller)
    {
        try
        {
            await users.EnterAsync(caller);
            return true;
        }
        catch (EngineUnavailableException)
        {
            return false;
        }
        catch (Exception exception)
        {
            LogFailed(logger, exception);
            return true;
        }
    }

    [LoggerMessage(3310, LogLevel.Warning, "A connection is let in without the groups of the directory; they come when the storage can be reached.")]
    private static partial void LogLate(ILogger logger, Exception exception);

    [LoggerMessage(3311, LogLevel.Error, "A connection stays without the groups of the directory.")]
    private static partial void LogFailed(ILogger logger, Exception exception);

    /// <summary>That a connection's groups are kept current. Disposal ends it.</summary>
    internal sealed class Following(IDisposable? follower) : IDisposable
    {
        public void Dispose() => follower?.Dispose();
    }
}
