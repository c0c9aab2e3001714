namespace RealtimeSessions.EventLog.Embedded.Catalog;

/// <summary>A place in an order.</summary>
/// <param name="Value">The order value.</param>
/// <param name="Id">The document's id in UTF-8: ids are ordered by these bytes, here as in SQLite.</param>
internal readonly record struct Posting(long Value, byte[] Id) : IComparable<Posting>
{
    /// <summary>Before every place there can be.</summary>
    public static Posting Start { get; } = new(long.MaxValue, []);

    /// <summary>Highest value first, equal values by id in descending order.</summary>
    public int CompareTo(Posting other)
    {
        var byValue = other.Value.CompareTo(Value);
        return byValue != 0 ? byValue : other.Id.AsSpan().SequenceCompareTo(Id);
    }
}
