using System.Net;
using System.Net.Sockets;

namespace RealtimeSessions.Benchmarks.Load.Wire;

/// <summary>
/// A connection to a hub, as lean as it can be: a socket, a WebSocket's frames, SignalR's records. It allocates nothing for what it sends and
/// reads. Everything that comes is passed on by the thread of the <see cref="SocketLoop"/>.
/// </summary>
internal sealed class HubWire : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly IRecordTarget _target;
    private readonly RecordReader _reader;
    private readonly UpgradeAnswer _upgrade = new();
    private readonly Lock _sending = new();
    private readonly Lock _receiving = new();
    private readonly int _handle;
    private bool _isDisposed;

    private HubWire(IRecordTarget target, int bufferBytes)
    {
        (_target, _reader) = (target, new RecordReader(bufferBytes, target));
        _handle = (int)_socket.Handle;
    }

    /// <summary>Bytes received so far.</summary>
    public long BytesReceived { get; private set; }

    /// <summary>Reads that brought them.</summary>
    public long Reads { get; private set; }

    /// <summary>Connects, upgrades to a WebSocket and asks for SignalR's JSON protocol.</summary>
    /// <param name="server">The server's address.</param>
    /// <param name="token">The bearer token, if the hub wants one.</param>
    /// <param name="target">Who hears what comes.</param>
    /// <param name="bufferBytes">How much is read at once.</param>
    /// <param name="receiveBuffer">The socket's receive buffer in bytes; null leaves it to the system.</param>
    /// <exception cref="LoadException">The server does not take the connection.</exception>
    public static async Task<HubWire> OpenAsync(Uri server, string? token, IRecordTarget target, int bufferBytes, int? receiveBuffer)
    {
        var wire = new HubWire(target, bufferBytes);
        try
        {
            if (receiveBuffer is { } bytes)
            {
                wire._socket.ReceiveBufferSize = bytes;
            }

            // Connecting over loopback does not wait; and a socket that was never awaited is left alone by the runtime's own loop.
            wire._socket.Connect(IPAddress.Loopback, server.Port);
            wire._socket.Send(UpgradeAnswer.Request(server, token));
            SocketLoop.Watch(wire._handle, wire);
            await wire._upgrade.Taken.WaitAsync(Patience);
            wire.Send("{\"protocol\":\"json\",\"version\":1}\u001e"u8);
            return wire;
        }
        catch
        {
            wire.Dispose();
            throw;
        }
    }

    /// <summary>Sends one record, which ends with its separator.</summary>
    public void Send(ReadOnlySpan<byte> record)
    {
        Span<byte> buffer = stackalloc byte[FrameWriter.HeaderRoom + record.Length];
        record.CopyTo(buffer[FrameWriter.HeaderRoom..]);
        SendFrame(FrameWriter.Text, buffer);
    }

    /// <summary>Sends a frame that is already in place, by itself: as clients do, whose calls do not wait for each other.</summary>
    /// <param name="kind">Its opcode.</param>
    /// <param name="buffer">The payload after <see cref="FrameWriter.HeaderRoom"/> free bytes.</param>
    public void SendFrame(int kind, Span<byte> buffer)
    {
        var frame = FrameWriter.Finish(kind, buffer);
        lock (_sending)
        {
            while (frame.Length > 0)
            {
                frame = frame[_socket.Send(frame)..];
            }
        }
    }

    /// <summary>Stops reading, after what is being read.</summary>
    public void Pause() => SocketLoop.Ignore(_handle);

    /// <summary>Reads on.</summary>
    public void Resume() => SocketLoop.Watch(_handle, this);

    /// <summary>Reads once. Called by the loop when there is something.</summary>
    public void Receive()
    {
        lock (_receiving)
        {
            if (_isDisposed || SocketLoop.Read(_handle, _reader.Free.Span) is not { } read)
            {
                return;
            }

            Reads++;
            BytesReceived += read;
            if (read == 0)
            {
                SocketLoop.Ignore(_handle);
                _upgrade.End();
                _target.OnEnd();
            }
            else if (_upgrade.Taken.IsCompleted)
            {
                _reader.Take(read);
            }
            else
            {
                _upgrade.Take(_reader.Free.Span[..read]);
            }
        }
    }

    /// <summary>Ends the connection without a word.</summary>
    public void Dispose()
    {
        // The system gives the number of a closed socket to the next one: the loop must not be reading then.
        lock (_receiving)
        {
            if (!_isDisposed)
            {
                _isDisposed = true;
                SocketLoop.Ignore(_handle);
                _socket.Dispose();
            }
        }
    }
}
