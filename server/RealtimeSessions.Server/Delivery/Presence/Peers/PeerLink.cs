using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using RealtimeSessions.EventLog;

namespace RealtimeSessions.Server.Delivery.Presence.Peers;

/// <summary>
/// The way to the other servers that have members of a session. A message is its sender's id, <see cref="IdLength"/> characters of ASCII, and
/// JSON. What comes waits in a bounded queue; if it overflows, that is as if the connection had broken.
/// </summary>
internal sealed partial class PeerLink : IDisposable
{
    /// <summary>The length of a server's id.</summary>
    public const int IdLength = 16;

    private const int MaximumWaiting = 1_024;

    private readonly LogId _topic;
    private readonly PresenceServices _services;
    private readonly byte[] _ownId;
    private readonly Action<string, PeerMessage> _take;
    private readonly Action _resumed;
    private readonly Channel<ReadOnlyMemory<byte>> _inbox = Channel.CreateBounded<ReadOnlyMemory<byte>>(
        new BoundedChannelOptions(MaximumWaiting) { SingleReader = true });
    private readonly IDisposable _subscription;
    private volatile bool _hasMissed;

    /// <param name="topic">What the session's messages are about.</param>
    /// <param name="services">Where they go.</param>
    /// <param name="take">Takes a message of another server. Called one at a time, without any lock.</param>
    /// <param name="resumed">Told when messages may have been missed, and at the beginning. Called like <paramref name="take"/>.</param>
    public PeerLink(LogId topic, PresenceServices services, Action<string, PeerMessage> take, Action resumed)
    {
        (_topic, _services, _take, _resumed) = (topic, services, take, resumed);
        _ownId = Encoding.ASCII.GetBytes(services.ServerId);
        _ = Task.Run(ReadAsync);
        _subscription = services.Bus.Subscribe(topic, OnMessage, OnResumed);
    }

    /// <summary>Sends a message to the other servers. Returns at once.</summary>
    public void Send(PeerMessage message) =>
        _services.Bus.Publish(_topic, [.. _ownId, .. JsonSerializer.SerializeToUtf8Bytes(message, PeerJsonContext.Default.PeerMessage)]);

    /// <summary>Takes nothing more. What was sent is on its way.</summary>
    public void Dispose()
    {
        _subscription.Dispose();
        _inbox.Writer.TryComplete();
    }

    private void OnMessage(ReadOnlyMemory<byte> message)
    {
        if (message.Length > IdLength && !message.Span.StartsWith(_ownId) && !_inbox.Writer.TryWrite(message))
        {
            OnResumed();
        }
    }

    private void OnResumed()
    {
        _hasMissed = true;

        // An empty one wakes; where there is no room for it, nobody sleeps.
        _inbox.Writer.TryWrite(default);
    }

    private async Task ReadAsync()
    {
        await foreach (var message in _inbox.Reader.ReadAllAsync())
        {
            try
            {
                if (_hasMissed)
                {
                    _hasMissed = false;
                    _resumed();
                }

                if (!message.IsEmpty && JsonSerializer.Deserialize(message.Span[IdLength..], PeerJsonContext.Default.PeerMessage) is { } content)
                {
                    _take(Encoding.ASCII.GetString(message.Span[..IdLength]), content);
                }
            }
            catch (JsonException exception)
            {
                // A newer server may say what this one does not understand.
                LogUnread(_services.Logger, _topic, exception.Message);
            }
            catch (Exception exception)
            {
                LogFailed(_services.Logger, _topic, exception);
            }
        }
    }

    [LoggerMessage(3410, LogLevel.Debug, "A message of another server about {Topic} cannot be read: {Reason}")]
    private static partial void LogUnread(ILogger logger, LogId topic, string reason);

    [LoggerMessage(3411, LogLevel.Error, "A message of another server about {Topic} could not be taken.")]
    private static partial void LogFailed(ILogger logger, LogId topic, Exception exception);
}
