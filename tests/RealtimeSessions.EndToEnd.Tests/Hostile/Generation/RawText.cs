using System.Text;

namespace RealtimeSessions.EndToEnd.Tests.Hostile.Generation;

/// <summary>
/// Text in which some characters of the private area stand for single bytes: so what is no UTF-8 can be written, cut and joined as text
/// like everything else.
/// </summary>
internal static class RawText
{
    private const char First = '\uEE00';
    private const char Last = '\uEEFF';

    /// <summary>A byte that is to be sent as it is.</summary>
    public static string Byte(byte value) => ((char)(First + value)).ToString();

    public static byte[] Encode(string text)
    {
        var bytes = new List<byte>(text.Length);
        var start = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i == text.Length || text[i] is >= First and <= Last)
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(text[start..i]));
                start = i + 1;
                if (i < text.Length)
                {
                    bytes.Add((byte)(text[i] - First));
                }
            }
        }

        return [.. bytes];
    }

    /// <summary>Bytes as a reader can copy them: what is not printable is escaped, and of what is long, the length is said.</summary>
    public static string Show(ReadOnlySpan<byte> bytes)
    {
        const int Longest = 4 * 1024;
        var text = new StringBuilder();
        foreach (var value in bytes[..Math.Min(bytes.Length, Longest)])
        {
            _ = value is >= 0x20 and < 0x7F && value != '\\' ? text.Append((char)value) : text.Append($"\\x{value:x2}");
        }

        return bytes.Length > Longest ? $"{text}… ({bytes.Length} bytes)" : text.ToString();
    }
}
