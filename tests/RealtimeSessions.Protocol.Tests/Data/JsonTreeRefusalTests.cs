using System.Text;
using System.Text.Json;
using RealtimeSessions.Protocol.Data;
using static RealtimeSessions.Protocol.Tests.Data.Trees;

namespace RealtimeSessions.Protocol.Tests.Data;

public sealed class JsonTreeRefusalTests
{
    [Theory]
    [InlineData("""{"a":1,"a":2}""", "$.a")]
    [InlineData("""{"x":{},"a":{"c":[1,2],"b":1,"b":2}}""", "$.a.b")]
    [InlineData("""{"a":[0,{"n":[]},{"b":1,"b":2}]}""", "$.a[2].b")]
    [InlineData("""[[],[{"":1,"":2}]]""", "$[1][0]['']")]
    [InlineData("""{"a b":{"c.d":1,"c.d":1}}""", "$['a b']['c.d']")]
    [InlineData("""{"a":{"b":"\ud800"}}""", "$.a.b")]
    [InlineData("""{"a":{"b":["x","\udc00"]}}""", "$.a.b[1]")]
    [InlineData("""{"a":{"b":1,"c":tru}}""", "$.a.c")]
    [InlineData("""{"a":{"b":1""", "$.a.b")]
    [InlineData("""{"a":1} 2""", "$")]
    [InlineData("", "$")]
    public void Parse_Refused_TellsPath(string text, string path)
    {
        var refusal = Assert.Throws<JsonTreeException>(() => Tree(text));

        Assert.Equal(path, refusal.Path);
        Assert.Contains(path, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1", 0, null)]
    [InlineData("{}", 1, null)]
    [InlineData("""{"a":{"b":[[1]]}}""", 4, null)]
    [InlineData("{}", 0, "$")]
    [InlineData("""{"z":1,"a":{"b":[[1]]}}""", 3, "$.a.b[0]")]
    [InlineData("""{"z":[[]],"a":{"b":[1,{"c":{}}]}}""", 4, "$.a.b[1].c")]
    public void Parse_MaximumDepth_CountsObjectsAndArrays(string text, int maximumDepth, string? refusedAt)
    {
        var refusal = Record.Exception(() => JsonTree.Parse(Encoding.UTF8.GetBytes(text), maximumDepth));

        Assert.Equal(refusedAt, (refusal as JsonException)?.Path);
    }

    [Theory]
    [InlineData(new byte[] { 0xff })]
    [InlineData(new byte[] { 0xc3 })]
    [InlineData(new byte[] { 0xc0, 0x80 })]
    [InlineData(new byte[] { 0xed, 0xa0, 0x80 })]
    [InlineData(new byte[] { 0xf4, 0x90, 0x80, 0x80 })]
    public void Parse_InvalidUtf8_IsRefused(byte[] invalid)
    {
        foreach (var (before, after) in (ReadOnlySpan<(string, string)>)[("{\"a\":\"x", "\"}"), ("{\"", "\":1}"), ("[\"\\n", "\"]"), ("[{\"", "\":1}]")])
        {
            Assert.Throws<JsonTreeException>(() => JsonTree.Parse([.. Encoding.UTF8.GetBytes(before), .. invalid, .. Encoding.UTF8.GetBytes(after)]));
        }
    }

    [Fact]
    public void Parse_RefusedUnderLongName_CutsThePath()
    {
        var name = new string('x', 63) + "😀" + new string('y', 100_000);
        var refusal = Assert.Throws<JsonTreeException>(() => Tree($"{{\"{name}\":nul}}"));

        Assert.Equal($"$['{new string('x', 63)}…']", refusal.Path);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1001)]
    public void Parse_MaximumDepthOutOfRange_IsRefused(int maximumDepth) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => JsonTree.Parse("1"u8, maximumDepth));

    [Theory]
    [InlineData(1000, null)]
    [InlineData(1001, "$")]
    [InlineData(100_000, "$")]
    public void Parse_DeepestMaximum_FitsTheStack(int depth, string? refusedFrom)
    {
        var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth));
        var refusal = Record.Exception(() => Assert.Equal(text, JsonTree.Parse(text, 1000).ToUtf8Bytes())) as JsonException;

        Assert.Equal(refusedFrom, refusal?.Path?[..1]);
    }

    [Fact]
    public void Parse_AfterRefusal_ReadsTheNextValue()
    {
        Assert.Throws<JsonTreeException>(() => Tree("""{"a":[1,{"b":"\ud800"""));

        AssertCanonical("""{"a":["x",{"b":1}]}""", Tree("""{"a":["\u0078",{"b":1}]}"""));
    }

    [Fact]
    public void Read_DuplicateWithinLargerText_TellsPathFromTheValue()
    {
        var bytes = """[0,{"a":{"b":1,"b":2}}]"""u8.ToArray();
        var refusal = Assert.Throws<JsonTreeException>(() =>
        {
            var reader = new Utf8JsonReader(bytes);
            reader.Read();
            reader.Read();
            reader.Read();
            JsonTree.Read(ref reader);
        });

        Assert.Equal("$.a.b", refusal.Path);
    }
}
