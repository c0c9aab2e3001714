namespace RealtimeSessions.EndToEnd.Tests.Conversations.Visibility;

/// <summary>What is known of whether somebody sees something.</summary>
internal enum Certainty
{
    Unseen,
    Unknown,
    Seen,
}

/// <summary>When one user sees one conversation. A change takes effect some time between its call and its answer; for a while around that, either is right.</summary>
internal sealed class Sight
{
    private readonly List<(TimeSpan From, TimeSpan To, bool Sees)> _changes = [];

    /// <param name="sees">What it is at first.</param>
    public Sight(bool sees) => _changes.Add((TimeSpan.MinValue, TimeSpan.MinValue, sees));

    /// <summary>What it is in the end.</summary>
    public bool Sees => _changes[^1].Sees;

    public int Changes => _changes.Count - 1;

    /// <summary>Takes a change, made between two moments.</summary>
    public void Change(TimeSpan from, TimeSpan to, bool sees) => _changes.Add((from, to, sees));

    /// <summary>What it was all the time between two moments, if it was the same.</summary>
    /// <param name="from">The first moment.</param>
    /// <param name="to">The last.</param>
    /// <param name="early">How long before a change it may already have been otherwise, as far as anybody can tell.</param>
    /// <param name="late">How long after a change it may still have been.</param>
    public Certainty Between(TimeSpan from, TimeSpan to, TimeSpan early, TimeSpan late)
    {
        var sees = _changes[0].Sees;
        foreach (var change in _changes.Skip(1))
        {
            if (change.To + late < from)
            {
                sees = change.Sees;
            }
            else if (change.From - early <= to)
            {
                return Certainty.Unknown;
            }
        }

        return sees ? Certainty.Seen : Certainty.Unseen;
    }
}
