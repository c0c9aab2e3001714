using RealtimeSessions.EventLog.Embedded.Storage;

namespace RealtimeSessions.EventLog.Embedded.Logs;

/// <summary>Checks what callers give, before it waits with other callers' writes.</summary>
internal static class LogArguments
{
    private const int MaximumAppends = 1_000;
    private const int MaximumEvents = 1_000;
    private const int MaximumPayloadBytes = 4 * 1024 * 1024;
    private const int MaximumWriterLength = 400;
    private const int MaximumPage = 10_000;

    public static void Check(LogId log) => Argument.Require(log.Value is not null, "The log has no name.", nameof(log));

    /// <summary>Checks appends.</summary>
    /// <returns>What their payloads weigh.</returns>
    public static long Check(IReadOnlyList<LogAppend> appends)
    {
        ArgumentNullException.ThrowIfNull(appends);
        Argument.Require(appends.Count is >= 1 and <= MaximumAppends, $"1 to {MaximumAppends} appends are taken at once.", nameof(appends));
        long bytes = 0;
        foreach (var append in appends)
        {
            Argument.Require(
                append?.Events?.Count is >= 1 and <= MaximumEvents, $"An append has 1 to {MaximumEvents} events.", nameof(appends));
            bytes += Check(append!.Events);
            if (append.Writer is { } writer)
            {
                Argument.RequireText(writer.Writer, MaximumWriterLength, nameof(appends));
                Argument.Require(writer.Number >= 1, "A writer's numbers begin at 1.", nameof(appends));
            }
        }

        return bytes;
    }

    public static void CheckPage(long after, int limit)
    {
        Argument.Require(after >= 0, "A sequence is 0 or higher.", nameof(after));
        Argument.Require(limit is >= 0 and <= MaximumPage, $"A page has 0 to {MaximumPage} events.", nameof(limit));
    }

    public static void Check(LogSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        Argument.Require(snapshot.Position.Sequence >= 0, "A sequence is 0 or higher.", nameof(snapshot));
    }

    private static long Check(IReadOnlyList<NewEvent> events)
    {
        long bytes = 0;
        foreach (var e in events)
        {
            Argument.Require(
                e?.Payload.Length is <= MaximumPayloadBytes, $"A payload has at most {MaximumPayloadBytes} bytes.", nameof(events));
            bytes += e!.Payload.Length;
        }

        return bytes;
    }
}
