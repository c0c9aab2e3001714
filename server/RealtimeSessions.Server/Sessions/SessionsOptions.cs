namespace RealtimeSessions.Server.Sessions;

/// <summary>How sessions are kept in use. Section <c>Sessions</c>.</summary>
internal sealed class SessionsOptions
{
    /// <summary>How long an append is tried before the caller is told that its outcome is unknown. Default 10 s.</summary>
    public TimeSpan AppendPatience { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a session that nobody uses stays in memory. Default 10 s.</summary>
    public TimeSpan IdleTime { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How many sessions that nobody uses stay in memory at most. Default 1,000.</summary>
    public int MaximumIdleSessions { get; set; } = 1_000;

    /// <summary>
    /// How many of its latest events a session keeps at least; what is older is removed when a snapshot is stored. Default 0: all of them. Otherwise 100 or more.
    /// </summary>
    public int RetainedEvents { get; set; }

    /// <summary>How many of its latest events an application's feed keeps at least, for watchers that come back. Default 10,000.</summary>
    public int RetainedFeedEvents { get; set; } = 10_000;

    /// <summary>How long after its last event an open session is closed. Default zero: never.</summary>
    public TimeSpan CloseIdleAfter { get; set; }

    /// <summary>How long after it was closed a session is deleted. Default zero: never.</summary>
    public TimeSpan DeleteClosedAfter { get; set; }

    /// <summary>How long a change may be under way before another server looks after it. Default 5 s.</summary>
    public TimeSpan SweepAfter { get; set; } = TimeSpan.FromSeconds(5);
}
