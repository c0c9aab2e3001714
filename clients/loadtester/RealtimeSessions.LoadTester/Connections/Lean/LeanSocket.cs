using System.Buffers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace RealtimeSessions.LoadTester.Connections.Lean;

/// <summary>
/// A connection with a hub that holds next to nothing while it is quiet: it waits without a buffer, reads into a shared one, and gives that back. Sends keep the order in which they
/// were called and never wait; what the system does not take at once is queued, which whoever calls bounds by waiting for answers.
/// </summary>
internal sealed class LeanSocket : IFrameTarget
{
    private const int ReadBytes = 16 * 1024;
    private const byte RecordSeparator = 0x1E;

    private readonly Socket _socket;
    private readonly Stream _stream;
    private readonly HubCodec _codec;
    private readonly RecordSplitter _records;
    private readonly Action<int> _received;
    private readonly TimeProvider _time;
    private readonly Lock _sending = new();
    private Queue<ArraySegment<byte>>? _waiting;
    private bool _isWriting;
    private bool _isGreeted;
    private volatile bool _isEnded;

    /// <param name="connection">A socket that was upgraded.</param>
    /// <param name="codec">The hub protocol.</param>
    /// <param name="take">Gets what comes, one record after the other.</param>
    /// <param name="received">Is told how many bytes came.</param>
    /// <param name="time">The clock.</param>
    public LeanSocket((Socket Socket, Stream Stream) connection, HubCodec codec, RecordHandler take, Action<int> received, TimeProvider time)
    {
        (_socket, _stream) = connection;
        (_codec, _received, _time, HeardAt) = (codec, received, time, time.GetTimestamp());
        _records = new RecordSplitter(codec, take);
        Send(codec.Handshake);
    }

    /// <summary>When something came last, in the clock's ticks.</summary>
    public long HeardAt { get; private set; }

    /// <summary>Reads until the connection ends, however it ends.</summary>
    /// <returns>Why, if it is known.</returns>
    public async Task<Exception?> ReadAsync()
    {
        try
        {
            var frames = new FrameReader(this);
            while (!_isEnded)
            {
                _ = await _stream.ReadAsync(Memory<byte>.Empty);
                var buffer = ArrayPool<byte>.Shared.Rent(ReadBytes);
                try
                {
                    var read = await _stream.ReadAsync(buffer);
                    if (read == 0)
                    {
                        return null;
                    }

                    HeardAt = _time.GetTimestamp();
                    _received(read);
                    frames.Take(buffer.AsSpan(0, read));
                }
                finally
                {
                    ArrayPool<byte>.Shared.Return(buffer);
                }
            }

            return null;
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException or InvalidDataException or JsonException)
        {
            return exception;
        }
        finally
        {
            Abort();
            _records.Free();
        }
    }

    /// <summary>Sends a record.</summary>
    public void Send(ReadOnlySpan<byte> record) => SendFrame(_codec.FrameKind, record);

    /// <summary>Says that the connection lives.</summary>
    public void Ping() => Send(_codec.Ping);

    /// <summary>Ends the connection as a client does that has finished.</summary>
    public void Close()
    {
        SendFrame(WebSocketFrame.Close, [0x03, 0xE8]);
        lock (_sending)
        {
            _isEnded = true;
        }

        _stream.Dispose();
    }

    /// <summary>Ends the connection without a word, as a client does that crashes. The system forgets its port at once.</summary>
    public void Abort()
    {
        lock (_sending)
        {
            if (_isEnded)
            {
                return;
            }

            _isEnded = true;
        }

        try
        {
            _socket.LingerState = new LingerOption(true, 0);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // It has ended already.
        }

        _stream.Dispose();
    }

    public void OnData(ReadOnlySpan<byte> piece)
    {
        if (!_isGreeted)
        {
            // The answer to the handshake is text in every protocol, and comes whole: it is the first thing on the connection.
            var end = piece.IndexOf(RecordSeparator);
            if (end < 0 || piece[..end].IndexOf("\"error\""u8) >= 0)
            {
                throw new InvalidDataException($"The hub does not take the protocol: {Encoding.UTF8.GetString(piece)}");
            }

            _isGreeted = true;
            piece = piece[(end + 1)..];
        }

        _records.Take(piece);
    }

    public void OnControl(int kind, ReadOnlySpan<byte> payload)
    {
        switch (kind)
        {
            case WebSocketFrame.Ping:
                SendFrame(WebSocketFrame.Pong, payload);
                break;
            case WebSocketFrame.Close:
                Abort();
                break;
        }
    }

    private void SendFrame(int kind, ReadOnlySpan<byte> payload)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(payload.Length + WebSocketFrame.LongestHeader);
        var frame = new ArraySegment<byte>(buffer, 0, WebSocketFrame.Write(buffer, kind, payload));
        lock (_sending)
        {
            if (_isEnded)
            {
                ArrayPool<byte>.Shared.Return(buffer);
                return;
            }

            if (_isWriting)
            {
                (_waiting ??= new()).Enqueue(frame);
                return;
            }

            _isWriting = true;
        }

        _ = WriteAsync(frame);
    }

    private async Task WriteAsync(ArraySegment<byte> frame)
    {
        for (var next = (ArraySegment<byte>?)frame; next is { } writing; next = Next())
        {
            try
            {
                await _stream.WriteAsync(writing);
            }
            catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException)
            {
                // Whoever reads learns of it.
                Abort();
            }

            ArrayPool<byte>.Shared.Return(writing.Array!);
        }
    }

    private ArraySegment<byte>? Next()
    {
        lock (_sending)
        {
            if (_waiting?.TryDequeue(out var next) == true)
            {
                return next;
            }

            _isWriting = false;
            return null;
        }
    }
}
