using RealtimeSessions.LoadTester.Identity;
using RealtimeSessions.LoadTester.Measure;

namespace RealtimeSessions.LoadTester.Connections.Lean;

/// <summary>What the lean connections of a run share.</summary>
/// <param name="Endpoint">Where the hub is.</param>
/// <param name="Codec">The hub protocol.</param>
/// <param name="Tokens">The users' tokens.</param>
/// <param name="KeepAlive">The pings.</param>
/// <param name="Meter">What is counted.</param>
/// <param name="Time">The clock.</param>
/// <param name="Run">What the ids of this run's writers begin with.</param>
internal sealed record LeanServices(
    HubEndpoint Endpoint, HubCodec Codec, ITokenSource Tokens, KeepAlive KeepAlive, LoadMeter Meter, TimeProvider Time, string Run);
