using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Data;

namespace RealtimeSessions.Server.Hubs;

/// <summary>The one place where the argument of a hub call becomes a request: a wrong shape is answered with where it is. Free JSON
/// is always in a request's <c>data</c>.</summary>
internal static class RequestBinder
{
    /// <summary>Reads a request.</summary>
    /// <param name="argument">The argument as it was sent.</param>
    /// <param name="type">The request's shape.</param>
    public static Result<T> Bind<T>(JsonElement argument, JsonTypeInfo<T> type)
        where T : notnull
    {
        if (argument.ValueKind != JsonValueKind.Object)
        {
            return Error.InvalidArgument("$", "the argument must be an object.");
        }

        try
        {
            return argument.Deserialize(type)!;
        }
        catch (JsonException exception)
        {
            return Explain(argument, type, exception);
        }
    }

    /// <summary>The serializer's messages name our types, so what went wrong is said anew.</summary>
    private static Error Explain<T>(JsonElement argument, JsonTypeInfo<T> type, JsonException exception)
    {
        foreach (var member in argument.EnumerateObject())
        {
            if (!IsText(member))
            {
                return Error.InvalidArgument("$", "a member's name is not valid text.");
            }

            if (!type.Properties.Any(property => property.Name == member.Name))
            {
                return Error.InvalidArgument($"$.{Shorten(member.Name)}", "there is no such member.");
            }
        }

        if (type.Properties.FirstOrDefault(property => property.IsRequired && !argument.TryGetProperty(property.Name, out _)) is { } missing)
        {
            return Error.InvalidArgument($"$.{missing.Name}", "is missing.");
        }

        return exception is JsonTreeException tree
            ? Error.InvalidArgument(Shorten($"$.data{tree.Path![1..]}"), tree.Reason)
            : Error.InvalidArgument(Shorten(exception.Path ?? "$"), "has a wrong shape.");
    }

    /// <summary>Whether a member's name can be read at all: half a surrogate pair cannot.</summary>
    private static bool IsText(JsonProperty member)
    {
        try
        {
            return member.Name is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static string Shorten(string text) => text.Length <= 200 ? text : text[..200] + "…";
}
