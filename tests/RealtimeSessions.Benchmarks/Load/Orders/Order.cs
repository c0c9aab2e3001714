using System.Text.Json.Serialization;

namespace RealtimeSessions.Benchmarks.Load.Orders;

/// <summary>What the load generator is told, a line of JSON each; it answers each with one.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "order")]
[JsonDerivedType(typeof(ConnectOrder), "connect")]
[JsonDerivedType(typeof(WriteOrder), "write")]
[JsonDerivedType(typeof(RateOrder), "rate")]
[JsonDerivedType(typeof(CountOrder), "count")]
[JsonDerivedType(typeof(PauseOrder), "pause")]
[JsonDerivedType(typeof(CatchUpOrder), "catch up")]
[JsonDerivedType(typeof(CutOrder), "cut")]
[JsonDerivedType(typeof(ReturnOrder), "return")]
internal abstract record Order;

/// <summary>Keeps patches in flight for a time, then waits until everything has arrived everywhere.</summary>
/// <param name="WritersPerSession">How many of each session's members write.</param>
/// <param name="InFlight">Patches in flight: of all together if they write in turn, else of each writer.</param>
/// <param name="InTurn">Whether the next patch comes from the next writer.</param>
/// <param name="Time">How long.</param>
/// <param name="WithLatencies">Whether the times from sending to receipt are measured; then one member writes.</param>
internal sealed record WriteOrder(int WritersPerSession, int InFlight, bool InTurn, TimeSpan Time, bool WithLatencies = false) : Order;

/// <summary>Has the first member patch at a fixed rate for a time, then waits until everything has arrived everywhere.</summary>
/// <param name="PatchesPerSecond">The rate.</param>
/// <param name="Time">How long.</param>
internal sealed record RateOrder(double PatchesPerSecond, TimeSpan Time) : Order;

/// <summary>Has the first member make a number of patches, then waits until everything has arrived everywhere.</summary>
/// <param name="Patches">How many.</param>
/// <param name="InFlight">Patches in flight.</param>
internal sealed record CountOrder(int Patches, int InFlight) : Order;

/// <summary>Has the last members stop reading.</summary>
/// <param name="Members">How many.</param>
internal sealed record PauseOrder(int Members) : Order;

/// <summary>Has some of those that stopped read on until they have everything; who was put out comes back by position.</summary>
/// <param name="Members">How many.</param>
internal sealed record CatchUpOrder(int Members) : Order;

/// <summary>Cuts the connections of the last members.</summary>
/// <param name="Members">How many.</param>
internal sealed record CutOrder(int Members) : Order;

/// <summary>Has all those that were cut come back at once, by position, and waits until they have everything.</summary>
internal sealed record ReturnOrder : Order;
