using System.Buffers.Binary;

namespace RealtimeSessions.Benchmarks.Load.Wire;

/// <summary>
/// Takes what a server sends over a WebSocket apart into SignalR's records. Frames may arrive in pieces, several at once, and cut anywhere;
/// a message may hold several records, a record several frames. A record that arrived whole is passed on without being copied.
/// </summary>
internal sealed class RecordReader(int bufferBytes, IRecordTarget target)
{
    private const byte RecordSeparator = 0x1E;
    private const int ContinuationFrame = 0, BinaryFrame = 2, LongestHeader = 10;

    private readonly byte[] _buffer = new byte[bufferBytes];
    private int _filled;
    private long _left;
    private byte[] _part = [];
    private int _partLength;

    /// <summary>Where the next bytes go.</summary>
    public Memory<byte> Free => _buffer.AsMemory(_filled);

    /// <summary>Takes as many bytes as have been written to <see cref="Free"/>.</summary>
    public void Take(int count)
    {
        var rest = _buffer.AsSpan(0, _filled + count);
        while (true)
        {
            if (_left > 0)
            {
                var chunk = rest[..(int)Math.Min(_left, rest.Length)];
                rest = rest[chunk.Length..];
                _left -= chunk.Length;
                TakeText(chunk);
            }

            if (_left > 0 || !TryReadFrame(ref rest))
            {
                break;
            }
        }

        rest.CopyTo(_buffer);
        _filled = rest.Length;
    }

    /// <summary>Reads a data frame's header, or a whole control frame.</summary>
    private bool TryReadFrame(ref Span<byte> rest)
    {
        if (rest.Length < 2)
        {
            return false;
        }

        var (kind, header) = (rest[0] & 0x0F, (rest[1] & 0x7F) switch { 126 => 4, 127 => LongestHeader, _ => 2 });
        if (rest.Length < header)
        {
            return false;
        }

        var length = header switch
        {
            2 => rest[1] & 0x7F,
            4 => BinaryPrimitives.ReadUInt16BigEndian(rest[2..]),
            _ => BinaryPrimitives.ReadInt64BigEndian(rest[2..]),
        };
        if (kind is >= ContinuationFrame and <= BinaryFrame)
        {
            rest = rest[header..];
            _left = length;
            return true;
        }

        if (rest.Length < header + length)
        {
            return false;
        }

        target.OnControl(kind, rest.Slice(header, (int)length));
        rest = rest[(header + (int)length)..];
        return true;
    }

    private void TakeText(ReadOnlySpan<byte> text)
    {
        for (int end; (end = text.IndexOf(RecordSeparator)) >= 0; text = text[(end + 1)..])
        {
            if (_partLength == 0)
            {
                target.OnRecord(text[..end]);
                continue;
            }

            Keep(text[..end]);
            target.OnRecord(_part.AsSpan(0, _partLength));
            _partLength = 0;
        }

        Keep(text);
    }

    private void Keep(ReadOnlySpan<byte> text)
    {
        if (_part.Length < _partLength + text.Length)
        {
            Array.Resize(ref _part, Math.Max(2 * _part.Length, _partLength + text.Length));
        }

        text.CopyTo(_part.AsSpan(_partLength));
        _partLength += text.Length;
    }
}

/// <summary>Hears what comes over a connection, on the thread that reads it. Spans end with the call.</summary>
internal interface IRecordTarget
{
    /// <summary>A SignalR record, without its separator.</summary>
    void OnRecord(ReadOnlySpan<byte> record);

    /// <summary>A control frame of the WebSocket.</summary>
    /// <param name="kind">Its opcode.</param>
    /// <param name="payload">What it carries.</param>
    void OnControl(int kind, ReadOnlySpan<byte> payload);

    /// <summary>The connection has ended.</summary>
    void OnEnd();
}
