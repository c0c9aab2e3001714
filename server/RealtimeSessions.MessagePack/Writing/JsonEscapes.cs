using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace RealtimeSessions.MessagePack.Writing;

/// <summary>Strings whose JSON has escapes in it.</summary>
internal static class JsonEscapes
{
    private const int CodeLength = 4;

    /// <summary>Where a string ends.</summary>
    /// <param name="json">What follows its first quotation mark.</param>
    /// <returns>The place of its last quotation mark; -1 if there is none.</returns>
    public static int EndOf(ReadOnlySpan<byte> json)
    {
        for (var at = 0; at < json.Length; at += 2)
        {
            var found = json[at..].IndexOfAny((byte)'"', (byte)'\\');
            if (found < 0)
            {
                return -1;
            }

            at += found;
            if (json[at] == '"')
            {
                return at;
            }
        }

        return -1;
    }

    /// <summary>Puts a string.</summary>
    /// <param name="json">What stands between its quotation marks.</param>
    /// <param name="to">As long as this, and <see cref="Format.LongestHeader"/> more.</param>
    /// <returns>How many bytes it takes.</returns>
    /// <exception cref="JsonException">There is no such escape.</exception>
    public static int Put(ReadOnlySpan<byte> json, Span<byte> to)
    {
        var text = to[Format.LongestHeader..];
        var length = 0;
        while (json.IndexOf((byte)'\\') is >= 0 and var plain)
        {
            json[..plain].CopyTo(text[length..]);
            length += plain;
            json = json[(plain + 1)..];
            json = json[Unescape(json, text, ref length)..];
        }

        json.CopyTo(text[length..]);
        length += json.Length;
        var header = Writing.Put.StringHeader(to, length);
        text[..length].CopyTo(to[header..]);
        return header + length;
    }

    /// <returns>How much of the JSON, which begins behind the backslash, the escape takes.</returns>
    private static int Unescape(ReadOnlySpan<byte> json, Span<byte> text, ref int length)
    {
        if (json.IsEmpty)
        {
            throw NoEscape();
        }

        if (json[0] == 'u')
        {
            var (rune, read) = ReadRune(json);
            length += rune.EncodeToUtf8(text[length..]);
            return read;
        }

        text[length++] = json[0] switch
        {
            (byte)'b' => (byte)'\b',
            (byte)'t' => (byte)'\t',
            (byte)'n' => (byte)'\n',
            (byte)'f' => (byte)'\f',
            (byte)'r' => (byte)'\r',
            (byte)'"' or (byte)'\\' or (byte)'/' => json[0],
            _ => throw NoEscape(),
        };
        return 1;
    }

    /// <summary>Half a pair is the replacement character, as the serializer itself writes it.</summary>
    private static (Rune Rune, int Read) ReadRune(ReadOnlySpan<byte> json)
    {
        var first = ReadUnit(json);
        var read = 1 + CodeLength;
        if (!char.IsSurrogate(first))
        {
            return (new Rune(first), read);
        }

        return json[read..].StartsWith("\\u"u8) && Rune.TryCreate(first, ReadUnit(json[(read + 1)..]), out var rune)
            ? (rune, (2 * read) + 1)
            : (Rune.ReplacementChar, read);
    }

    /// <param name="json">The <c>u</c> and its four digits.</param>
    private static char ReadUnit(ReadOnlySpan<byte> json) =>
        json.Length > CodeLength && Utf8Parser.TryParse(json.Slice(1, CodeLength), out ushort unit, out var read, 'x') && read == CodeLength
            ? (char)unit
            : throw NoEscape();

    private static JsonException NoEscape() => new("What is to be sent is no JSON: there is no such escape.");
}
