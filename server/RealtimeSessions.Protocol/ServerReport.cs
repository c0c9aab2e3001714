using System.Text.Json.Serialization;

namespace RealtimeSessions.Protocol;

/// <summary>How a server does. Of several servers behind one address, each answers for itself.</summary>
/// <param name="ServerId">Which server: random, another one after each start.</param>
/// <param name="Version">The program's version.</param>
/// <param name="StartedAt">When it was started.</param>
/// <param name="Now">When it answers, by its own clock.</param>
/// <param name="Engine">Its storage.</param>
/// <param name="Interval">The seconds between two samples.</param>
/// <param name="Samples">What it has measured, oldest first: the last 10 minutes, or what is newer than was asked for.</param>
public sealed record ServerReport(
    string ServerId, string Version, DateTimeOffset StartedAt, DateTimeOffset Now, EngineReport Engine, int Interval, IReadOnlyList<ServerSample> Samples);

/// <summary>How a server's storage does.</summary>
/// <param name="Kind"><c>embedded</c> or <c>redis</c>.</param>
/// <param name="Description">Which one, where, and how durable.</param>
/// <param name="Status">Whether it can be used.</param>
public sealed record EngineReport(string Kind, string Description, EngineStatus Status)
{
    /// <summary>What is wrong, in a line; null: nothing.</summary>
    public string? Problem { get; init; }

    /// <summary>How long its last answer to a small read took, in milliseconds; null: it has not answered yet.</summary>
    public double? Latency { get; init; }
}

/// <summary>Whether a storage can be used.</summary>
[JsonConverter(typeof(WireEnumConverter<EngineStatus>))]
public enum EngineStatus
{
    /// <summary>It answers, and knows of nothing that is wrong.</summary>
    [JsonStringEnumMemberName("healthy")]
    Healthy,

    /// <summary>It answers late, or knows of something that is wrong.</summary>
    [JsonStringEnumMemberName("degraded")]
    Degraded,

    /// <summary>It does not answer.</summary>
    [JsonStringEnumMemberName("unavailable")]
    Unavailable,
}

/// <summary>What a server has measured since the sample before.</summary>
/// <param name="At">When the sample was taken.</param>
public sealed record ServerSample(DateTimeOffset At)
{
    /// <summary>Open connections.</summary>
    public required long Connections { get; init; }

    /// <summary>Connections in sessions and conversations, once for each.</summary>
    public required long Members { get; init; }

    /// <summary>Connections that watch applications and spaces, once for each.</summary>
    public required long Watchers { get; init; }

    /// <summary>Sessions that some connection is in.</summary>
    public required long Sessions { get; init; }

    /// <summary>Conversations that some connection is in.</summary>
    public required long Conversations { get; init; }

    /// <summary>Members and watchers that are behind.</summary>
    public required long Lagging { get; init; }

    /// <summary>Calls of hub and REST, a second.</summary>
    public required double CallsPerSecond { get; init; }

    /// <summary>Events appended to logs, a second.</summary>
    public required double EventsPerSecond { get; init; }

    /// <summary>Events written to connections, once for each, a second.</summary>
    public required double DeliveriesPerSecond { get; init; }

    /// <summary>Calls that were answered with an error, a second.</summary>
    public required double RefusalsPerSecond { get; init; }

    /// <summary>From when an event is made until it is written to those who are not behind; null: nothing was.</summary>
    public DurationSummary? DeliveryLag { get; init; }

    /// <summary>How long appends have taken; null: there were none.</summary>
    public DurationSummary? Append { get; init; }

    /// <summary>How long a small read of the storage took, in milliseconds; null: it has not answered.</summary>
    public double? EngineLatency { get; init; }

    /// <summary>The processor time used, in parts of one core: 1.5 is one and a half.</summary>
    public required double Cpu { get; init; }

    /// <summary>The process's memory, in bytes.</summary>
    public required long WorkingSet { get; init; }

    /// <summary>What of it is on the managed heap, in bytes.</summary>
    public required long Heap { get; init; }
}

/// <summary>How durations are spread, in milliseconds.</summary>
/// <param name="P50">Half of them are shorter.</param>
/// <param name="P99">99 of 100 are shorter.</param>
/// <param name="Max">The longest.</param>
public sealed record DurationSummary(double P50, double P99, double Max);
