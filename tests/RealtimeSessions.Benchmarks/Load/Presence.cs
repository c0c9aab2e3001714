namespace RealtimeSessions.Benchmarks.Load;

/// <summary>Where a member is.</summary>
internal enum Presence
{
    /// <summary>Not connected, by its own will.</summary>
    Away,

    /// <summary>Connected and reading: it must get everything, and nobody may end its connection.</summary>
    Here,

    /// <summary>Connected but not reading, or behind since it did not: the hub may put it out.</summary>
    Silent,
}
