using System.Buffers;
using System.IO.Pipelines;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RealtimeSessions.Client.Connecting;

namespace RealtimeSessions.Client.Tests.Connecting;

/// <summary>Against a WebSocket of Kestrel, which sends back what it gets.</summary>
public sealed class SocketConnectionTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly TaskCompletionSource<WebSocket> _accepted = new();
    private readonly TaskCompletionSource _finished = new();
    private readonly WebApplication _server;
    private int _messages;

    public SocketConnectionTests()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _server = builder.Build();
        _server.UseWebSockets();
        _server.Run(async context =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            _accepted.SetResult(socket);
            await EchoAsync(socket);
            await _finished.Task;
        });
    }

    public Task InitializeAsync() => _server.StartAsync();

    public async Task DisposeAsync()
    {
        _finished.TrySetResult();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(5_000_000, 1)]
    [InlineData(300_000, 40)]
    public async Task Message_OfAnySize_ComesBack(int size, int parts)
    {
        await using var connection = await ConnectAsync();
        var sent = new byte[size * parts];
        Random.Shared.NextBytes(sent);

        for (var part = 0; part < parts; part++)
        {
            connection.Transport.Output.Write(sent.AsSpan(part * size, size));
        }

        var flushed = connection.Transport.Output.FlushAsync().AsTask();
        var received = await ReadAsync(connection.Transport.Input, sent.Length);
        await flushed.WaitAsync(Patience);

        Assert.Equal(sent, received);
        Assert.Equal(1, _messages);
    }

    [Fact]
    public async Task End_WithoutAWord_IsAnException()
    {
        await using var connection = await ConnectAsync();

        (await _accepted.Task).Abort();

        await Assert.ThrowsAsync<WebSocketException>(() => connection.Transport.Input.ReadAsync().AsTask().WaitAsync(Patience));
    }

    [Fact]
    public async Task End_ThatTheServerSays_IsTheEnd()
    {
        await using var connection = await ConnectAsync();

        await (await _accepted.Task).CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, default);

        Assert.True((await connection.Transport.Input.ReadAsync().AsTask().WaitAsync(Patience)).IsCompleted);
    }

    [Fact]
    public async Task Dispose_TellsTheServer()
    {
        var connection = await ConnectAsync();

        await connection.DisposeAsync().AsTask().WaitAsync(Patience);

        Assert.Equal(WebSocketCloseStatus.NormalClosure, (await _accepted.Task).CloseStatus);
    }

    private async Task EchoAsync(WebSocket socket)
    {
        var buffer = new byte[10_000];
        try
        {
            while (await socket.ReceiveAsync(buffer.AsMemory(), default) is { MessageType: not WebSocketMessageType.Close } read)
            {
                _messages += read.EndOfMessage ? 1 : 0;
                await socket.SendAsync(buffer.AsMemory(0, read.Count), read.MessageType, read.EndOfMessage, default);
            }

            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, default);
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or InvalidOperationException)
        {
            // However it ended.
        }
    }

    private static async Task<byte[]> ReadAsync(PipeReader input, int count)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var read = await input.ReadAsync(patience.Token);
            if (read.Buffer.Length >= count || read.IsCompleted)
            {
                return read.Buffer.ToArray();
            }

            input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private async Task<SocketConnection> ConnectAsync()
    {
        var address = _server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(address) { Scheme = "ws" }.Uri, default);
        return new SocketConnection(socket, WebSocketMessageType.Binary);
    }
}
