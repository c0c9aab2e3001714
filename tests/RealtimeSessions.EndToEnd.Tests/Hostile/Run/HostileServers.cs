using System.Collections.Immutable;

namespace RealtimeSessions.EndToEnd.Tests.Hostile.Run;

/// <summary>How the servers of these tests are set up.</summary>
internal static class HostileServers
{
    /// <summary>Calls are not slowed, and what nobody uses is let go at once.</summary>
    public static ImmutableDictionary<string, string> Settings { get; } = ImmutableDictionary<string, string>.Empty
        .Add("Limits__CallsPerSecond", "0")
        .Add("Sessions__IdleTime", "00:00:01");
}
