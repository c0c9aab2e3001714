using RealtimeSessions.Protocol;

namespace RealtimeSessions.EventLog;

/// <summary>A log's state at one moment.</summary>
/// <param name="Position">The epoch and the sequence of the last event.</param>
/// <param name="FirstAvailable">The lowest sequence that retention has kept; head + 1 if it has kept none.</param>
/// <param name="Guard">The sequence of the last event that changed rights, 0 if there is none.</param>
/// <param name="IsSealed">True if the log takes no more appends.</param>
public sealed record LogHead(Position Position, long FirstAvailable, long Guard, bool IsSealed);

/// <summary>Events read from a log, with the head as it was in the same moment.</summary>
/// <param name="Head">The log's head.</param>
/// <param name="Events">
/// Consecutive events after the sequence asked for. If retention has removed the first of them, the page begins at
/// <see cref="LogHead.FirstAvailable"/> and so leaves a hole that the caller can see. Empty when there are no more.
/// </param>
public sealed record LogPage(LogHead Head, IReadOnlyList<LogEvent> Events);

/// <summary>The folded state of a log after the event at a position.</summary>
/// <param name="Position">Where in the log; its epoch must be the log's.</param>
/// <param name="State">Bytes the log does not interpret.</param>
public sealed record LogSnapshot(Position Position, ReadOnlyMemory<byte> State);
