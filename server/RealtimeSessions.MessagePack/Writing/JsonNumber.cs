using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace RealtimeSessions.MessagePack.Writing;

/// <summary>
/// A JSON number as MessagePack: an integer that has 64 bits, signed or not, is that integer; every other number is the float nearest to it, as
/// it is for a reader of the JSON itself in JavaScript; beyond the range of floats it is its text. Minus zero is a float.
/// </summary>
internal static class JsonNumber
{
    /// <summary>What a float takes, and the largest integer.</summary>
    public const int FloatLength = 9;

    /// <summary>So many digits fit into 64 bits, and so many are an integer that a float holds exactly.</summary>
    private const int DigitsOfAnInteger = 18, DigitsOfAFloat = 15;

    private static readonly SearchValues<byte> Characters = SearchValues.Create("+-.0123456789Ee"u8);

    /// <summary>Powers that a float holds exactly: a quotient of two exact floats is the nearest one.</summary>
    private static ReadOnlySpan<double> Powers => [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14];

    /// <summary>Puts the number that JSON begins with.</summary>
    /// <param name="json">Not empty.</param>
    /// <param name="to">As long as the text, and <see cref="Format.LongestHeader"/> more, at least <see cref="FloatLength"/> bytes.</param>
    /// <param name="written">How many bytes it takes.</param>
    /// <returns>How long its text is.</returns>
    /// <exception cref="JsonException">It is no number.</exception>
    public static int Put(ReadOnlySpan<byte> json, Span<byte> to, out int written)
    {
        var isNegative = json[0] == '-';
        var start = isNegative ? 1 : 0;
        var number = 0L;
        var end = Digits(json, start, ref number);
        var whole = end - start;
        if (!IsOfAFloat(json, end))
        {
            if (whole is > 0 and <= DigitsOfAnInteger && (number > 0 || !isNegative))
            {
                written = Writing.Put.Integer(to, isNegative ? -number : number);
                return end;
            }
        }
        else if (json[end] == '.')
        {
            var point = end;
            end = Digits(json, point + 1, ref number);
            if (end - start - 1 <= DigitsOfAFloat && whole > 0 && end > point + 1 && !IsOfAFloat(json, end))
            {
                var value = number / Powers[end - point - 1];
                written = Writing.Put.Float(to, isNegative ? -value : value);
                return end;
            }
        }

        return PutAny(json, to, out written);
    }

    private static bool IsOfAFloat(ReadOnlySpan<byte> json, int at) =>
        (uint)at < (uint)json.Length && json[at] is (byte)'.' or (byte)'e' or (byte)'E';

    /// <summary>Appends digits to a number; what does not fit any more is lost.</summary>
    /// <returns>Where they end.</returns>
    private static int Digits(ReadOnlySpan<byte> json, int at, ref long number)
    {
        for (uint digit; (uint)at < (uint)json.Length && (digit = (uint)(json[at] - '0')) <= 9; at++)
        {
            number = unchecked((number * 10) + digit);
        }

        return at;
    }

    private static int PutAny(ReadOnlySpan<byte> json, Span<byte> to, out int written)
    {
        var length = json.IndexOfAnyExcept(Characters);
        var text = length < 0 ? json : json[..length];
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var signed) && (signed != 0 || text[0] != '-'))
        {
            written = Writing.Put.Integer(to, signed);
        }
        else if (ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var unsigned))
        {
            written = Writing.Put.Integer(to, unsigned);
        }
        else if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
        {
            throw new JsonException("What is to be sent is no JSON.");
        }
        else if (double.IsFinite(value))
        {
            written = Writing.Put.Float(to, value);
        }
        else
        {
            written = Writing.Put.StringHeader(to, text.Length);
            text.CopyTo(to[written..]);
            written += text.Length;
        }

        return text.Length;
    }
}
