using System.Buffers.Binary;

namespace RealtimeSessions.LoadTester.Connections.Lean;

/// <summary>
/// Takes what a server sends over a WebSocket apart. Bytes may come cut anywhere; what a data frame carries is passed on as it comes, so that nothing is kept between two reads but
/// the beginning of a header or of a control frame.
/// </summary>
internal sealed class FrameReader(IFrameTarget target)
{
    // A control frame carries 125 bytes at most.
    private const int LongestKept = 10 + 125;

    private byte[]? _kept;
    private int _keptLength;
    private long _left;

    /// <summary>Takes what has come.</summary>
    /// <exception cref="InvalidDataException">It is no WebSocket's.</exception>
    public void Take(ReadOnlySpan<byte> bytes)
    {
        while (_keptLength > 0 && !bytes.IsEmpty)
        {
            // A header that was cut is rare: it is completed byte by byte.
            _kept![_keptLength++] = bytes[0];
            bytes = bytes[1..];
            if (TryReadFrame(_kept.AsSpan(0, _keptLength), out _))
            {
                _keptLength = 0;
            }
        }

        while (!bytes.IsEmpty)
        {
            if (_left > 0)
            {
                var piece = bytes[..(int)Math.Min(_left, bytes.Length)];
                _left -= piece.Length;
                bytes = bytes[piece.Length..];
                target.OnData(piece);
            }
            else if (TryReadFrame(bytes, out var length))
            {
                bytes = bytes[length..];
            }
            else
            {
                _kept ??= new byte[LongestKept];
                bytes.CopyTo(_kept);
                _keptLength = bytes.Length;
                return;
            }
        }
    }

    /// <summary>Reads a data frame's header, or a whole control frame.</summary>
    private bool TryReadFrame(ReadOnlySpan<byte> bytes, out int length)
    {
        length = 0;
        if (bytes.Length < 2)
        {
            return false;
        }

        var (kind, header) = (bytes[0] & 0x0F, (bytes[1] & 0x7F) switch { 126 => 4, 127 => 10, _ => 2 });
        if (bytes.Length < header)
        {
            return false;
        }

        var payload = header switch
        {
            2 => bytes[1] & 0x7F,
            4 => BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]),
            _ => BinaryPrimitives.ReadInt64BigEndian(bytes[2..]),
        };
        if (payload < 0 || (bytes[1] & 0x80) != 0 || (kind >= WebSocketFrame.Close && header != 2))
        {
            throw new InvalidDataException("The server sent what is no WebSocket frame.");
        }

        if (kind is >= WebSocketFrame.Continuation and <= WebSocketFrame.Binary)
        {
            (_left, length) = (payload, header);
            return true;
        }

        length = header + (int)payload;
        if (bytes.Length < length)
        {
            return false;
        }

        target.OnControl(kind, bytes[header..length]);
        return true;
    }
}

/// <summary>Hears what a <see cref="FrameReader"/> finds. Spans end with the call.</summary>
internal interface IFrameTarget
{
    /// <summary>A piece of what data frames carry.</summary>
    void OnData(ReadOnlySpan<byte> piece);

    /// <summary>A control frame.</summary>
    void OnControl(int kind, ReadOnlySpan<byte> payload);
}
