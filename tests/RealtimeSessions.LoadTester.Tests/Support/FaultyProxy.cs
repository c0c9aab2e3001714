using System.Net;
using System.Net.Sockets;
using System.Text;
using RealtimeSessions.LoadTester.Connections.Lean;

namespace RealtimeSessions.LoadTester.Tests.Support;

/// <summary>What a <see cref="FaultyProxy"/> does to one event.</summary>
public enum Fault
{
    Drop,
    Double,
    Swap,
    Alter,
}

/// <summary>Stands before a server and passes everything on, but for one event on its way to one client.</summary>
internal sealed class FaultyProxy : IAsyncDisposable
{
    // Some way into a run, so that there is something before and behind it.
    private const int FaultyEvent = 20;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<Task> _passing = [];
    private readonly List<TcpClient> _connections = [];
    private readonly Uri _server;
    private readonly Fault _fault;
    private readonly Task _accepting;
    private int _events;

    public FaultyProxy(Uri server, Fault fault)
    {
        (_server, _fault) = (server, fault);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _accepting;
        _connections.ForEach(connection => connection.Dispose());
        await Task.WhenAll(_passing);
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync();
                var server = new TcpClient();
                await server.ConnectAsync(_server.Host, _server.Port);
                _connections.AddRange([client, server]);
                _passing.Add(PassAsync(client, server, bytes => client.GetStream().WriteAsync(bytes)));
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // It was stopped.
        }
    }

    private async Task PassAsync(TcpClient client, TcpClient server, Func<ReadOnlyMemory<byte>, ValueTask> toClient)
    {
        var up = CopyAsync(client, bytes => server.GetStream().WriteAsync(bytes));
        HubStream? hub = null;
        var down = CopyAsync(server, async bytes =>
        {
            if (hub is not null)
            {
                bytes = hub.Take(bytes.Span);
            }
            else if (Encoding.ASCII.GetString(bytes.Span).StartsWith("HTTP/1.1 101 ", StringComparison.Ordinal))
            {
                hub = new HubStream(Change);
            }

            await toClient(bytes);
        });
        await Task.WhenAny(up, down);
        client.Dispose();
        server.Dispose();
        await Task.WhenAll(up, down);
    }

    private static async Task CopyAsync(TcpClient from, Func<ReadOnlyMemory<byte>, ValueTask> to)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.GetStream().ReadAsync(buffer) is > 0 and var read)
            {
                await to(buffer.AsMemory(0, read));
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // One side has ended.
        }
    }

    /// <summary>What is passed on of a record.</summary>
    private IEnumerable<string> Change(string record, List<string> held)
    {
        if (!record.Contains("\"target\":\"SessionEventCreated\"", StringComparison.Ordinal) && !record.Contains("\"target\":\"SessionDataUpdated\"", StringComparison.Ordinal))
        {
            return [record];
        }

        if (Interlocked.Increment(ref _events) != FaultyEvent)
        {
            string[] all = [record, .. held];
            held.Clear();
            return all;
        }

        switch (_fault)
        {
            case Fault.Double:
                return [record, record];
            case Fault.Swap:
                held.Add(record);
                return [];
            case Fault.Alter:
                return [record.Replace("\"data\":{", "\"data\":{\"alien\":1,", StringComparison.Ordinal)];
            default:
                return [];
        }
    }

    /// <summary>What comes from the hub, taken apart into records and put together again.</summary>
    private sealed class HubStream(Func<string, List<string>, IEnumerable<string>> change) : IFrameTarget
    {
        private readonly List<string> _held = [];
        private readonly StringBuilder _text = new();
        private readonly MemoryStream _out = new();
        private FrameReader? _frames;

        public ReadOnlyMemory<byte> Take(ReadOnlySpan<byte> bytes)
        {
            _out.SetLength(0);
            (_frames ??= new FrameReader(this)).Take(bytes);
            return _out.ToArray();
        }

        public void OnData(ReadOnlySpan<byte> piece)
        {
            foreach (var letter in Encoding.Latin1.GetString(piece))
            {
                _text.Append(letter);
                if (letter == '\u001e')
                {
                    foreach (var record in change(_text.ToString(), _held))
                    {
                        Write(WebSocketFrame.Text, Encoding.Latin1.GetBytes(record));
                    }

                    _text.Clear();
                }
            }
        }

        public void OnControl(int kind, ReadOnlySpan<byte> payload) => Write(kind, payload.ToArray());

        private void Write(int kind, byte[] payload)
        {
            // A server's frame has no mask.
            _out.WriteByte((byte)(0x80 | kind));
            if (payload.Length < 126)
            {
                _out.WriteByte((byte)payload.Length);
            }
            else
            {
                _out.Write([126, (byte)(payload.Length >> 8), (byte)payload.Length]);
            }

            _out.Write(payload);
        }
    }
}
