namespace RealtimeSessions.EventLog.Embedded.Logs;

/// <summary>The key of the table <c>event</c>: the log's number and the event's sequence in one integer.</summary>
internal static class EventKey
{
    private const int SequenceBits = 36;
    private const long MaximumSequence = (1L << SequenceBits) - 1;

    /// <summary>The highest number of a log.</summary>
    public const long MaximumLog = (1L << (63 - SequenceBits)) - 1;

    public static long Of(long log, long sequence) => sequence is >= 0 and <= MaximumSequence
        ? log << SequenceBits | sequence
        : throw new InvalidOperationException($"Log {log} cannot hold sequence {sequence}.");

    /// <summary>The key of the last event that a log may ever hold.</summary>
    public static long Last(long log) => Of(log, MaximumSequence);

    public static long Sequence(long key) => key & MaximumSequence;
}
