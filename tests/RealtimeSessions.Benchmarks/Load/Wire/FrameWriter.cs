using System.Buffers.Binary;

namespace RealtimeSessions.Benchmarks.Load.Wire;

/// <summary>Makes a client's WebSocket frames. Their mask is zero, so that the payload stands in them as it is.</summary>
internal static class FrameWriter
{
    /// <summary>The opcodes of frames.</summary>
    public const int Text = 1, Close = 8, Ping = 9, Pong = 10;

    /// <summary>The room to leave before a payload.</summary>
    public const int HeaderRoom = 14;

    private const int Final = 0x80, Masked = 0x80, MaskBytes = 4;

    /// <summary>Writes the header of a frame before its payload.</summary>
    /// <param name="kind">The opcode.</param>
    /// <param name="buffer">The payload, after <see cref="HeaderRoom"/> free bytes.</param>
    /// <returns>The frame, which begins somewhere in the room.</returns>
    public static ReadOnlySpan<byte> Finish(int kind, Span<byte> buffer)
    {
        var payload = buffer.Length - HeaderRoom;
        var lengthBytes = payload switch { < 126 => 0, <= ushort.MaxValue => 2, _ => 8 };
        var frame = buffer[(HeaderRoom - 2 - lengthBytes - MaskBytes)..];
        frame[0] = (byte)(Final | kind);
        switch (lengthBytes)
        {
            case 0:
                frame[1] = (byte)(Masked | payload);
                break;
            case 2:
                frame[1] = Masked | 126;
                BinaryPrimitives.WriteUInt16BigEndian(frame[2..], (ushort)payload);
                break;
            default:
                frame[1] = Masked | 127;
                BinaryPrimitives.WriteInt64BigEndian(frame[2..], payload);
                break;
        }

        frame.Slice(2 + lengthBytes, MaskBytes).Clear();
        return frame;
    }
}
