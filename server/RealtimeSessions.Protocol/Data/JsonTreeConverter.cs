using System.Text.Json;
using System.Text.Json.Serialization;

namespace RealtimeSessions.Protocol.Data;

/// <summary>
/// Lets records have <see cref="JsonTree"/> properties. A JSON null is read as <see cref="JsonTree.Null"/>; a property of
/// <c>null</c> is written as a JSON null unless the options leave it out. The path of a refused value starts at the value.
/// </summary>
public sealed class JsonTreeConverter : JsonConverter<JsonTree>
{
    /// <summary>How deep a value may nest that is read here: as deep as the reader's own limit of 64 leaves room for what is around it.</summary>
    public const int MaximumDepth = 60;

    /// <inheritdoc/>
    public override bool HandleNull => true;

    /// <inheritdoc/>
    public override JsonTree Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonTree.Read(ref reader, MaximumDepth);

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, JsonTree? value, JsonSerializerOptions options) =>
        (value ?? JsonTree.Null).WriteTo(writer);
}
