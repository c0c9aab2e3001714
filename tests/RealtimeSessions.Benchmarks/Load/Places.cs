namespace RealtimeSessions.Benchmarks.Load;

/// <summary>The places in a log that a writer's patches have got, in whatever order their answers come.</summary>
internal sealed class Places
{
    private long _count;
    private long _sum;
    private long _highest;

    /// <summary>Takes the place of a patch.</summary>
    /// <param name="sequence">The place.</param>
    /// <param name="before">The last place before the writer began.</param>
    public void Take(long sequence, long before)
    {
        _count++;
        _sum += sequence - before;
        _highest = Math.Max(_highest, sequence - before);
    }

    /// <summary>Whether the patches, and nothing else, fill the log without a gap: then their places add up to 1 + 2 + … .</summary>
    public bool AreComplete => _highest == _count && _sum == _count * (_count + 1) / 2;
}
