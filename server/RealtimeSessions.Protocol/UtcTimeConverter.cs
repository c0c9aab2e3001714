using System.Text.Json;
using System.Text.Json.Serialization;

namespace RealtimeSessions.Protocol;

/// <summary>Times are ISO 8601 in UTC with at most milliseconds: <c>2026-11-21T20:33:46.123Z</c>. Any offset is read.</summary>
public sealed class UtcTimeConverter : JsonConverter<DateTimeOffset>
{
    /// <inheritdoc/>
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out var value)
            ? value.ToUniversalTime()
            : throw new JsonException();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        Span<byte> text = stackalloc byte[UtcTime.MaximumLength];
        writer.WriteStringValue(text[..UtcTime.Write(value, text)]);
    }
}
