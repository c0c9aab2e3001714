namespace RealtimeSessions.Client.Replicas;

/// <summary>Under whose numbers changes go out: those of one writer after the other, each numbered from 1. Not thread-safe.</summary>
/// <param name="draw">Draws a new writer's id.</param>
internal sealed class Writer(Func<string> draw)
{
    private string? _id;
    private long _number;

    /// <summary>The writer of a change, or the one that it will have; null: one that is not drawn yet.</summary>
    public string? Of(QueuedChange change) => change.WriterId ?? _id;

    /// <summary>Gives a change its number, where it has none.</summary>
    public void Number(QueuedChange change)
    {
        if (change.WriterId is null)
        {
            change.Number(_id ??= draw(), ++_number);
        }
    }

    /// <summary>Lets changes, and whatever is new, go on under a new writer.</summary>
    public void Renumber(IEnumerable<QueuedChange> changes)
    {
        (_id, _number) = (null, 0);
        foreach (var change in changes)
        {
            change.Unnumber();
        }
    }
}
