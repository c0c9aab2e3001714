using RealtimeSessions.Protocol;

namespace RealtimeSessions.Client;

/// <summary>Which sessions to list and to keep listed.</summary>
public sealed class WatchSessionsOptions
{
    /// <summary>Open (default) or closed ones.</summary>
    public SessionStatus Status { get; set; }

    /// <summary>All of these must match. Default: none asked for.</summary>
    public IReadOnlyDictionary<string, string> Properties { get; set; } = new Dictionary<string, string>();

    /// <summary>How many to load at first, and with each <see cref="LiveSessionList.LoadMoreAsync"/>: 1 to 1,000. Default 100.</summary>
    public int Limit { get; set; } = 100;
}
