namespace RealtimeSessions.EndToEnd.Tests.Replay;

/// <summary>The traces that the tests replay: one made by chance, and those in the folder that the variable <c>REALTIME_TRACES</c> names, if any.</summary>
internal static class TraceFiles
{
    private const string Generated = "generated";
    private const string Extension = ".trace.jsonl.gz";
    private const int GeneratedCalls = 2_000;

    /// <summary>Their names.</summary>
    public static string[] All =>
        [Generated, .. Environment.GetEnvironmentVariable("REALTIME_TRACES") is { Length: > 0 } folder ? Directory.GetFiles(folder, $"*{Extension}") : []];

    /// <summary>The file of a trace.</summary>
    /// <param name="trace">One of <see cref="All"/>.</param>
    /// <param name="folder">Where the one made by chance is written.</param>
    /// <param name="seed">What it is made from.</param>
    public static string Open(string trace, string folder, int seed)
    {
        if (trace != Generated)
        {
            return trace;
        }

        var file = Path.Combine(folder, Generated + Extension);
        GeneratedTrace.Write(file, seed, GeneratedCalls);
        return file;
    }
}
