namespace RealtimeSessions.EventLog.Tests.Support;

/// <summary>Texts that a careless engine confuses, cuts or executes.</summary>
internal static class HostileText
{
    /// <summary>Ids of documents: distinct, without control characters, at most 200 characters.</summary>
    public static IReadOnlyList<string> Ids { get; } =
    [
        "a", "A", " a", "a ", "a:b", "a:b:c", ":", "::",
        "a/b", "a|b", "{a}", "a}", "{", "*", "?", "[a]", "%", "_", "a%", "\\", "'", "''", "\"",
        "a';drop table documents;--",
        "$1", "@id", "KEYS[1]", "0", "-1", "1e5", "null", "(a", "[", "+", "-", "ä", "a\u0308", "ß", "日本", "😀",
        new string('x', 200), new string('ü', 200),
    ];

    /// <summary>Terms of documents: any text of 1 to 2,000 characters.</summary>
    public static IReadOnlyList<string> Terms { get; } =
    [
        .. Ids, "line\nbreak", "tab\t", "\r", "property:color=red", "property:color=red:1", "property:color", new string('t', 2_000),
        new string('t', 1_999) + "u", new string('語', 2_000),
    ];
}
