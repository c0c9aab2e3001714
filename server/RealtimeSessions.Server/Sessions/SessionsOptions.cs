namespace RealtimeSessions.Server.Sessions;

/// <summary>Limits of sessions. Section <c>Sessions</c>.</summary>
internal sealed class SessionsOptions
{
    /// <summary>What a session's data may weigh as JSON, in bytes. Default 4 MiB.</summary>
    public int MaximumDataBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>How many sessions one connection may have joined. Default 100.</summary>
    public int MaximumJoinedSessions { get; set; } = 100;

    /// <summary>How long an append is tried before the caller is told that its outcome is unknown. Default 10 s.</summary>
    public TimeSpan AppendPatience { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a session that nobody uses stays in memory. Default 10 s.</summary>
    public TimeSpan IdleTime { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How many sessions that nobody uses stay in memory at most. Default 1,000.</summary>
    public int MaximumIdleSessions { get; set; } = 1_000;
}
