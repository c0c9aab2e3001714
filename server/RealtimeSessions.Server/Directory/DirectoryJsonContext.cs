using System.Text.Json.Serialization;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.Server.Directory;

/// <summary>The form of what the directory stores: users, and the subjects of those whose memberships have changed.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(DirectoryUser))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
internal sealed partial class DirectoryJsonContext : JsonSerializerContext;
