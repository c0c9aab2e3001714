using System.Text;

namespace RealtimeSessions.Benchmarks.Load.Wire;

/// <summary>The server's answer to a request for a WebSocket. Nothing of the WebSocket follows it: a hub says nothing before it was spoken to.</summary>
internal sealed class UpgradeAnswer
{
    private const string Switching = "HTTP/1.1 101 ";
    private const string HeadEnd = "\r\n\r\n";

    private readonly TaskCompletionSource _taken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string _text = "";

    /// <summary>Completes when the server has taken the connection, or fails.</summary>
    public Task Taken => _taken.Task;

    /// <summary>What asks for it.</summary>
    public static byte[] Request(Uri server, string? token) => Encoding.ASCII.GetBytes(
        $"GET /hub HTTP/1.1\r\nHost: {server.Authority}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: cmVhbHRpbWUtc2Vzc2lvbg==\r\n" + (token is null ? "\r\n" : $"Authorization: Bearer {token}\r\n\r\n"));

    /// <summary>Takes a piece of it.</summary>
    public void Take(ReadOnlySpan<byte> piece)
    {
        _text += Encoding.ASCII.GetString(piece);
        if (!_text.Contains(HeadEnd, StringComparison.Ordinal))
        {
            return;
        }

        if (_text.StartsWith(Switching, StringComparison.Ordinal))
        {
            _taken.TrySetResult();
        }
        else
        {
            End();
        }
    }

    /// <summary>The connection has ended.</summary>
    public void End() => _taken.TrySetException(new LoadException($"The server did not take a connection: {_text}"));
}
