using System.Text.Json;
using System.Text.Json.Serialization;

namespace RealtimeSessions.Protocol;

/// <summary>JSON that is passed on as it is.</summary>
/// <param name="Utf8">One valid JSON value.</param>
[JsonConverter(typeof(Converter))]
public readonly record struct RawJson(ReadOnlyMemory<byte> Utf8)
{
    /// <summary>How it is read and written: as it is.</summary>
    public sealed class Converter : JsonConverter<RawJson>
    {
        /// <inheritdoc/>
        public override RawJson Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            using var document = JsonDocument.ParseValue(ref reader);
            return new RawJson(System.Text.Encoding.UTF8.GetBytes(document.RootElement.GetRawText()));
        }

        /// <inheritdoc/>
        public override void Write(Utf8JsonWriter writer, RawJson value, JsonSerializerOptions options) =>
            writer.WriteRawValue(value.Utf8.Span, skipInputValidation: true);
    }
}
