using System.Buffers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.MessagePack;

namespace RealtimeSessions.EndToEnd.Tests.Packed;

/// <summary>A bare connection that speaks the hub protocol <c>messagepack</c>, one call at a time.</summary>
internal sealed class PackedConnection : IAsyncDisposable
{
    private static readonly byte[] Handshake = "{\"protocol\":\"messagepack\",\"version\":1}\u001e"u8.ToArray();

    private readonly ClientWebSocket _socket = new();
    private readonly MessagePackHubProtocol _protocol = new(new JsonSerializerOptions(JsonSerializerDefaults.Web));
    private readonly CancellationTokenSource _patience = new(Callbacks.Patience);
    private readonly Queue<InvocationMessage> _callbacks = new();
    private ReadOnlySequence<byte> _received;

    public static async Task<PackedConnection> ConnectAsync(Uri server, string token)
    {
        var connection = new PackedConnection();
        var query = $"access_token={Uri.EscapeDataString(token)}";
        await connection._socket.ConnectAsync(new UriBuilder(server) { Scheme = "ws", Path = "/hub", Query = query }.Uri, connection._patience.Token);
        await connection.SendAsync(Handshake);
        await connection.ReceiveAsync();
        Assert.Equal("{}\u001e", Encoding.UTF8.GetString(connection._received));
        connection._received = default;
        return connection;
    }

    /// <summary>Sends bytes as they are.</summary>
    public Task SendAsync(byte[] bytes) => _socket.SendAsync(bytes, WebSocketMessageType.Binary, endOfMessage: true, _patience.Token);

    /// <summary>Calls a method and waits for its answer.</summary>
    public async Task<CompletionMessage> CallAsync(string method, object argument)
    {
        await SendAsync(_protocol.GetMessageBytes(new InvocationMessage("1", method, [argument])).ToArray());
        return await NextAnswerAsync();
    }

    /// <summary>The next answer; callbacks before it wait.</summary>
    public async Task<CompletionMessage> NextAnswerAsync()
    {
        while (true)
        {
            switch (await NextAsync())
            {
                case CompletionMessage completion:
                    return completion;
                case InvocationMessage callback:
                    _callbacks.Enqueue(callback);
                    break;
            }
        }
    }

    /// <summary>The next callback, which must be of a name.</summary>
    public async Task<JsonElement> NextAsync(string name)
    {
        InvocationMessage? callback;
        while (!_callbacks.TryDequeue(out callback) && (callback = await NextAsync() as InvocationMessage) is null)
        {
            // Whatever else comes is of no interest.
        }

        Assert.Equal(name, callback.Target);
        return (JsonElement)callback.Arguments[0]!;
    }

    /// <summary>Reads until the server has closed the connection.</summary>
    public async Task ReadToEndAsync()
    {
        while (await ReceiveAsync())
        {
            // What comes before is of no interest.
        }
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _patience.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<HubMessage> NextAsync()
    {
        HubMessage? message;
        while (!_protocol.TryParseMessage(ref _received, Elements.Instance, out message))
        {
            Assert.True(await ReceiveAsync(), "The connection has ended.");
        }

        return message;
    }

    private async Task<bool> ReceiveAsync()
    {
        var buffer = new byte[64 * 1024];
        var read = await _socket.ReceiveAsync(buffer.AsMemory(), _patience.Token);
        _received = new ReadOnlySequence<byte>([.. _received.ToArray(), .. buffer.AsSpan(0, read.Count)]);
        return read.MessageType != WebSocketMessageType.Close;
    }

    /// <summary>Everything is read as JSON.</summary>
    private sealed class Elements : IInvocationBinder
    {
        public static Elements Instance { get; } = new();

        public Type GetReturnType(string invocationId) => typeof(JsonElement);

        public IReadOnlyList<Type> GetParameterTypes(string methodName) => [typeof(JsonElement)];

        public Type GetStreamItemType(string streamId) => typeof(JsonElement);
    }
}
