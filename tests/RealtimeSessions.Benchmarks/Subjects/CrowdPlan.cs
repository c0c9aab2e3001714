namespace RealtimeSessions.Benchmarks.Subjects;

/// <summary>Which sessions there are and who joins them.</summary>
/// <param name="Sessions">Their ids, which must be new.</param>
/// <param name="MembersPerSession">How many connections join each.</param>
internal sealed record CrowdPlan(IReadOnlyList<string> Sessions, int MembersPerSession)
{
    /// <summary>How many names the data have, of about 100 bytes each.</summary>
    public int Names { get; init; } = 40;

    /// <summary>Whether the data are there before anyone joins.</summary>
    public bool IsFilled { get; init; }

    /// <summary>Whether nothing is to be delivered: members do not ask for their own patches, and the baseline does nothing with them.</summary>
    public bool IsQuiet { get; init; }

    /// <summary>How many of the last members have a receive buffer that does not grow, so that the server soon feels it when they do not read.</summary>
    public int SmallBuffers { get; init; }

    /// <summary>How much a connection reads at once.</summary>
    public int BufferBytes { get; init; } = 64 * 1024;

    /// <summary>Ids of numbered sessions.</summary>
    public static string[] Ids(string name, int count) => [.. Enumerable.Range(0, count).Select(i => $"{name}-{i}")];
}
