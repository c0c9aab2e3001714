using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace RealtimeSessions.Client.Connecting;

/// <summary>A WebSocket as a connection of the SignalR client.</summary>
internal sealed class SocketConnection : ConnectionContext
{
    private const int ReceiveBytes = 32 * 1024;
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(2);

    private readonly ClientWebSocket _socket;
    private readonly WebSocketMessageType _type;
    private readonly Pipe _received = new(new PipeOptions(useSynchronizationContext: false));
    private readonly Pipe _toSend = new(new PipeOptions(useSynchronizationContext: false));
    private readonly CancellationTokenSource _closed = new();
    private readonly Task _running;

    /// <param name="socket">A socket that is connected.</param>
    /// <param name="type">The type of the messages that are sent.</param>
    public SocketConnection(ClientWebSocket socket, WebSocketMessageType type)
    {
        (_socket, _type) = (socket, type);
        Transport = new Duplex(_received.Reader, _toSend.Writer);
        _running = Task.WhenAll(ReceiveAsync(), SendAsync());
    }

    public override string ConnectionId { get; set; } = Guid.NewGuid().ToString("N");

    public override IFeatureCollection Features { get; } = new FeatureCollection();

    public override IDictionary<object, object?> Items { get; set; } = new ConnectionItems();

    public override IDuplexPipe Transport { get; set; }

    public override EndPoint? RemoteEndPoint { get; set; }

    public override void Abort() => _closed.Cancel();

    public override async ValueTask DisposeAsync()
    {
        await Transport.Output.CompleteAsync();
        await Transport.Input.CompleteAsync();
        _closed.CancelAfter(CloseTimeout);
        await _running;
        _socket.Dispose();
        _closed.Dispose();
    }

    private async Task ReceiveAsync()
    {
        Exception? end = null;
        try
        {
            while (true)
            {
                var read = await _socket.ReceiveAsync(_received.Writer.GetMemory(ReceiveBytes), _closed.Token);
                if (read.MessageType == WebSocketMessageType.Close)
                {
                    break;
                }

                _received.Writer.Advance(read.Count);
                if ((await _received.Writer.FlushAsync(_closed.Token)).IsCompleted)
                {
                    break;
                }
            }
        }
        catch (Exception exception)
        {
            end = exception;
        }

        // The exception is how the client learns that the connection was lost, and not closed.
        await _received.Writer.CompleteAsync(end);
        _toSend.Reader.CancelPendingRead();
    }

    private async Task SendAsync()
    {
        try
        {
            while (true)
            {
                var read = await _toSend.Reader.ReadAsync(_closed.Token);
                if (!read.Buffer.IsEmpty)
                {
                    await SendAsync(read.Buffer);
                }

                _toSend.Reader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted || read.IsCanceled)
                {
                    break;
                }
            }

            await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, _closed.Token);
        }
        catch
        {
            // Whoever waits for answers learns of it where they are received.
            await _closed.CancelAsync();
        }

        await _toSend.Reader.CompleteAsync();
    }

    private async Task SendAsync(ReadOnlySequence<byte> message)
    {
        var position = message.Start;
        message.TryGet(ref position, out var piece);
        while (message.TryGet(ref position, out var next))
        {
            await _socket.SendAsync(piece, _type, endOfMessage: false, _closed.Token);
            piece = next;
        }

        await _socket.SendAsync(piece, _type, endOfMessage: true, _closed.Token);
    }

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
