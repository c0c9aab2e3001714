namespace RealtimeSessions.LoadTester.Checks;

/// <summary>What can be found wrong.</summary>
internal enum Finding
{
    /// <summary>An event did not come.</summary>
    Lost,

    /// <summary>An event came more than once.</summary>
    Doubled,

    /// <summary>An event came after a later one.</summary>
    OutOfOrder,

    /// <summary>Two readers were told different events, or got different states, at one sequence.</summary>
    Different,

    /// <summary>An own change that was acknowledged is not where its answer said, or nowhere.</summary>
    Misplaced,

    /// <summary>A replica does not hold in the end what it should.</summary>
    Unequal,
}

/// <summary>What the checks of a run have found wrong: how often, and the first of them in words. Thread-safe.</summary>
internal sealed class Findings
{
    private const int MaximumTexts = 50;

    private readonly long[] _counts = new long[Enum.GetValues<Finding>().Length];
    private readonly List<string> _texts = [];

    /// <summary>The first ones in words.</summary>
    public IReadOnlyList<string> Texts
    {
        get
        {
            lock (_texts)
            {
                return [.. _texts];
            }
        }
    }

    /// <summary>How many there are of any kind.</summary>
    public long Total => Enum.GetValues<Finding>().Sum(Count);

    /// <summary>How many there are of a kind.</summary>
    public long Count(Finding finding) => Volatile.Read(ref _counts[(int)finding]);

    /// <summary>Something was found.</summary>
    /// <param name="finding">What.</param>
    /// <param name="text">In words; made only where it is kept.</param>
    /// <param name="times">How often.</param>
    public void Add(Finding finding, Func<string> text, long times = 1)
    {
        Interlocked.Add(ref _counts[(int)finding], times);
        lock (_texts)
        {
            if (_texts.Count < MaximumTexts)
            {
                _texts.Add(text());
            }
        }
    }

    /// <summary>Events that were counted as lost have come after all, late.</summary>
    public void Found(long times) => Interlocked.Add(ref _counts[(int)Finding.Lost], -times);
}
