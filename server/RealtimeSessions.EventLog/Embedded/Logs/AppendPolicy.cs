namespace RealtimeSessions.EventLog.Embedded.Logs;

/// <summary>Decides about an append, in the order that <see cref="LogAppend"/> states. Knows no storage.</summary>
internal static class AppendPolicy
{
    /// <param name="log">The log or its tombstone, or null if there is none.</param>
    /// <param name="writer">The append's writer as it is remembered, or null.</param>
    /// <param name="append">The append.</param>
    /// <returns>The refusal, or null if the events may enter.</returns>
    public static AppendResult? Refuse(LogState? log, WriterState? writer, LogAppend append)
    {
        var (head, guard, next) = (log?.Head ?? 0, log?.Guard ?? 0, (writer?.Number ?? 0) + 1);
        return append switch
        {
            _ when log is { IsDeleted: true } => new AppendResult(AppendOutcome.Deleted, "", 0, 0),
            { MustBeNew: false } when log is null => Answer(AppendOutcome.NotFound),
            { Writer: { } number } when writer is not null && number.Number < next => Answer(AppendOutcome.Duplicate) with
            {
                Sequence = writer.Sequence,
                EventId = writer.EventId,
                CreatedAt = writer.CreatedAt,
            },
            { MustBeNew: true } when log is not null => Answer(AppendOutcome.AlreadyExists),
            { AllowSealed: false } when log is { IsSealed: true } => Answer(AppendOutcome.Sealed),
            { ExpectedGuard: { } expected } when expected != guard => Answer(AppendOutcome.GuardChanged),
            { ExpectedSequence: { } expected } when expected != head => Answer(AppendOutcome.SequenceChanged),
            { Writer: { } number } when number.Number > next => Answer(AppendOutcome.WriterGap) with { NextNumber = next },
            _ => null,
        };

        AppendResult Answer(AppendOutcome outcome) => new(outcome, log?.Epoch ?? "", head, guard);
    }

    /// <summary>Whether an append crossed a multiple of a threshold that counts from the last snapshot on.</summary>
    /// <param name="log">The log, with the append in it.</param>
    /// <param name="events">How many events were appended.</param>
    /// <param name="bytes">What their payloads weigh.</param>
    /// <param name="options">The thresholds.</param>
    public static bool IsSnapshotDue(LogState log, long events, long bytes, LogOptions options)
    {
        return Crossed(log.PendingEvents, events, options.SnapshotEvents)
            || Crossed(log.PendingBytes, bytes, Math.Max(options.SnapshotMinimumBytes, log.SnapshotBytes));

        static bool Crossed(long after, long added, long threshold)
        {
            threshold = Math.Max(threshold, 1);
            return after / threshold > (after - added) / threshold;
        }
    }
}
