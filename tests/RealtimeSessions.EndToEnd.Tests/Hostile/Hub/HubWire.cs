using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using RealtimeSessions.EndToEnd.Tests.Hostile.Generation;

namespace RealtimeSessions.EndToEnd.Tests.Hostile.Hub;

/// <summary>A WebSocket to the hub that sends anything and looks at every record that comes back.</summary>
internal sealed class HubWire : IAsyncDisposable
{
    private const byte End = 0x1E;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly HubMessage Handshake = new(RawText.Encode(HubFrames.Handshake + HubCases.End));

    private readonly ClientWebSocket _socket = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonElement>> _answers = new();
    private readonly Action<string> _seen;

    private HubWire(Action<string> seen) => _seen = seen;

    /// <summary>Completes when the connection has ended.</summary>
    public Task Closed { get; private set; } = Task.CompletedTask;

    /// <summary>Connects.</summary>
    /// <param name="server">The server.</param>
    /// <param name="token">Whose connection it is.</param>
    /// <param name="seen">Is given every record that comes.</param>
    /// <param name="handshake">What to send first; null: what belongs there.</param>
    public static async Task<HubWire> ConnectAsync(Uri server, string token, Action<string> seen, HubMessage? handshake = null)
    {
        var wire = new HubWire(seen);
        using var patience = new CancellationTokenSource(Patience);
        await wire._socket.ConnectAsync(
            new UriBuilder(server) { Scheme = "ws", Path = "/hub", Query = $"access_token={Uri.EscapeDataString(token)}" }.Uri, patience.Token);
        wire.Closed = Task.Run(wire.ReadAsync);
        await wire.SendAsync(handshake ?? Handshake);
        return wire;
    }

    /// <summary>Sends a message; not if the connection has ended.</summary>
    public async Task SendAsync(HubMessage message)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await _socket.SendAsync(message.Bytes.AsMemory(), message.Type, endOfMessage: true, patience.Token);
        }
        catch (Exception exception) when (exception is WebSocketException or ObjectDisposedException or InvalidOperationException
            || (exception is OperationCanceledException && !patience.IsCancellationRequested))
        {
            // It has ended, which the reading end says.
        }
    }

    /// <summary>Begins to wait for the answer to a call.</summary>
    /// <returns>The completion; undefined if the connection ends first.</returns>
    public async Task<JsonElement> AnswerAsync(string id)
    {
        var answer = _answers.GetOrAdd(id, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
        var first = await Task.WhenAny(answer.Task, Closed).WaitAsync(Patience);
        _answers.TryRemove(id, out _);
        return first == answer.Task || answer.Task.IsCompleted ? await answer.Task : default;
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        await Closed;
        _socket.Dispose();
    }

    private async Task ReadAsync()
    {
        var (buffer, record) = (new byte[16 * 1024], new List<byte>());
        try
        {
            while (await _socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None) is { MessageType: not WebSocketMessageType.Close } read)
            {
                var rest = buffer.AsMemory(0, read.Count);
                for (int end; (end = rest.Span.IndexOf(End)) >= 0; rest = rest[(end + 1)..])
                {
                    record.AddRange(rest.Span[..end]);
                    Take(record.ToArray());
                    record.Clear();
                }

                record.AddRange(rest.Span);
            }
        }
        catch (Exception exception) when (exception is WebSocketException or ObjectDisposedException or OperationCanceledException)
        {
            // However it ended, it has ended.
        }
        finally
        {
            _socket.Abort();
        }
    }

    private void Take(byte[] record)
    {
        _seen(Encoding.UTF8.GetString(record));
        var message = JsonSerializer.Deserialize<JsonElement>(record);
        if (message.TryGetProperty("invocationId", out var id) && _answers.TryGetValue(id.GetString()!, out var answer))
        {
            answer.TrySetResult(message);
        }
    }
}
