using System.Text.Json.Serialization;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Data;

namespace RealtimeSessions.Server.Delivery.Presence.Peers;

/// <summary>
/// What the servers that have members of one session tell each other. Each counts, by versions, the changes of the people that it has there itself.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "k")]
[JsonDerivedType(typeof(PeerChange), "c")]
[JsonDerivedType(typeof(PeerWhole), "w")]
[JsonDerivedType(typeof(PeerAlive), "a")]
[JsonDerivedType(typeof(PeerRequest), "r")]
[JsonDerivedType(typeof(PeerSignal), "s")]
internal abstract record PeerMessage;

/// <summary>Its people have changed.</summary>
/// <param name="Version">The version they have now: one more than before.</param>
/// <param name="People">The merge patch that makes it of the version before.</param>
internal sealed record PeerChange(long Version, JsonTree People) : PeerMessage;

/// <summary>All of its people, or a part of them.</summary>
/// <param name="Version">The version they have.</param>
/// <param name="Part">Which part, from 0.</param>
/// <param name="Parts">Of how many.</param>
/// <param name="People">The people of this part; those of all parts together are all.</param>
internal sealed record PeerWhole(long Version, int Part, int Parts, JsonTree People) : PeerMessage;

/// <summary>It still has people there.</summary>
/// <param name="Version">The version they have.</param>
internal sealed record PeerAlive(long Version) : PeerMessage;

/// <summary>Asks for all people.</summary>
/// <param name="Of">Of which server; null: of every one.</param>
internal sealed record PeerRequest(string? Of = null) : PeerMessage;

/// <summary>A signal of one of its members.</summary>
/// <param name="Number">Higher than that of the server's signal before.</param>
/// <param name="Signal">The callback's argument.</param>
/// <param name="To">The user it is for; null: for everybody.</param>
internal sealed record PeerSignal(long Number, RawJson Signal, string? To = null) : PeerMessage;

/// <summary>How they are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PeerMessage))]
internal sealed partial class PeerJsonContext : JsonSerializerContext;
