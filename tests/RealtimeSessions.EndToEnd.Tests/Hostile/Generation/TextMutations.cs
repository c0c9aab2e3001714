namespace RealtimeSessions.EndToEnd.Tests.Hostile.Generation;

/// <summary>Makes text wrong without regard to what it means: it is cut, garbled, or something else altogether.</summary>
internal static class TextMutations
{
    private static readonly string[] Others =
    [
        "", " ", "null", "5", "\"x\"", "[]", "hello", "<a/>", "a=1&b=2",
        "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--x--", "{}{}", "{} x", "\0\0\0\0",
        "\u001e", "\u001e\u001e", "{\u001e}",
    ];

    public static string Mutate(Random random, string text)
    {
        var at = random.Next(text.Length + 1);
        return random.Next(10) switch
        {
            0 or 1 => text[..at],
            2 => text[at..],
            3 => text.Insert(at, Scraps.InvalidUtf8(random)),
            4 => text.Insert(at, RawText.Byte((byte)random.Next(256))),
            5 => at < text.Length ? text.Remove(at, 1) : text,
            6 => RawText.Byte(0xEF) + RawText.Byte(0xBB) + RawText.Byte(0xBF) + text,
            7 => string.Concat(text.Select(c => c + "\0")).Insert(0, RawText.Byte(0xFF) + RawText.Byte(0xFE)),
            8 => text + Scraps.Json(random),
            _ => random.Pick(Others),
        };
    }
}
