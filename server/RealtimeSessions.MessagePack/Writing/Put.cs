using System.Buffers.Binary;

namespace RealtimeSessions.MessagePack.Writing;

/// <summary>Puts single values into a span, each in its smallest format, and tells how many bytes they take.</summary>
internal static class Put
{
    public static int Integer(Span<byte> to, long value)
    {
        if (value >= 0)
        {
            return Integer(to, (ulong)value);
        }

        switch (value)
        {
            case >= -32:
                to[0] = (byte)value;
                return 1;
            case >= sbyte.MinValue:
                to[1] = (byte)value;
                to[0] = Format.Signed8;
                return 2;
            case >= short.MinValue:
                BinaryPrimitives.WriteInt16BigEndian(to[1..], (short)value);
                to[0] = Format.Signed16;
                return 3;
            case >= int.MinValue:
                BinaryPrimitives.WriteInt32BigEndian(to[1..], (int)value);
                to[0] = Format.Signed32;
                return 5;
            default:
                BinaryPrimitives.WriteInt64BigEndian(to[1..], value);
                to[0] = Format.Signed64;
                return 9;
        }
    }

    public static int Integer(Span<byte> to, ulong value)
    {
        switch (value)
        {
            case < 0x80:
                to[0] = (byte)value;
                return 1;
            case <= byte.MaxValue:
                to[1] = (byte)value;
                to[0] = Format.Unsigned8;
                return 2;
            case <= ushort.MaxValue:
                BinaryPrimitives.WriteUInt16BigEndian(to[1..], (ushort)value);
                to[0] = Format.Unsigned16;
                return 3;
            case <= uint.MaxValue:
                BinaryPrimitives.WriteUInt32BigEndian(to[1..], (uint)value);
                to[0] = Format.Unsigned32;
                return 5;
            default:
                BinaryPrimitives.WriteUInt64BigEndian(to[1..], value);
                to[0] = Format.Unsigned64;
                return 9;
        }
    }

    public static int Float(Span<byte> to, double value)
    {
        BinaryPrimitives.WriteDoubleBigEndian(to[1..], value);
        to[0] = Format.Float64;
        return 9;
    }

    public static int StringHeader(Span<byte> to, int length)
    {
        switch (length)
        {
            case <= Format.LongestFixString:
                to[0] = (byte)(Format.FixString | length);
                return 1;
            case <= byte.MaxValue:
                to[1] = (byte)length;
                to[0] = Format.String8;
                return 2;
            default:
                return WideHeader(to, length, Format.String16);
        }
    }

    /// <param name="to">Where to.</param>
    /// <param name="count">How many elements or members.</param>
    /// <param name="fix"><see cref="Format.FixArray"/> or <see cref="Format.FixMap"/>.</param>
    public static int ContainerHeader(Span<byte> to, int count, byte fix)
    {
        if (count > Format.LargestFixContainer)
        {
            return WideHeader(to, count, fix == Format.FixMap ? Format.Map16 : Format.Array16);
        }

        to[0] = (byte)(fix | count);
        return 1;
    }

    /// <summary>Puts the header of a container before what it holds, where a byte was left for it; if it takes more, what follows moves.</summary>
    /// <param name="to">What is written.</param>
    /// <param name="start">Where the byte was left.</param>
    /// <param name="end">Where what is written ends.</param>
    /// <param name="count">How many elements or members it holds.</param>
    /// <param name="fix"><see cref="Format.FixArray"/> or <see cref="Format.FixMap"/>.</param>
    /// <returns>Where what is written ends now.</returns>
    public static int ContainerHeaderBefore(Span<byte> to, int start, int end, int count, byte fix)
    {
        if (count <= Format.LargestFixContainer)
        {
            to[start] = (byte)(fix | count);
            return end;
        }

        var more = count <= ushort.MaxValue ? 2 : 4;
        to[(start + 1)..end].CopyTo(to[(start + 1 + more)..]);
        ContainerHeader(to[start..], count, fix);
        return end + more;
    }

    private static int WideHeader(Span<byte> to, int length, byte format16)
    {
        if (length > ushort.MaxValue)
        {
            BinaryPrimitives.WriteInt32BigEndian(to[1..], length);
            to[0] = (byte)(format16 + 1);
            return 5;
        }

        BinaryPrimitives.WriteUInt16BigEndian(to[1..], (ushort)length);
        to[0] = format16;
        return 3;
    }
}
