using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace RealtimeSessions.LoadTester.Connections.Lean;

/// <summary>Where the hub is, looked up once for all connections, and how a WebSocket with it is begun.</summary>
internal sealed class HubEndpoint
{
    private const int MaximumAnswer = 16 * 1024;
    private const int ErrorText = 300;

    private readonly Uri _address;
    private readonly IPAddress[] _addresses;

    private HubEndpoint(Uri address, IPAddress[] addresses) => (_address, _addresses) = (address, addresses);

    /// <summary>Looks a server up.</summary>
    /// <param name="server">The server's address; the hub is at <c>/hub</c> below it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LoadException">There is none of this name.</exception>
    public static async Task<HubEndpoint> FindAsync(Uri server, CancellationToken cancellationToken)
    {
        try
        {
            return new HubEndpoint(server, await Dns.GetHostAddressesAsync(server.DnsSafeHost, cancellationToken));
        }
        catch (SocketException exception)
        {
            throw new LoadException($"There is no server of the name {server.DnsSafeHost}: {exception.Message}.", exception);
        }
    }

    /// <summary>Connects and upgrades to a WebSocket.</summary>
    /// <param name="token">The bearer token.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TokenRefusedException">The server does not take the token.</exception>
    /// <exception cref="IOException">There is no connection.</exception>
    public async Task<(Socket Socket, Stream Stream)> OpenAsync(string token, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(_addresses, _address.Port, cancellationToken);
            Stream stream = new NetworkStream(socket, ownsSocket: true);
            if (_address.Scheme == Uri.UriSchemeHttps)
            {
                var secure = new SslStream(stream);
                await secure.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = _address.DnsSafeHost }, cancellationToken);
                stream = secure;
            }

            await stream.WriteAsync(Request(token), cancellationToken);
            Judge(await ReadAnswerAsync(stream, cancellationToken));
            return (socket, stream);
        }
        catch (SocketException exception)
        {
            socket.Dispose();
            throw new IOException(exception.Message, exception);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<string> ReadAnswerAsync(Stream stream, CancellationToken cancellationToken)
    {
        var answer = new byte[1024];
        for (var length = 0; length < MaximumAnswer;)
        {
            if (length == answer.Length)
            {
                Array.Resize(ref answer, 2 * length);
            }

            var read = await stream.ReadAsync(answer.AsMemory(length), cancellationToken);
            length += read;
            if (read == 0 || answer.AsSpan(0, length).IndexOf("\r\n\r\n"u8) >= 0)
            {
                // Nothing of the WebSocket follows yet: a hub says nothing before it was spoken to.
                return Encoding.UTF8.GetString(answer, 0, length);
            }
        }

        return "";
    }

    private static void Judge(string answer)
    {
        if (answer.StartsWith("HTTP/1.1 101 ", StringComparison.Ordinal))
        {
            return;
        }

        if (answer.StartsWith("HTTP/1.1 401 ", StringComparison.Ordinal))
        {
            throw new TokenRefusedException();
        }

        throw new IOException(answer.Length == 0
            ? "the server closed the connection without an answer"
            : $"the server answers {answer[..Math.Min(ErrorText, answer.IndexOf('\r', StringComparison.Ordinal))]}");
    }

    // The key is the same always: no cache stands between whose answers it would tell apart.
    private byte[] Request(string token) => Encoding.ASCII.GetBytes(
        $"GET {_address.AbsolutePath.TrimEnd('/')}/hub HTTP/1.1\r\nHost: {_address.Authority}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + $"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: cmVhbHRpbWUtc2Vzc2lvbg==\r\nAuthorization: Bearer {token}\r\n\r\n");
}

/// <summary>The server does not take the token of a connection.</summary>
internal sealed class TokenRefusedException() : IOException("the server refuses the token");
