using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;

namespace RealtimeSessions.Client.Connecting;

/// <summary>Connects WebSockets with the hub, without negotiation, each with a fresh token.</summary>
/// <param name="options">The client's options.</param>
internal sealed class SocketConnectionFactory(RealtimeClientOptions options) : IConnectionFactory
{
    /// <summary>The hub's address below the server's.</summary>
    public static Uri HubAddress(Uri server)
    {
        var address = new UriBuilder(server);
        address.Scheme = address.Scheme is "https" or "wss" ? "wss" : "ws";
        var path = address.Path.TrimEnd('/');
        address.Path = path.EndsWith("/hub", StringComparison.Ordinal) ? path : $"{path}/hub";
        return address.Uri;
    }

    public async ValueTask<ConnectionContext> ConnectAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var token = await options.AccessToken!(cancellationToken).WaitAsync(cancellationToken);
        var socket = new ClientWebSocket();
        try
        {
            socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
            socket.Options.KeepAliveInterval = TimeSpan.Zero; // The hub has pings of its own.
            options.ConfigureWebSocket?.Invoke(socket.Options);
            await socket.ConnectAsync(((UriEndPoint)endpoint).Uri, cancellationToken);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        return new SocketConnection(socket, options.Protocol == RealtimeProtocol.Json ? WebSocketMessageType.Text : WebSocketMessageType.Binary);
    }
}
