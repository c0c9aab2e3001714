namespace RealtimeSessions.LoadTester.Traces;

/// <summary>A trace that was read whole, so that any number of copies can be replayed from it.</summary>
/// <param name="Header">Its first line.</param>
/// <param name="Calls">Its calls, in order.</param>
internal sealed record Trace(TraceHeader Header, IReadOnlyList<TraceCall> Calls)
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="TraceException">It is no trace.</exception>
    /// <exception cref="LoadException">The file cannot be read.</exception>
    public static Trace Load(string file)
    {
        using var reader = TraceReader.Open(file);
        return new Trace(reader.Header, [.. reader.ReadCalls()]);
    }
}
