namespace RealtimeSessions.EndToEnd.Tests.Hostile.Generation;

/// <summary>What is put in the place of something valid.</summary>
internal static class Scraps
{
    private const int RareOneIn = 40;

    /// <summary>JSON numbers, and a few that are none.</summary>
    private static readonly string[] Numbers =
    [
        "0", "-0", "-1", "1", "2", "1.5", "4.0", "1E+2", "1e400", "-1e400", "1e-400", "2147483648", "-2147483649", "9007199254740992",
        "9007199254740993", "9223372036854775807", "9223372036854775808", "12345678901234567890", "123456789012345678901234567890", "1e18",
        "01", "+1", "NaN", "-Infinity", ".5", "1.", "0x10", "-",
    ];

    /// <summary>Words that a place might take for something else.</summary>
    private static readonly string[] Words =
    [
        "", " ", "x", "alice", "mallory", "everyone", "user", "group", "open", "closed", "fail", "return", "Viewer", "Administrator",
        "session:read:any",
        "null", "true", "7", "-1", "1e3", "__proto__", "constructor", "toString", "$.data", "hasOwnProperty", "../../etc/passwd",
        "..\\\\..", "..%5c", "%00", "%2F",
        "'; DROP TABLE documents; --", "${jndi:ldap://x}", "{{7*7}}", "<script>alert(1)</script>", "a\\r\\nX: y", "*", "{x}:tag",
        "a:b:c", "\\u202Etxt", "e\\u0301", "\\uD83D\\uDE00",
        "\\uFFFF", "\\uFEFFx", "\\u0000", "a\\u0000b", "\\u001e", "\\uD800", "\\uDC00\\uD800", "x\\uDBFF",
        "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59.9999999-14:00", "2026-02-30T00:00:00Z", "2026-11-21T24:00:00Z", "2026-11-21",
        "00000000-0000-0000-0000-000000000000", "019a0000-0000-7000-8000-000000000001", "18446744073709551616", "0-0", "e-1",
        "AAAAAAAAAAAAAAAAAAAAAA==",
    ];

    private static readonly string[] Containers =
    [
        "[]", "{}", "[null]", "[[]]", "[{}]", "[1,\"a\",null,{}]", "{\"a\":null}", "{\"a\":1,\"a\":2}", "{\"\":1}", "{\"\\ud800\":1}",
        "{\"a\":{\"\\ud800\":\"\\ud800\"}}",
        "{\"__proto__\":{\"x\":1}}", "{\"a\":{\"__proto__\":null}}", "[{\"__proto__\":1}]", "{\"$type\":\"Object\",\"$id\":\"1\",\"$ref\":\"1\"}", "[{\"id\":null}]",
        "[{\"id\":\"\",\"type\":3}]", "[{\"id\":\"bob\",\"role\":\"Nobody\"}]",
        "{\"id\":\"bob\"}", "{\"id\":\"bob\",\"type\":\"group\",\"role\":\"Viewer\"}", "{\"epoch\":null,\"sequence\":-1}",
        "{\"epoch\":\"\",\"sequence\":9007199254740993}",
        "{\"status\":\"closed\"}", "{\"status\":\"open\",\"name\":null}", "[", "{", "[1,]", "{\"a\":}", "{'a':1}", "[1 2]", "/*x*/1",
        "tru", "nul", "\"", "\"\\x\"", "\"\\u12\"",
    ];

    private static readonly int[] Depths = [5, 28, 29, 30, 31, 32, 33, 34, 58, 59, 60, 61, 62, 63, 64, 65, 66, 100, 128, 129, 1_000];
    private static readonly int[] Lengths = [64, 65, 200, 201, 255, 256, 1_023, 1_025, 4_000, 4_001, 10_240];
    private static readonly int[] Widths = [64, 65, 100, 101, 1_000, 1_001];

    /// <summary>A value in JSON; now and then it only looks like one.</summary>
    public static string Json(Random random)
    {
        if (random.Next(RareOneIn) == 0)
        {
            return Large(random);
        }

        return random.Next(12) switch
        {
            0 => "null",
            1 => random.Next(2) == 0 ? "true" : "false",
            2 or 3 => Number(random),
            4 => new string('9', random.Pick(Lengths)),
            5 or 6 or 7 => Quote(Word(random)),
            8 => random.Next(2) == 0 ? Nested("[", "]", random.Pick(Depths)) : Nested("{\"a\":", "}", random.Pick(Depths)),
            9 => random.Next(2) == 0 ? Array(random.Pick(Widths)) : Object(random.Pick(Widths)),
            _ => random.Pick(Containers),
        };
    }

    public static string Number(Random random) => random.Pick(Numbers);

    /// <summary>Text as it stands between the quotes of JSON.</summary>
    public static string Word(Random random) => random.Next(12) switch
    {
        0 => new string('x', random.Pick(Lengths)),
        1 => string.Concat(Enumerable.Repeat("\u00e9", random.Pick(Lengths))),
        2 => "a" + InvalidUtf8(random) + "b",
        3 => "a" + (char)random.Next(0x20) + "b",
        _ => random.Pick(Words),
    };

    public static string InvalidUtf8(Random random) => random.Next(5) switch
    {
        0 => RawText.Byte(0xC3) + "(",
        1 => RawText.Byte(0xFF),
        2 => RawText.Byte(0xC0) + RawText.Byte(0x80),
        3 => RawText.Byte(0xED) + RawText.Byte(0xA0) + RawText.Byte(0x80),
        _ => RawText.Byte(0xF5) + RawText.Byte(0x90) + RawText.Byte(0x80) + RawText.Byte(0x80),
    };

    public static string Quote(string text) => "\"" + text + "\"";

    public static T Pick<T>(this Random random, IReadOnlyList<T> from) => from[random.Next(from.Count)];

    private static string Nested(string open, string close, int depth) =>
        string.Concat(Enumerable.Repeat(open, depth)) + "1" + string.Concat(Enumerable.Repeat(close, depth));

    private static string Array(int count) => $"[{string.Join(',', Enumerable.Repeat("\"x\"", count))}]";

    private static string Object(int count) => $"{{{string.Join(',', Enumerable.Range(0, count).Select(i => $"\"m{i}\":\"{i}\""))}}}";

    /// <summary>Up to the limit of a message, and beyond.</summary>
    private static string Large(Random random) => random.Next(5) switch
    {
        0 => Quote(new string('x', 100_000)),
        1 => Array(60_000),
        2 => Object(12_000),
        3 => Nested("[", "]", 50_000),
        _ => Quote(new string('x', 255 * 1024)),
    };
}
