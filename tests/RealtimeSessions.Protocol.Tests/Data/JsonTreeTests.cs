using System.Buffers;
using System.Text;
using System.Text.Json;
using RealtimeSessions.Protocol.Data;
using static RealtimeSessions.Protocol.Tests.Data.Trees;

namespace RealtimeSessions.Protocol.Tests.Data;

public sealed class JsonTreeTests
{
    [Theory]
    [InlineData("{}", true, false)]
    [InlineData("null", false, true)]
    [InlineData(" null ", false, true)]
    [InlineData("[]", false, false)]
    [InlineData("[null]", false, false)]
    [InlineData("\"null\"", false, false)]
    [InlineData("0", false, false)]
    [InlineData("true", false, false)]
    public void Parse_AnyKind_KnowsWhatItIs(string text, bool isObject, bool isNull)
    {
        var tree = Tree(text);

        Assert.Equal(isObject, tree.IsObject);
        Assert.Equal(isNull, tree.IsNull);
        AssertCanonical(text.Trim(), tree);
    }

    [Fact]
    public void Parse_EmptyObject_IsEmpty() => Assert.Same(JsonTree.Empty, Tree(" { } "));

    [Fact]
    public void Parse_TokensAcrossSegments_GivesSameTree()
    {
        var text = """{"name":{"längst":"über \u0041 😀","n":-12.50e10},"list":[true,{"z":"x\n","a":[]},false,null]}""";
        var bytes = System.Text.Encoding.UTF8.GetBytes(text);
        for (var length = 1; length < 12; length++)
        {
            var reader = new Utf8JsonReader(Segment.Split(bytes, length));
            Assert.Equal(Tree(text), JsonTree.Read(ref reader));
        }
    }

    [Fact]
    public void Parse_OnManyThreads_KeepsNamesApart() => Parallel.For(0, 20_000, number =>
    {
        var text = $"{{\"name{number % 5_000}\":[{{\"inner{number % 3_000}\":\"\\n\"}}]}}";
        Assert.Equal(text, Tree(text).ToString());
    });

    [Fact]
    public void Read_WithinLargerText_StopsAtItsEnd()
    {
        var reader = new Utf8JsonReader("""[{"a":[1]},2]"""u8);
        reader.Read();
        reader.Read();

        Assert.Equal(Tree("""{"a":[1]}"""), JsonTree.Read(ref reader, maximumDepth: 2));
        Assert.Equal(JsonTokenType.EndObject, reader.TokenType);
        Assert.True(reader.Read());
        Assert.Equal(2, reader.GetInt32());
    }

    [Fact]
    public void Members_OfObject_AreOrdinal()
    {
        var tree = Tree("""{"b":1,"a":null,"B":2,"":3}""");

        Assert.Equal(["", "B", "a", "b"], tree.Members.Select(member => member.Name));
        Assert.Equal(4, tree.Members.Count);
        Assert.True(tree.TryGetMember("a", out var value));
        Assert.True(value.IsNull);
        Assert.False(tree.TryGetMember("c", out _));
    }

    [Fact]
    public void Members_OfLeaf_AreNone()
    {
        var tree = Tree("""[{"a":1}]""");

        Assert.Empty(tree.Members);
        Assert.False(tree.TryGetMember("a", out _));
        Assert.Throws<InvalidOperationException>(() => tree.With("a", JsonTree.Null));
        Assert.Throws<InvalidOperationException>(() => tree.Without("a"));
    }

    [Theory]
    [InlineData("""{"a":1,"b":[1,2]}""", """ { "b":[1, 2], "a":1 } """, true)]
    [InlineData("""{"a":1}""", """{"a":1.0}""", false)]
    [InlineData("""{"a":1}""", """{"b":1}""", false)]
    [InlineData("""{"a":{}}""", """{"a":[]}""", false)]
    [InlineData("""[{"a":1,"b":2}]""", """[{"b":2,"a":1}]""", false)]
    [InlineData("\"\\u00e9\\/\"", "\"é/\"", true)]
    public void Equals_TwoTexts_ComparesCanonicalForms(string left, string right, bool equal)
    {
        Assert.Equal(equal, Tree(left).Equals(Tree(right)));
        Assert.Equal(equal, Tree(left).GetHashCode() == Tree(right).GetHashCode());
        Assert.False(Tree(left).Equals(null));
    }

    [Fact]
    public void With_SameValue_GivesSameObject()
    {
        var tree = Tree("""{"a":1}""");

        Assert.Same(tree, tree.Without("b"));
        Assert.Same(JsonTree.Empty, tree.Without("a"));
        Assert.True(tree.TryGetMember("a", out var value));
        Assert.Same(tree, tree.With("a", value));
        AssertCanonical("""{"\"\u0000":{"a":1},"a":1}""", tree.With("\"\0", tree));
    }

    [Fact]
    public void With_LoneSurrogateInName_IsRefused() =>
        Assert.ThrowsAny<ArgumentException>(() => JsonTree.Empty.With("\ud800", JsonTree.Null));

    [Fact]
    public void WriteTo_AnyWriter_WritesCanonicalText()
    {
        var tree = Tree("""{"é<":["😀"],"b":{}}""");
        var raw = new ArrayBufferWriter<byte>();
        tree.WriteTo(raw);
        var text = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(text, new JsonWriterOptions { Indented = true }))
        {
            tree.WriteTo(writer);
        }

        Assert.Equal(tree.ToUtf8Bytes(), raw.WrittenSpan.ToArray());
        Assert.Equal(tree.ToUtf8Bytes(), text.WrittenSpan.ToArray());
        Assert.Throws<ArgumentException>(() => tree.CopyTo(new byte[tree.Weight - 1]));
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public static ReadOnlySequence<byte> Split(byte[] bytes, int length)
        {
            var first = new Segment { Memory = bytes.AsMemory(0, length) };
            var last = first;
            for (var start = length; start < bytes.Length; start += length)
            {
                var next = new Segment { Memory = bytes.AsMemory(start, Math.Min(length, bytes.Length - start)), RunningIndex = start };
                last = (Segment)(last.Next = next);
            }

            return new(first, 0, last, last.Memory.Length);
        }
    }

    [Theory]
    [InlineData("1", 0)]
    [InlineData("\"[[[{\\\"[\"", 0)]
    [InlineData("{}", 1)]
    [InlineData("[]", 1)]
    [InlineData("[[],[[]],\"]\"]", 3)]
    [InlineData("{\"a\":{\"b\":[{\"c\":1}]},\"d\":1}", 4)]
    [InlineData("{\"a\":[\"\\\\\",[\"\\\"\",[]]]}", 4)]
    public void IsDeeperThan_AroundTheDepth_IsAsReadingCountsIt(string json, int depth)
    {
        var tree = JsonTree.Parse(Encoding.UTF8.GetBytes(json));

        Assert.False(tree.IsDeeperThan(depth));
        JsonTree.Parse(Encoding.UTF8.GetBytes(json), depth);
        if (depth > 0)
        {
            Assert.True(tree.IsDeeperThan(depth - 1));
            Assert.ThrowsAny<JsonException>(() => JsonTree.Parse(Encoding.UTF8.GetBytes(json), depth - 1));
        }
    }
}
