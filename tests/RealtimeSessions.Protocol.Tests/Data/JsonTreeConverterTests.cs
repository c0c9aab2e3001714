using System.Text.Json;
using System.Text.Json.Serialization;
using RealtimeSessions.Protocol.Data;
using static RealtimeSessions.Protocol.Tests.Data.Trees;

namespace RealtimeSessions.Protocol.Tests.Data;

public sealed class JsonTreeConverterTests
{
    [Fact]
    public void Deserialize_Null_GivesNullTree()
    {
        var record = JsonSerializer.Deserialize("""{"data":null}""", EnvelopeContext.Default.Envelope)!;

        Assert.True(record.Data!.IsNull);
        Assert.Null(record.Clear);
    }

    [Fact]
    public void Serialize_Record_KeepsDigitsAndOmitsWhatIsMissing()
    {
        var text = """{"data":{"a":1.10,"b":[12345678901234567890]},"after":7}""";
        var record = JsonSerializer.Deserialize(text, EnvelopeContext.Default.Envelope)!;

        Assert.Equal(new Envelope(Tree("""{"b":[12345678901234567890],"a":1.10}"""), null, 7), record);
        Assert.Equal(text, JsonSerializer.Serialize(record, EnvelopeContext.Default.Envelope));
        Assert.Equal("""{"data":null,"after":0}""", JsonSerializer.Serialize(new(JsonTree.Null, null, 0), EnvelopeContext.Default.Envelope));
    }

    [Fact]
    public async Task Deserialize_FromStream_GivesSameTree()
    {
        var tree = Tree($$"""{"list":[{{string.Join(',', Enumerable.Range(0, 20_000))}}],"text":"{{new string('é', 50_000)}}"}""");
        using var stream = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(new(tree, null, 1), EnvelopeContext.Default.Envelope));

        Assert.Equal(tree, (await JsonSerializer.DeserializeAsync(stream, EnvelopeContext.Default.Envelope))!.Data);
    }

    [Fact]
    public void Deserialize_DuplicateMember_IsRefused() =>
        Assert.Throws<JsonTreeException>(() => JsonSerializer.Deserialize("""{"data":{"a":1,"a":2}}""", EnvelopeContext.Default.Envelope));
}

internal sealed record Envelope(JsonTree? Data, JsonTree? Clear, int After);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Envelope))]
internal sealed partial class EnvelopeContext : JsonSerializerContext;
