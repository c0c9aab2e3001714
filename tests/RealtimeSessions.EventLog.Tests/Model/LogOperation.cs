namespace RealtimeSessions.EventLog.Tests.Model;

/// <summary>
/// One step of a random sequence. What it names is relative to the log as it is then (head + 1, the next number - 1), so that a sequence
/// stays meaningful when steps are taken out of it.
/// </summary>
internal abstract record LogOperation;

/// <summary>A call with one or several appends.</summary>
internal sealed record AppendOperation(IReadOnlyList<AppendPlan> Plans) : LogOperation
{
    public override string ToString() => $"Append [{string.Join(", ", Plans)}]";
}

/// <summary>One append to be. A null offset asks for no such condition; zero asks for the right one.</summary>
internal sealed record AppendPlan(
    int Events,
    bool ChangesRights,
    bool MustBeNew,
    bool AllowSealed,
    bool Seal,
    int? SequenceOffset,
    int? GuardOffset,
    string? Writer,
    int NumberOffset);

/// <summary>Reads a page from that far behind the head.</summary>
internal sealed record ReadOperation(int Behind, int Limit) : LogOperation;

/// <summary>Writes a snapshot that far behind the head; below zero beyond it.</summary>
internal sealed record WriteSnapshotOperation(int Behind, int StateBytes, bool OtherEpoch) : LogOperation;

/// <summary>Reads the newest snapshot that far behind the head.</summary>
internal sealed record ReadSnapshotOperation(int Behind) : LogOperation;

/// <summary>Trims up to an event that far behind the head; below zero beyond it.</summary>
internal sealed record TrimOperation(int Behind, bool OtherEpoch) : LogOperation;

/// <summary>Deletes the log.</summary>
internal sealed record DeleteOperation : LogOperation;

/// <summary>Opens a tail that far behind the head; below zero beyond it.</summary>
internal sealed record OpenTailOperation(int Behind, bool OtherEpoch) : LogOperation;

/// <summary>Reads one batch from one of the open tails, if something is there for it.</summary>
internal sealed record ReadTailOperation(int Index) : LogOperation;
