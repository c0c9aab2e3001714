using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace RealtimeSessions.EventLog.Redis;

/// <summary>
/// The connection to Redis: runs scripts and commands on the servers that may write, retries what a server has refused without doing
/// anything, and turns every failure into <see cref="EngineUnavailableException"/>. All members may be called at the same time; calls
/// that do not await each other are pipelined.
/// </summary>
internal sealed partial class RedisConnection : IAsyncDisposable
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(25);

    /// <summary>With the doubling delays: about three seconds.</summary>
    private const int MaximumAttempts = 8;

    private readonly IConnectionMultiplexer _multiplexer;
    private readonly IDatabase _database;
    private readonly ISubscriber _subscriber;
    private readonly SharedTimeout _timeout;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ConcurrentDictionary<(EndPoint EndPoint, ConnectionType Type), ConnectionFailureType> _failures = new();

    /// <param name="multiplexer">The client; disposed with this object.</param>
    /// <param name="timeout">How long an answer is waited for: the client itself waits without end.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">For what the operator should know.</param>
    public RedisConnection(IConnectionMultiplexer multiplexer, TimeSpan timeout, TimeProvider time, ILogger<RedisConnection> logger)
    {
        (_multiplexer, _timeout, _time, _logger) = (multiplexer, new SharedTimeout(timeout, time), time, logger);
        _database = multiplexer.GetDatabase();
        _subscriber = multiplexer.GetSubscriber();
        multiplexer.ConnectionFailed += OnConnectionFailed;
        multiplexer.ConnectionRestored += OnConnectionRestored;
    }

    /// <summary>Which connection is down; null: none is, as far as is known. Servers that have left the Cluster do not count.</summary>
    public string? Problem
    {
        get
        {
            foreach (var ((endPoint, type), failure) in _failures)
            {
                if (_multiplexer.GetEndPoints().Contains(endPoint))
                {
                    return $"The {type} connection to Redis at {endPoint} is down: {failure}.";
                }
            }

            return null;
        }
    }

    /// <summary>Raised when a connection that carries announcements has come back: some may have been missed.</summary>
    public event Action? AnnouncementsResumed;

    /// <summary>
    /// Makes the connected servers know the scripts, so that calls, of which many may come at once, are not refused one by one. Whatever
    /// keeps a server from it, a call by the text makes up for it.
    /// </summary>
    public async Task LoadScriptsAsync()
    {
        var servers = _multiplexer.GetEndPoints().Select(endPoint => _multiplexer.GetServer(endPoint)).Where(server => server.IsConnected);
        try
        {
            await Task.WhenAll(
                from server in servers
                from script in RedisScript.All
                select server.ScriptLoadAsync(script.Text)).WaitAsync(_timeout.Next());
        }
        catch (Exception e) when (RedisErrors.IsOutage(e))
        {
            LogNotLoaded(e.Message);
        }
    }

    /// <summary>Runs a script by its hash, or by its text on a server that does not know it.</summary>
    /// <param name="script">The script.</param>
    /// <param name="keys">Every key it uses; all in one slot.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <exception cref="EngineUnavailableException">The outcome is unknown.</exception>
    public Task<RedisResult> EvaluateAsync(RedisScript script, RedisKey[] keys, params RedisValue[] arguments) =>
        RunAsync((database, isUnknown) => isUnknown
            ? database.ScriptEvaluateAsync(script.Text, keys, arguments, CommandFlags.DemandMaster | CommandFlags.NoScriptCache)
            : database.ScriptEvaluateAsync(script.Hash, keys, arguments, CommandFlags.DemandMaster));

    /// <summary>Runs a command, again while a server refuses it.</summary>
    /// <exception cref="EngineUnavailableException">The outcome is unknown.</exception>
    public Task<T> RunAsync<T>(Func<IDatabase, Task<T>> command) => RunAsync((database, _) => command(database));

    /// <param name="command">The command; also gets whether the server has said that it does not know the script.</param>
    private async Task<T> RunAsync<T>(Func<IDatabase, bool, Task<T>> command)
    {
        var (delay, isUnknown) = (FirstDelay, false);
        for (var attempt = 1; ; attempt++)
        {
            var timeout = _timeout.Next();
            try
            {
                return await command(_database, isUnknown).WaitAsync(timeout);
            }
            catch (RedisServerException e) when (!isUnknown && RedisErrors.IsUnknownScript(e))
            {
                isUnknown = true;
                continue;
            }
            catch (RedisServerException e) when (attempt < MaximumAttempts && RedisErrors.IsRefusal(e))
            {
                LogRefused(e.Message);
            }
            catch (OperationCanceledException) when (timeout.IsCancellationRequested)
            {
                throw RedisErrors.Unavailable(new TimeoutException());
            }
            catch (Exception e) when (RedisErrors.IsOutage(e))
            {
                throw RedisErrors.Unavailable(e);
            }

            await Task.Delay(delay, _time);
            delay *= 2;
        }
    }

    /// <summary>Subscribes to a channel. Messages may come in any order, and several at a time.</summary>
    /// <exception cref="EngineUnavailableException">It may be subscribed or not.</exception>
    public Task SubscribeAsync(RedisChannel channel, Action<RedisValue> handler) =>
        RunAsync(async _ =>
        {
            await _subscriber.SubscribeAsync(channel, (_, message) => handler(message));
            return true;
        });

    /// <summary>Ends every subscription to a channel.</summary>
    /// <exception cref="EngineUnavailableException">It may be subscribed or not.</exception>
    public Task UnsubscribeAsync(RedisChannel channel) =>
        RunAsync(async _ =>
        {
            await _subscriber.UnsubscribeAsync(channel);
            return true;
        });

    /// <summary>Publishes a message, once: it is not tried again. Messages go out in the order in which this is called.</summary>
    /// <exception cref="EngineUnavailableException">It may have been published or not.</exception>
    public async Task PublishAsync(RedisChannel channel, byte[] message)
    {
        try
        {
            // Not bounded by the time-out: what waits still weighs, and ends with the connection.
            await _subscriber.PublishAsync(channel, message, CommandFlags.DemandMaster);
        }
        catch (Exception e) when (RedisErrors.IsOutage(e))
        {
            throw RedisErrors.Unavailable(e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _multiplexer.ConnectionFailed -= OnConnectionFailed;
        _multiplexer.ConnectionRestored -= OnConnectionRestored;
        await _multiplexer.CloseAsync();
        _multiplexer.Dispose();
    }

    private void OnConnectionFailed(object? sender, ConnectionFailedEventArgs e)
    {
        _failures[(e.EndPoint, e.ConnectionType)] = e.FailureType;
        LogConnectionFailed(e.EndPoint?.ToString(), e.ConnectionType, e.FailureType);
    }

    private void OnConnectionRestored(object? sender, ConnectionFailedEventArgs e)
    {
        _failures.TryRemove((e.EndPoint, e.ConnectionType), out _);
        LogConnectionRestored(e.EndPoint?.ToString(), e.ConnectionType);
        if (e.ConnectionType == ConnectionType.Subscription)
        {
            _ = ResumeAnnouncementsAsync();
        }
        else
        {
            // It may have been restarted, and know no script any more.
            _ = LoadScriptsAsync();
        }
    }

    private async Task ResumeAnnouncementsAsync()
    {
        // The client has sent its subscriptions again, on the connection of the ping: when that is answered, they stand.
        Task ping = _subscriber.PingAsync();
        await ping.WaitAsync(_timeout.Next()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        AnnouncementsResumed?.Invoke();
    }

    [LoggerMessage(2100, LogLevel.Warning, "The {ConnectionType} connection to Redis at {EndPoint} failed: {FailureType}.")]
    private partial void LogConnectionFailed(string? endPoint, ConnectionType connectionType, ConnectionFailureType failureType);

    [LoggerMessage(2101, LogLevel.Information, "The {ConnectionType} connection to Redis at {EndPoint} is back.")]
    private partial void LogConnectionRestored(string? endPoint, ConnectionType connectionType);

    [LoggerMessage(2103, LogLevel.Debug, "The scripts were not loaded; calls send them. {Reason}")]
    private partial void LogNotLoaded(string reason);

    [LoggerMessage(2102, LogLevel.Debug, "Redis refused a command, which is tried again: {Reason}")]
    private partial void LogRefused(string reason);
}
