using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RealtimeSessions.Benchmarks.Load.Wire;

/// <summary>
/// A connection to a hub, as lean as it can be: a socket, a WebSocket's frames, SignalR's records. It allocates nothing for what it sends and
/// reads. Everything that comes is passed on by the thread that reads the sockets, one for all connections (the process is started so).
/// </summary>
internal sealed class HubWire : IDisposable
{
    private const int Reading = 0, Stopping = 1, Stopped = 2;
    private const string UpgradeAnswer = "HTTP/1.1 101 ";

    private readonly Socket _socket;
    private readonly IRecordTarget _target;
    private readonly RecordReader _reader;
    private readonly SocketAsyncEventArgs _receive = new();
    private readonly Lock _sending = new();
    private int _state = Reading;

    private HubWire(Socket socket, IRecordTarget target, int bufferBytes)
    {
        (_socket, _target, _reader) = (socket, target, new RecordReader(bufferBytes, target));
        _receive.Completed += (_, _) => OnReceived();
    }

    /// <summary>Bytes received so far.</summary>
    public long BytesReceived { get; private set; }

    /// <summary>Reads that brought them.</summary>
    public long Reads { get; private set; }

    /// <summary>Connects, upgrades to a WebSocket and asks for SignalR's JSON protocol.</summary>
    /// <param name="server">The server's address.</param>
    /// <param name="pathAndQuery">The hub's address on it.</param>
    /// <param name="target">Who hears what comes.</param>
    /// <param name="bufferBytes">How much is read at once.</param>
    /// <param name="receiveBuffer">The socket's receive buffer in bytes; null leaves it to the system.</param>
    /// <exception cref="LoadException">The server does not take the connection.</exception>
    public static async Task<HubWire> OpenAsync(Uri server, string pathAndQuery, IRecordTarget target, int bufferBytes, int? receiveBuffer)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            if (receiveBuffer is { } bytes)
            {
                socket.ReceiveBufferSize = bytes;
            }

            await socket.ConnectAsync(IPAddress.Loopback, server.Port);
            await socket.SendAsync(Encoding.ASCII.GetBytes(
                $"GET {pathAndQuery} HTTP/1.1\r\nHost: {server.Authority}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: cmVhbHRpbWUtc2Vzc2lvbg==\r\n\r\n"));
            await ReadUpgradeAsync(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        var wire = new HubWire(socket, target, bufferBytes);
        wire.Send("{\"protocol\":\"json\",\"version\":1}\u001e"u8);
        wire.Receive();
        return wire;
    }

    /// <summary>Sends one record, which ends with its separator.</summary>
    public void Send(ReadOnlySpan<byte> record)
    {
        Span<byte> buffer = stackalloc byte[FrameWriter.HeaderRoom + record.Length];
        record.CopyTo(buffer[FrameWriter.HeaderRoom..]);
        SendFrame(FrameWriter.Text, buffer);
    }

    /// <summary>Sends a frame that is already in place.</summary>
    /// <param name="kind">Its opcode.</param>
    /// <param name="buffer">The payload after <see cref="FrameWriter.HeaderRoom"/> free bytes.</param>
    public void SendFrame(int kind, Span<byte> buffer)
    {
        var frame = FrameWriter.Finish(kind, buffer);
        lock (_sending)
        {
            for (var sent = 0; sent < frame.Length;)
            {
                sent += _socket.Send(frame[sent..]);
            }
        }
    }

    /// <summary>Stops reading, after what is being read.</summary>
    public void Pause() => Interlocked.CompareExchange(ref _state, Stopping, Reading);

    /// <summary>Reads on.</summary>
    public void Resume()
    {
        if (Interlocked.CompareExchange(ref _state, Reading, Stopping) == Stopped)
        {
            _state = Reading;
            _ = Task.Run(Receive);
        }
    }

    /// <summary>Ends the connection without a word.</summary>
    public void Dispose() => _socket.Dispose();

    private static async Task ReadUpgradeAsync(Socket socket)
    {
        // The hub says nothing before it was spoken to, so nothing of the WebSocket can follow the answer.
        var (answer, buffer) = (new StringBuilder(), new byte[1024]);
        while (!answer.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            var read = await socket.ReceiveAsync(buffer);
            if (read == 0)
            {
                throw new LoadException($"The server ended the connection: {answer}");
            }

            answer.Append(Encoding.ASCII.GetString(buffer, 0, read));
        }

        if (!answer.ToString().StartsWith(UpgradeAnswer, StringComparison.Ordinal))
        {
            throw new LoadException($"The server did not take the connection: {answer}");
        }
    }

    private void Receive()
    {
        try
        {
            do
            {
                _receive.SetBuffer(_reader.Free);
            }
            while (!_socket.ReceiveAsync(_receive) && Take());
        }
        catch (ObjectDisposedException)
        {
            _target.OnEnd();
        }
    }

    private void OnReceived()
    {
        if (Take())
        {
            Receive();
        }
    }

    private bool Take()
    {
        if (_receive.SocketError != SocketError.Success || _receive.BytesTransferred == 0)
        {
            _target.OnEnd();
            return false;
        }

        Reads++;
        BytesReceived += _receive.BytesTransferred;
        _reader.Take(_receive.BytesTransferred);
        return Interlocked.CompareExchange(ref _state, Stopped, Stopping) == Reading;
    }
}

