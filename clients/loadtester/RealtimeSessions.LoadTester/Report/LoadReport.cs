using System.Text.Json.Serialization;
using RealtimeSessions.LoadTester.Measure;

namespace RealtimeSessions.LoadTester.Report;

/// <summary>What a run has come to. Times are in milliseconds and sizes in bytes, unless a name says otherwise.</summary>
internal sealed record LoadReport
{
    /// <summary>The version of this form.</summary>
    public int Report { get; init; } = 1;

    /// <summary>The command: <c>replay</c> or <c>soak</c>.</summary>
    public required string Command { get; init; }

    /// <summary>What it was about, in a line.</summary>
    public required string Title { get; init; }

    /// <summary>The server's address.</summary>
    public required Uri Server { get; init; }

    /// <summary>The server's version, where it tells.</summary>
    public string? ServerVersion { get; init; }

    /// <summary>What the run was asked to do.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How long it lasted, in seconds, connecting included.</summary>
    public required double Seconds { get; init; }

    /// <summary>Whether the user ended it early.</summary>
    public required bool Interrupted { get; init; }

    /// <summary>Whether all checks held.</summary>
    public required bool Held { get; init; }

    /// <summary>The checks.</summary>
    public required IReadOnlyList<ReportedCheck> Checks { get; init; }

    /// <summary>The first of what was found wrong, in words.</summary>
    public required IReadOnlyList<string> Findings { get; init; }

    /// <summary>What one should know besides.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Events and calls.</summary>
    public required ReportedTraffic Traffic { get; init; }

    /// <summary>From a call, when it was due, to its answer.</summary>
    public required ReportedLatency CallLatency { get; init; }

    /// <summary>From a call, when it was due, to the receipt of its event, at each connection. Absent where the client does not tell which call an event is of.</summary>
    public ReportedLatency? DeliveryLatency { get; init; }

    /// <summary>Connections.</summary>
    public required ReportedConnections Connections { get; init; }

    /// <summary>What the tester itself used.</summary>
    public required ReportedProcess Tester { get; init; }

    /// <summary>How it went over time.</summary>
    public required IReadOnlyList<LoadSample> Samples { get; init; }
}

/// <summary>A check.</summary>
/// <param name="Name">What has to hold.</param>
/// <param name="Held">Whether it did; null: it could not be judged.</param>
/// <param name="Detail">In figures.</param>
internal sealed record ReportedCheck(string Name, bool? Held, string Detail);

/// <summary>Events and calls, over the time of the load.</summary>
/// <param name="Sessions">Sessions.</param>
/// <param name="Calls">Calls sent.</param>
/// <param name="Refused">Calls refused.</param>
/// <param name="Refusals">… by their codes.</param>
/// <param name="Deliveries">Events received, counted at each connection.</param>
/// <param name="Bytes">Bytes received; 0 where that is not known.</param>
/// <param name="LoadSeconds">How long the load lasted, from the first call to the last thing received.</param>
/// <param name="CallsPerSecond">Answers in a second of it.</param>
/// <param name="DeliveriesPerSecond">Events in a second of it.</param>
/// <param name="Lost">Events that did not come.</param>
/// <param name="Doubled">Events that came again.</param>
/// <param name="OutOfOrder">Events that came late.</param>
/// <param name="Different">Events or states that readers were told differently.</param>
/// <param name="Misplaced">Own events that are not where their answers said.</param>
/// <param name="Unequal">Replicas that do not hold what they should.</param>
internal sealed record ReportedTraffic(
    int Sessions, long Calls, long Refused, IReadOnlyDictionary<string, long> Refusals, long Deliveries, long Bytes, double LoadSeconds,
    double CallsPerSecond, double DeliveriesPerSecond, long Lost, long Doubled, long OutOfOrder, long Different, long Misplaced, long Unequal);

/// <summary>A latency in milliseconds; null where nothing was measured.</summary>
internal sealed record ReportedLatency(long Count, double? P50, double? P90, double? P99, double? P999, double? Maximum);

/// <summary>Connections.</summary>
/// <param name="Asked">How many there were to be.</param>
/// <param name="Peak">The most that were in their sessions at once.</param>
/// <param name="Joins">Joins, first ones and later ones.</param>
/// <param name="Cut">Those that the tester cut.</param>
/// <param name="Lost">Those that ended otherwise.</param>
/// <param name="Failed">Attempts that failed.</param>
/// <param name="Resumed">Joins that went on where they were.</param>
/// <param name="Reset">Joins that got the state instead.</param>
internal sealed record ReportedConnections(int Asked, long Peak, long Joins, long Cut, long Lost, long Failed, long Resumed, long Reset);

/// <summary>What the tester itself used.</summary>
/// <param name="Processors">Processors of the machine.</param>
/// <param name="Busy">Processors that it kept busy during the load, on average.</param>
/// <param name="BusyPeak">… in its busiest second.</param>
/// <param name="ProcessorSeconds">Processor time of the whole run.</param>
/// <param name="PeakMemory">The most memory that it held.</param>
/// <param name="WasLimit">Whether it was itself near the limit, so that figures tell of the tester and not of the server.</param>
internal sealed record ReportedProcess(int Processors, double Busy, double BusyPeak, double ProcessorSeconds, long PeakMemory, bool WasLimit);

/// <summary>How it is written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, WriteIndented = true)]
[JsonSerializable(typeof(LoadReport))]
internal sealed partial class ReportJsonContext : JsonSerializerContext;
