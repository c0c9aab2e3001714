using System.Net;
using System.Net.Sockets;

namespace RealtimeSessions.Testing;

/// <summary>Ports for servers that must be told theirs, and keep it when they start again.</summary>
public static class LoopbackPort
{
    /// <summary>Below those that systems give to connections: none of them is on it while its server starts again.</summary>
    private const int First = 10_000;
    private const int Count = 20_000;

    /// <summary>A port that nobody listens on now.</summary>
    public static int Find()
    {
        while (true)
        {
            using var listener = new TcpListener(IPAddress.Loopback, First + Random.Shared.Next(Count));
            try
            {
                listener.Start();
                return ((IPEndPoint)listener.LocalEndpoint).Port;
            }
            catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                // Another one, then.
            }
        }
    }
}
