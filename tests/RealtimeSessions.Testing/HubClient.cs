using System.Collections.Concurrent;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;

namespace RealtimeSessions.Testing;

/// <summary>
/// A bare client of the hub over the SignalR protocol <c>json</c>: calls are answered by id, callbacks come in order, and anything can be
/// sent, or left unread, on purpose.
/// </summary>
public sealed class HubClient : IAsyncDisposable
{
    private const int InvocationType = 1, CompletionType = 3, CloseType = 7;
    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(10);
    private static readonly byte[] Handshake = "{\"protocol\":\"json\",\"version\":1}\u001e"u8.ToArray();
    private static readonly byte[] Ping = "{\"type\":6}\u001e"u8.ToArray();

    private readonly HubSocket _socket;
    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonElement>> _calls = new();
    private readonly Channel<HubCallback> _callbacks = Channel.CreateUnbounded<HubCallback>();
    private readonly CancellationTokenSource _ended = new();
    private long _lastId;
    private string? _lastWord;

    private HubClient(HubSocket socket) => _socket = socket;

    /// <summary>The callbacks, in the order they came.</summary>
    public ChannelReader<HubCallback> Callbacks => _callbacks.Reader;

    /// <summary>Completes when the connection has ended, with the text of the server's close message, if it sent one.</summary>
    public Task<string?> Closed { get; private set; } = Task.FromResult<string?>(null);

    /// <summary>Connects and shakes hands.</summary>
    /// <param name="server">The server's address.</param>
    /// <param name="token">The access token; null sends none.</param>
    /// <param name="receiveBuffer">The socket's receive buffer in bytes; null leaves it to the system.</param>
    /// <exception cref="HubRefusedException">The server did not take the connection.</exception>
    public static async Task<HubClient> ConnectAsync(Uri server, string? token, int? receiveBuffer = null)
    {
        var socket = new HubSocket(receiveBuffer);
        try
        {
            await socket.ConnectAsync(server, token);
            await socket.SendAsync(Handshake);
        }
        catch
        {
            await socket.DisposeAsync();
            throw;
        }

        var client = new HubClient(socket);
        client.Closed = Task.Run(client.ReadAsync);
        _ = client.PingAsync();
        return client;
    }

    /// <summary>Calls a method. Calls are sent in the order in which this is called.</summary>
    /// <exception cref="HubCallException">The server answers with an error.</exception>
    /// <exception cref="ConnectionLostException">The connection ended before the answer.</exception>
    public Task<JsonElement> CallAsync(string method, params object?[] arguments) =>
        CallRawAsync(method, JsonSerializer.SerializeToUtf8Bytes(arguments, JsonSerializerOptions.Web));

    /// <summary>Calls a method with arguments as they are.</summary>
    /// <param name="method">The method.</param>
    /// <param name="arguments">A JSON array, or what is to pass for one.</param>
    /// <param name="type">The WebSocket's kind of message.</param>
    public async Task<JsonElement> CallRawAsync(
        string method, ReadOnlyMemory<byte> arguments, WebSocketMessageType type = WebSocketMessageType.Text)
    {
        var id = Interlocked.Increment(ref _lastId).ToString(CultureInfo.InvariantCulture);
        var answer = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        _calls[id] = answer;
        var head = $$"""{"type":{{InvocationType}},"invocationId":"{{id}}","target":"{{method}}","arguments":""";
        await _socket.SendAsync((byte[])[.. Encoding.UTF8.GetBytes(head), .. arguments.Span, .. "}\u001e"u8], type);
        if (_ended.IsCancellationRequested)
        {
            FailCalls();
        }

        return await answer.Task;
    }

    /// <summary>Sends bytes as they are.</summary>
    /// <exception cref="ConnectionLostException">The connection has ended.</exception>
    public Task SendRawAsync(ReadOnlyMemory<byte> bytes, WebSocketMessageType type = WebSocketMessageType.Text) => _socket.SendAsync(bytes, type);

    /// <summary>Stops reading the socket.</summary>
    public void PauseReading() => _socket.PauseReading();

    /// <summary>Reads on.</summary>
    public void ResumeReading() => _socket.ResumeReading();

    /// <summary>Cuts the connection without a word.</summary>
    public void Cut() => _socket.Cut();

    public async ValueTask DisposeAsync()
    {
        await _socket.DisposeAsync();
        await Closed;
    }

    private async Task PingAsync()
    {
        try
        {
            using var timer = new PeriodicTimer(PingInterval);
            while (await timer.WaitForNextTickAsync(_ended.Token))
            {
                await _socket.SendAsync(Ping);
            }
        }
        catch (Exception exception) when (exception is ConnectionLostException or OperationCanceledException)
        {
            // The connection has ended.
        }
    }

    private async Task<string?> ReadAsync()
    {
        await _socket.ReadAsync(Take);
        await _ended.CancelAsync();
        FailCalls();
        _callbacks.Writer.TryComplete();
        return _lastWord;
    }

    private void Take(byte[] record)
    {
        var message = JsonSerializer.Deserialize<JsonElement>(record);
        switch (message.TryGetProperty("type", out var type) ? type.GetInt32() : 0)
        {
            case InvocationType:
                _callbacks.Writer.TryWrite(new HubCallback(message.GetProperty("target").GetString()!, message.GetProperty("arguments")[0]));
                break;
            case CompletionType when _calls.TryRemove(message.GetProperty("invocationId").GetString()!, out var call):
                if (message.TryGetProperty("error", out var error))
                {
                    call.TrySetException(HubCallException.Read(error.GetString()!));
                }
                else
                {
                    call.TrySetResult(message.GetProperty("result"));
                }

                break;
            case CloseType:
                _lastWord = message.TryGetProperty("error", out var reason) ? reason.GetString() : "";
                break;
        }
    }

    private void FailCalls()
    {
        foreach (var id in _calls.Keys)
        {
            if (_calls.TryRemove(id, out var call))
            {
                call.TrySetException(new ConnectionLostException());
            }
        }
    }
}
