using System.Buffers.Binary;

namespace RealtimeSessions.LoadTester.Connections.Lean;

/// <summary>A WebSocket's frames, as a client writes them. Their mask is zero, so that the payload stands in them as it is: it protects proxies from web pages, and this is none.</summary>
internal static class WebSocketFrame
{
    /// <summary>The opcodes.</summary>
    public const int Continuation = 0, Text = 1, Binary = 2, Close = 8, Ping = 9, Pong = 10;

    /// <summary>The most bytes that stand before a client's payload.</summary>
    public const int LongestHeader = 14;

    private const int Final = 0x80, Masked = 0x80, MaskBytes = 4;

    /// <summary>Writes a whole frame.</summary>
    /// <param name="to">Where to: as long as the payload, and <see cref="LongestHeader"/>.</param>
    /// <param name="kind">The opcode.</param>
    /// <param name="payload">What it carries.</param>
    /// <returns>Its length.</returns>
    public static int Write(Span<byte> to, int kind, ReadOnlySpan<byte> payload)
    {
        to[0] = (byte)(Final | kind);
        var header = 2;
        switch (payload.Length)
        {
            case < 126:
                to[1] = (byte)(Masked | payload.Length);
                break;
            case <= ushort.MaxValue:
                to[1] = Masked | 126;
                BinaryPrimitives.WriteUInt16BigEndian(to[2..], (ushort)payload.Length);
                header = 4;
                break;
            default:
                to[1] = Masked | 127;
                BinaryPrimitives.WriteInt64BigEndian(to[2..], payload.Length);
                header = 10;
                break;
        }

        to.Slice(header, MaskBytes).Clear();
        payload.CopyTo(to[(header + MaskBytes)..]);
        return header + MaskBytes + payload.Length;
    }
}
