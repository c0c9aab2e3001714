using System.Net.Sockets;
using System.Net.WebSockets;

namespace RealtimeSessions.Testing;

/// <summary>A WebSocket to the hub that sends and reads records of SignalR's text framing. Sends keep the order in which they were called.</summary>
internal sealed class HubSocket : IAsyncDisposable
{
    private const byte RecordSeparator = 0x1E;

    private readonly ClientWebSocket _socket = new();
    private readonly SocketsHttpHandler _handler = new();
    private readonly HttpMessageInvoker _invoker;
    private readonly SemaphoreSlim _sending = new(1);
    private volatile TaskCompletionSource? _paused;

    /// <param name="receiveBuffer">The receive buffer in bytes; null leaves it to the system.</param>
    public HubSocket(int? receiveBuffer)
    {
        _handler.ConnectCallback = async (context, cancellation) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            socket.ReceiveBufferSize = receiveBuffer ?? socket.ReceiveBufferSize;
            await socket.ConnectAsync(context.DnsEndPoint, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        };
        _invoker = new HttpMessageInvoker(_handler);
    }

    /// <exception cref="HubRefusedException">The server did not take the connection.</exception>
    public async Task ConnectAsync(Uri server, string? token)
    {
        var query = token is null ? "" : $"access_token={Uri.EscapeDataString(token)}";
        _socket.Options.CollectHttpResponseDetails = true;
        try
        {
            await _socket.ConnectAsync(new UriBuilder(server) { Scheme = "ws", Path = "/hub", Query = query }.Uri, _invoker, CancellationToken.None);
        }
        catch (WebSocketException exception)
        {
            throw new HubRefusedException((int)_socket.HttpStatusCode, exception);
        }
    }

    public async Task SendAsync(ReadOnlyMemory<byte> bytes, WebSocketMessageType type = WebSocketMessageType.Text)
    {
        await _sending.WaitAsync();
        try
        {
            await _socket.SendAsync(bytes, type, endOfMessage: true, CancellationToken.None);
        }
        catch (Exception exception) when (IsEnd(exception))
        {
            throw new ConnectionLostException();
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Reads records until the connection ends, however it ends.</summary>
    public async Task ReadAsync(Action<byte[]> take)
    {
        try
        {
            var (buffer, record) = (new byte[16 * 1024], new List<byte>());
            while (true)
            {
                await (_paused?.Task ?? Task.CompletedTask);
                var read = await _socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
                if (read.MessageType == WebSocketMessageType.Close)
                {
                    return;
                }

                var rest = buffer.AsSpan(0, read.Count);
                for (int end; (end = rest.IndexOf(RecordSeparator)) >= 0; rest = rest[(end + 1)..])
                {
                    record.AddRange(rest[..end]);
                    take([.. record]);
                    record.Clear();
                }

                record.AddRange(rest);
            }
        }
        catch (Exception exception) when (IsEnd(exception))
        {
            // However it ended, it has ended.
        }
        finally
        {
            _socket.Abort();
        }
    }

    public void PauseReading() => _paused = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void ResumeReading() => _paused?.TrySetResult();

    public void Cut()
    {
        _socket.Abort();
        ResumeReading();
    }

    public ValueTask DisposeAsync()
    {
        Cut();
        _socket.Dispose();
        _invoker.Dispose();
        _handler.Dispose();
        return ValueTask.CompletedTask;
    }

    private static bool IsEnd(Exception exception) =>
        exception is WebSocketException or ObjectDisposedException or OperationCanceledException or InvalidOperationException;
}
