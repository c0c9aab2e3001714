using System.Collections.Immutable;
using System.Globalization;

namespace RealtimeSessions.EndToEnd.Tests.Table.Calls;

/// <summary>Servers whose limits a test can reach.</summary>
internal static class TightServers
{
    /// <summary>The most that there is.</summary>
    public const int DescriptionLength = 100_000;

    public const int DataBytes = 2_000;
    public const int PresenceBytes = 100;
    public const int SignalBytes = 100;
    public const int JoinedSessions = 2;

    /// <summary>The least that there is.</summary>
    public const int RetainedEvents = 100;

    private const int MaximumParticipants = 12;

    /// <summary>Ids of as many as may take part in something.</summary>
    public static IEnumerable<string> Participants => Enumerable.Range(0, MaximumParticipants).Select(i => $"guest-{i}");

    /// <summary>The settings. There is room for the roles that <see cref="Stage"/> makes, and no other.</summary>
    public static ImmutableDictionary<string, string> Settings { get; } = new Dictionary<string, int>
    {
        ["Limits__MaximumDescriptionLength"] = DescriptionLength,
        ["Limits__MaximumDataBytes"] = DataBytes,
        ["Limits__MaximumPresenceBytes"] = PresenceBytes,
        ["Limits__MaximumSignalBytes"] = SignalBytes,
        ["Limits__MaximumParticipants"] = MaximumParticipants,
        ["Limits__MaximumRoles"] = 5,
        ["Limits__MaximumJoinedSessions"] = JoinedSessions,
        ["Limits__MaximumWatchedApplications"] = JoinedSessions,
        ["Sessions__RetainedEvents"] = RetainedEvents,
        ["Log__SnapshotEvents"] = RetainedEvents / 2,
    }.ToImmutableDictionary(pair => pair.Key, pair => pair.Value.ToString(CultureInfo.InvariantCulture));
}
