using System.Text.Json.Serialization;

namespace RealtimeSessions.Benchmarks.Load.Orders;

/// <summary>What the load generator is told, a line of JSON each; it answers each with one.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "order")]
[JsonDerivedType(typeof(ConnectOrder), "connect")]
[JsonDerivedType(typeof(WriteOrder), "write")]
[JsonDerivedType(typeof(RateOrder), "rate")]
internal abstract record Order;

/// <summary>Opens connections and joins sessions. Members are numbered through: the first session's, the second's, …</summary>
/// <param name="Dialect">How the hub is spoken to.</param>
/// <param name="Server">Its address.</param>
/// <param name="Token">The access token, if it wants one.</param>
/// <param name="Sessions">The ids of the sessions.</param>
/// <param name="MembersPerSession">How many join each of them.</param>
/// <param name="BufferBytes">How much a connection reads at once.</param>
internal sealed record ConnectOrder(
    string Dialect, Uri Server, string? Token, IReadOnlyList<string> Sessions, int MembersPerSession, int BufferBytes) : Order;

/// <summary>Keeps patches in flight for a time, then waits until everything has arrived everywhere.</summary>
/// <param name="WritersPerSession">How many of each session's members write.</param>
/// <param name="InFlight">Patches in flight: of all together if they write in turn, else of each writer.</param>
/// <param name="InTurn">Whether the next patch comes from the next writer.</param>
/// <param name="Time">How long.</param>
internal sealed record WriteOrder(int WritersPerSession, int InFlight, bool InTurn, TimeSpan Time) : Order;

/// <summary>Has the first member patch at a fixed rate for a time, then waits until everything has arrived everywhere.</summary>
/// <param name="PatchesPerSecond">The rate.</param>
/// <param name="Time">How long.</param>
internal sealed record RateOrder(double PatchesPerSecond, TimeSpan Time) : Order;

/// <summary>An answer of the load generator.</summary>
internal sealed record Answer
{
    /// <summary>What went wrong; null if nothing did.</summary>
    public string? Failure { get; init; }

    /// <summary>Patches that were made and acknowledged.</summary>
    public long Patches { get; init; }

    /// <summary>Events that members received.</summary>
    public long Deliveries { get; init; }

    /// <summary>From the first patch to the last delivery.</summary>
    public TimeSpan Time { get; init; }

    /// <summary>Reads of the sockets that brought them.</summary>
    public long Reads { get; init; }

    /// <summary>Bytes that were received.</summary>
    public long Bytes { get; init; }

    /// <summary>From sending to receipt, where that was measured.</summary>
    public LatencyAnswer? Latency { get; init; }
}

/// <summary>Percentiles of all deliveries, in microseconds.</summary>
internal sealed record LatencyAnswer(double P50, double P99, double P999, double Maximum);
