using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Data;

namespace RealtimeSessions.Server.Requests;

/// <summary>The one place where what a client sends becomes a request: a wrong shape is answered with where it is. At most one member of a
/// request is free JSON.</summary>
internal static class RequestBinder
{
    /// <summary>Reads the request that begins at the reader's token, and leaves the reader on its last token. Free JSON is read where it stands,
    /// without a document made first; what is refused is read again, to say why.</summary>
    /// <exception cref="JsonException">This is no JSON.</exception>
    public static Result<T> Bind<T>(ref Utf8JsonReader reader, JsonTypeInfo<T> type)
        where T : notnull
    {
        var start = reader;
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            try
            {
                return ((JsonConverter<T>)type.Converter).Read(ref reader, typeof(T), type.Options)!;
            }
            catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
            {
                reader = start;
            }
        }

        return Bind(JsonElement.ParseValue(ref reader), type);
    }

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
        catch (InvalidOperationException)
        {
            return NotUnicode;
        }
    }

    /// <summary>The serializer's messages name our types, so what went wrong is said anew.</summary>
    private static Error Explain<T>(JsonElement argument, JsonTypeInfo<T> type, JsonException exception)
    {
        try
        {
            if (ShapeErrors.Find("$", argument, type) is { } error)
            {
                return error;
            }
        }
        catch (InvalidOperationException)
        {
            return NotUnicode;
        }

        return exception is JsonTreeException tree
            ? Error.InvalidArgument(Shorten($"$.{NameOfTree(type)}{tree.Path![1..]}"), tree.Reason)
            : Error.InvalidArgument(Shorten(exception.Path ?? "$"), "has a wrong shape.");
    }

    private static string NameOfTree(JsonTypeInfo type) => type.Properties.Single(property => property.PropertyType == typeof(JsonTree)).Name;

    private static Error NotUnicode => Error.InvalidArgument("$", "holds text that is not Unicode.");

    /// <summary>A text that a client has chosen, cut where it would be too long to be told.</summary>
    public static string Shorten(string text) => text.Length <= 200 ? text : text[..200] + "…";
}
