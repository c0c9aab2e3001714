using System.Text.Json.Serialization;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.Server.Applications;

/// <summary>An application as the catalog holds it: one document with all of its roles.</summary>
/// <param name="Application">The application.</param>
/// <param name="Roles">Its roles: the default ones, then the others as they were made.</param>
internal sealed record ApplicationDocument(Application Application, IReadOnlyList<Role> Roles)
{
    /// <summary>When it was deleted; null: it exists. What was deleted keeps its place, without roles, so that its id is not used again.</summary>
    public DateTimeOffset? DeletedAt { get; init; }

    /// <summary>What callers are judged by; null if the application is deleted.</summary>
    public ApplicationModel? ToModel() => DeletedAt is null ? new ApplicationModel(Application, Roles) : null;

    /// <summary>A role by its name; null if there is none.</summary>
    public Role? FindRole(string name) => Roles.FirstOrDefault(role => role.Name == name);
}

/// <summary>The form of an application's document.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(ApplicationDocument))]
internal sealed partial class ApplicationJsonContext : JsonSerializerContext;
