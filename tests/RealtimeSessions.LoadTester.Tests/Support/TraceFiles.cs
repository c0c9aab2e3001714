namespace RealtimeSessions.LoadTester.Tests.Support;

/// <summary>Traces for the tests.</summary>
internal static class TraceFiles
{
    /// <summary>Two people who write one text, made by chance: 300 calls, with letters of one to four bytes.</summary>
    public static string TwoWriters { get; } = Path.Combine(AppContext.BaseDirectory, "Data", "two-writers.trace.jsonl");

    /// <summary>Writes a trace of these lines.</summary>
    public static string Write(string folder, params string[] lines)
    {
        var file = Path.Combine(folder, "a.trace.jsonl");
        File.WriteAllLines(file, lines);
        return file;
    }
}
