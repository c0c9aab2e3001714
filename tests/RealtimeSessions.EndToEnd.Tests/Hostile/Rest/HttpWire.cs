using System.Net.Sockets;

namespace RealtimeSessions.EndToEnd.Tests.Hostile.Rest;

/// <summary>A connection that sends any bytes and reads HTTP answers.</summary>
internal sealed class HttpWire : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan EndAfter = TimeSpan.FromMilliseconds(200);

    private readonly TcpClient _client = new() { NoDelay = true };
    private HttpReader? _reader;

    private HttpWire()
    {
    }

    public static async Task<HttpWire> ConnectAsync(Uri server)
    {
        var wire = new HttpWire();
        await wire._client.ConnectAsync(server.Host, server.Port);
        wire._reader = new HttpReader(wire._client.GetStream());
        return wire;
    }

    /// <summary>Sends a request and reads the answer.</summary>
    /// <param name="request">The bytes.</param>
    /// <param name="isHead">Whether the answer has no body, whatever it says.</param>
    /// <param name="mayLackAnEnd">Whether the server may wait for more: after a while it is told that there is none.</param>
    /// <returns>The answer; null if the connection ended without one.</returns>
    public async Task<HttpAnswer?> AskAsync(byte[] request, bool isHead, bool mayLackAnEnd)
    {
        using var patience = new CancellationTokenSource(Patience);
        var writing = WriteAsync(request, patience.Token);
        try
        {
            var answer = _reader!.ReadAsync(isHead, patience.Token);
            if (mayLackAnEnd && await Task.WhenAny(answer, Task.Delay(EndAfter, patience.Token)) != answer)
            {
                _client.Client.Shutdown(SocketShutdown.Send);
            }

            return await answer;
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            return null;
        }
        finally
        {
            if (mayLackAnEnd)
            {
                _client.Dispose();
            }

            await writing;
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task WriteAsync(byte[] request, CancellationToken cancellation)
    {
        try
        {
            await _client.GetStream().WriteAsync(request, cancellation);
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException)
        {
            // The server has heard enough; its answer, if there is one, says why.
        }
    }
}
