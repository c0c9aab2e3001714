using System.Buffers;

namespace RealtimeSessions.MessagePack;

/// <summary>The length before each message: seven bits a byte, the lowest first, the highest bit of all but the last byte set.</summary>
internal static class VarInt
{
    /// <summary>The most bytes one takes.</summary>
    public const int MaximumLength = 5;

    public static int LengthOf(int value) => value switch
    {
        < 1 << 7 => 1,
        < 1 << 14 => 2,
        < 1 << 21 => 3,
        < 1 << 28 => 4,
        _ => 5,
    };

    public static void Write(int value, Span<byte> to)
    {
        var i = 0;
        for (; value >= 0x80; value >>= 7)
        {
            to[i++] = (byte)(value | 0x80);
        }

        to[i] = (byte)value;
    }

    /// <summary>Takes a message off the bytes that have come.</summary>
    /// <param name="input">What has come; what follows the message if there is one.</param>
    /// <param name="maximum">The most bytes that it may be, its length included.</param>
    /// <param name="message">The message without its length.</param>
    /// <returns>False if it is not there in full.</returns>
    /// <exception cref="InvalidDataException">It is longer, whether it is there or not.</exception>
    public static bool TryTake(ref ReadOnlySequence<byte> input, int maximum, out ReadOnlySequence<byte> message)
    {
        message = default;
        Span<byte> bytes = stackalloc byte[MaximumLength];
        var start = input.Slice(0, Math.Min(MaximumLength, input.Length));
        start.CopyTo(bytes);
        bytes = bytes[..(int)start.Length];
        var length = 0L;
        for (var i = 0; i < bytes.Length; i++)
        {
            length |= (long)(bytes[i] & 0x7F) << (7 * i);
            if (bytes[i] < 0x80)
            {
                return i + 1 + length <= maximum ? TryTake(ref input, i + 1, length, ref message) : throw TooLong(maximum);
            }
        }

        return bytes.Length < MaximumLength ? false : throw TooLong(maximum);
    }

    private static bool TryTake(ref ReadOnlySequence<byte> input, int prefix, long length, ref ReadOnlySequence<byte> message)
    {
        if (input.Length - prefix < length)
        {
            return false;
        }

        message = input.Slice(prefix, length);
        input = input.Slice(message.End);
        return true;
    }

    private static InvalidDataException TooLong(int maximum) => new($"The message is longer than {maximum} bytes.");
}
