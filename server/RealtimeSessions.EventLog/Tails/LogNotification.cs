namespace RealtimeSessions.EventLog.Tails;

/// <summary>What an engine announces after an append. It only wakes; where it cannot be used as it is, the tail reads the log.</summary>
/// <param name="Log">The log.</param>
/// <param name="Epoch">The log's epoch.</param>
/// <param name="PreviousEventId">The id of the event before the first one announced, empty before sequence 1: the link that proves that
/// these events continue what a tail has read.</param>
/// <param name="First">The sequence of the first event announced.</param>
/// <param name="Last">The sequence of the last event announced.</param>
/// <param name="Events">The events themselves, or empty where they were too large to send along.</param>
internal sealed record LogNotification(
    LogId Log, string Epoch, Guid PreviousEventId, long First, long Last, IReadOnlyList<LogEvent> Events);
