using RealtimeSessions.Protocol;

namespace RealtimeSessions.Client;

/// <summary>What a client sees of a list of sessions at one moment. Immutable; a session that has not changed stays the same object.</summary>
/// <param name="Sessions">As far as they were loaded, newest first.</param>
/// <param name="HasMore">Whether there are older ones.</param>
public sealed record SessionListView(IReadOnlyList<Session> Sessions, bool HasMore);
