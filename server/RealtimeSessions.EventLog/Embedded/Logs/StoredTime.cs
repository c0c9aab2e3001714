namespace RealtimeSessions.EventLog.Embedded.Logs;

/// <summary>Times as the database keeps them.</summary>
internal static class StoredTime
{
    /// <summary>A time as it will be read again: in UTC, whole milliseconds.</summary>
    public static DateTimeOffset Of(DateTimeOffset time) => DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());
}
