using Microsoft.Extensions.Logging;
using RealtimeSessions.EventLog.Messages;

namespace RealtimeSessions.EventLog.Redis;

/// <summary>Messages by the publications of Redis. What waits to be sent is bounded; beyond that, messages are dropped.</summary>
internal sealed partial class RedisMessageBus : IMessageBus, IDisposable
{
    /// <summary>What may wait for Redis at most, in bytes.</summary>
    private const long MaximumWaiting = 16 * 1024 * 1024;

    private readonly RedisConnection _connection;
    private readonly RedisKeys _keys;
    private readonly ILogger _logger;
    private readonly TopicRegistry _topics = new();
    private readonly RedisSubscriptions _subscriptions;
    private long _waiting;
    private int _isDropping;

    public RedisMessageBus(RedisConnection connection, RedisKeys keys, TimeProvider time, ILogger<RedisMessageBus> logger)
    {
        (_connection, _keys, _logger) = (connection, keys, logger);
        var channels = new RedisChannels(keys.TopicChannel, _topics.IsWanted, _topics.Deliver, _topics.Resume);
        _subscriptions = new RedisSubscriptions(connection, channels, time, logger);
        _topics.Changed += _subscriptions.Reconcile;
        connection.AnnouncementsResumed += _topics.ResumeAll;
    }

    public void Publish(LogId topic, byte[] message)
    {
        MessageArguments.Check(message);
        if (Interlocked.Add(ref _waiting, message.Length) > MaximumWaiting)
        {
            Interlocked.Add(ref _waiting, -message.Length);
            if (Interlocked.Exchange(ref _isDropping, 1) == 0)
            {
                LogDropping(MaximumWaiting);
            }

            return;
        }

        _ = SendAsync(topic, message);
    }

    public IDisposable Subscribe(LogId topic, Action<ReadOnlyMemory<byte>> handler, Action resumed) => _topics.Add(topic, handler, resumed);

    public void Dispose()
    {
        _connection.AnnouncementsResumed -= _topics.ResumeAll;
        _subscriptions.Dispose();
    }

    private async Task SendAsync(LogId topic, byte[] message)
    {
        try
        {
            await _connection.PublishAsync(_keys.TopicChannel(topic), message);
        }
        catch (EngineUnavailableException)
        {
            // It is lost, as messages are while Redis cannot be reached; the connection says so once.
        }
        finally
        {
            if (Interlocked.Add(ref _waiting, -message.Length) == 0)
            {
                _isDropping = 0;
            }
        }
    }

    [LoggerMessage(2130, LogLevel.Warning,
        "More than {Bytes} bytes of messages to other servers wait for Redis: what comes now is dropped until it has taken them.")]
    private partial void LogDropping(long bytes);
}
