using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using RealtimeSessions.EventLog;

namespace RealtimeSessions.Server.Api.Resources;

/// <summary>The end of a page as a text that means nothing to a client: the order value and the id of its last item.</summary>
internal sealed class CursorConverter : JsonConverter<CatalogCursor>
{
    /// <summary>A document's id is no longer.</summary>
    private const int MaximumId = 200;

    public static string Write(CatalogCursor cursor) => string.Create(CultureInfo.InvariantCulture, $"{cursor.Value}-{cursor.Id}");

    public static bool TryRead(string text, out CatalogCursor cursor)
    {
        cursor = default;
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        if (dash < 1 || !long.TryParse(text.AsSpan(0, dash), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            || text[(dash + 1)..] is not { Length: >= 1 and <= MaximumId } id || !id.All(IsOfId))
        {
            return false;
        }

        cursor = new CatalogCursor(value, id);
        return true;
    }

    public override CatalogCursor Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && TryRead(reader.GetString()!, out var cursor) ? cursor : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, CatalogCursor value, JsonSerializerOptions options) => writer.WriteStringValue(Write(value));

    private static bool IsOfId(char character) => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '/' or '.';
}
