using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace RealtimeSessions.Protocol.Data;

/// <summary>
/// Strings in the canonical text: only quotes, backslashes and control characters are escaped, as JavaScript's
/// <c>JSON.stringify</c> does it.
/// </summary>
internal static class JsonText
{
    private const string Controls =
        "\0\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000b\f\r\u000e\u000f" +
        "\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f";

    private static readonly SearchValues<char> Escaped = SearchValues.Create(Controls + "\"\\");

    /// <summary>Refuses lone surrogates, which have no UTF-8.</summary>
    public static readonly UTF8Encoding Unicode = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The length of the string's canonical text in bytes, quotes included.</summary>
    /// <exception cref="ArgumentException">The text has a lone surrogate.</exception>
    public static int Weight(string text)
    {
        var weight = Unicode.GetByteCount(text) + 2;
        for (var rest = text.AsSpan(); rest.IndexOfAny(Escaped) is >= 0 and var index; rest = rest[(index + 1)..])
        {
            weight += HasShortEscape(rest[index]) ? 1 : 5;
        }

        return weight;
    }

    /// <summary>Writes the string's canonical text and tells its length in bytes.</summary>
    public static int Write(string text, Span<byte> destination)
    {
        if (text.AsSpan().ContainsAny(Escaped))
        {
            return Write(Encoding.UTF8.GetBytes(text), destination);
        }

        destination[0] = (byte)'"';
        Utf8.FromUtf16(text, destination[1..], out _, out var written);
        destination[written + 1] = (byte)'"';
        return written + 2;
    }

    /// <summary>Writes the canonical text of a string that is given unescaped, and tells its length in bytes.</summary>
    public static int Write(ReadOnlySpan<byte> text, Span<byte> destination)
    {
        destination[0] = (byte)'"';
        var length = 1;
        foreach (var value in text)
        {
            if (value >= ' ' && value is not ((byte)'"' or (byte)'\\'))
            {
                destination[length++] = value;
                continue;
            }

            destination[length++] = (byte)'\\';
            length += WriteEscape((char)value, destination[length..]);
        }

        destination[length] = (byte)'"';
        return length + 1;
    }

    private static bool HasShortEscape(char value) => value is '"' or '\\' or '\b' or '\t' or '\n' or '\f' or '\r';

    /// <summary>Writes what follows the backslash.</summary>
    private static int WriteEscape(char value, Span<byte> destination)
    {
        if (!HasShortEscape(value))
        {
            "u00"u8.CopyTo(destination);
            destination[3] = (byte)('0' + (value >> 4));
            destination[4] = "0123456789abcdef"u8[value & 0xf];
            return 5;
        }

        destination[0] = value switch
        {
            '\b' => (byte)'b',
            '\t' => (byte)'t',
            '\n' => (byte)'n',
            '\f' => (byte)'f',
            '\r' => (byte)'r',
            _ => (byte)value,
        };
        return 1;
    }
}
