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
}
