using System.Text.Json;
using System.Text.Json.Serialization;

namespace RealtimeSessions.Protocol;

/// <summary>For a member that may be absent: as <see cref="WireEnumConverter{T}"/>, and a null is read as if it were absent, as the first value.</summary>
/// <typeparam name="T">The enumeration.</typeparam>
public sealed class OptionalEnumConverter<T> : JsonConverter<T>
    where T : struct, Enum
{
    private static readonly JsonConverter<T> Names = (JsonConverter<T>)new WireEnumConverter<T>().CreateConverter(typeof(T), JsonSerializerOptions.Default);

    /// <inheritdoc/>
    public override bool HandleNull => true;

    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Null ? default : Names.Read(ref reader, typeToConvert, options);

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => Names.Write(writer, value, options);
}
