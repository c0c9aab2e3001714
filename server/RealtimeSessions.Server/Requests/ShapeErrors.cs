using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.Server.Requests;

/// <summary>Finds members that are not known, or missing, in a request of a wrong shape, and in the objects inside it.</summary>
internal static class ShapeErrors
{
    /// <summary>The first such member; null: what is wrong is something else.</summary>
    /// <param name="path">Where the value stands.</param>
    /// <param name="value">The value.</param>
    /// <param name="type">The shape it should have.</param>
    /// <exception cref="InvalidOperationException">A name is not Unicode.</exception>
    public static Error? Find(string path, JsonElement value, JsonTypeInfo type) => (type.Kind, value.ValueKind) switch
    {
        (JsonTypeInfoKind.Object, JsonValueKind.Object) => Unknown(path, value, type) ?? Missing(path, value, type) ?? InMembers(path, value, type),
        (JsonTypeInfoKind.Enumerable, JsonValueKind.Array) => InItems(path, value, type.Options.GetTypeInfo(type.ElementType!)),
        _ => null,
    };

    private static Error? Unknown(string path, JsonElement value, JsonTypeInfo type) =>
        value.EnumerateObject().Where(member => Property(type, member.Name) is null)
            .Select(member => Error.InvalidArgument($"{path}.{RequestBinder.Shorten(member.Name)}", "there is no such member.")).FirstOrDefault();

    private static Error? Missing(string path, JsonElement value, JsonTypeInfo type) =>
        type.Properties.FirstOrDefault(property => IsRequired(property) && !value.TryGetProperty(property.Name, out _)) is { } missing
            ? Error.InvalidArgument($"{path}.{missing.Name}", "is missing.")
            : null;

    private static Error? InMembers(string path, JsonElement value, JsonTypeInfo type) =>
        value.EnumerateObject().Select(member => Find($"{path}.{member.Name}", member.Value, type.Options.GetTypeInfo(Property(type, member.Name)!.PropertyType)))
            .FirstOrDefault(error => error is not null);

    private static Error? InItems(string path, JsonElement value, JsonTypeInfo type) =>
        value.EnumerateArray().Select((item, i) => Find($"{path}[{i}]", item, type)).FirstOrDefault(error => error is not null);

    private static JsonPropertyInfo? Property(JsonTypeInfo type, string name) => type.Properties.FirstOrDefault(property => property.Name == name);

    private static bool IsRequired(JsonPropertyInfo property) =>
        property.IsRequired || property.AssociatedParameter is { HasDefaultValue: false, IsMemberInitializer: false };
}
