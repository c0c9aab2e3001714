using System.Text.Json;
using RealtimeSessions.MessagePack.Writing;
using static RealtimeSessions.MessagePack.Tests.Support.Bytes;

namespace RealtimeSessions.MessagePack.Tests.Writing;

/// <summary>Arrays, objects and what they hold.</summary>
public sealed class ContainerTests
{
    [Theory]
    [InlineData("null", "C0")]
    [InlineData("false", "C2")]
    [InlineData("true", "C3")]
    [InlineData("[]", "90")]
    [InlineData("{}", "80")]
    [InlineData("[[],{}]", "92 90 80")]
    [InlineData("[null,[true,[false]]]", "92 C0 92 C3 91 C2")]
    [InlineData("{\"a\":1,\"b\":{\"c\":[]}}", "82 A1 61 01 A1 62 81 A1 63 90")]
    [InlineData("{\"b\":1,\"a\":2,\"b\":3}", "83 A1 62 01 A1 61 02 A1 62 03")]
    [InlineData("{\"\":\"\"}", "81 A0 A0")]
    [InlineData(" [ 1 , { \"a\" : [ ] , \"b\" :\t{ }\r\n} ] ", "92 01 82 A1 61 90 A1 62 80")]
    public void Write_AValue_IsTheseBytes(string json, string expected) => Assert.Equal(Convert.ToHexString(Hex(expected)), Convert.ToHexString(Pack(json)));

    [Theory]
    [InlineData(15, "9F", "8F")]
    [InlineData(16, "DC 00 10", "DE 00 10")]
    [InlineData(65_535, "DC FF FF", "DE FF FF")]
    [InlineData(65_536, "DD 00 01 00 00", "DF 00 01 00 00")]
    public void Write_AContainer_HasTheSmallestHeader(int count, string array, string map)
    {
        var (ones, members) = (string.Join(',', Enumerable.Repeat("1", count)), string.Join(',', Enumerable.Repeat("\"a\":1", count)));

        Assert.Equal([.. Hex(array), .. Enumerable.Repeat((byte)1, count)], Pack($"[{ones}]"));
        Assert.Equal([.. Hex(map), .. Enumerable.Repeat(Hex("A1 61 01"), count).SelectMany(b => b)], Pack($"{{{members}}}"));
        Assert.Equal([0x81, 0xA1, 0x78, .. Hex(array), .. Enumerable.Repeat((byte)1, count)], Pack($"{{\"x\":[{ones}]}}"));
    }

    [Fact]
    public void WriteMembers_OfAnObject_ArePutWithoutAHeader()
    {
        using var writer = MessagePackWriter.Rent();

        var start = writer.BeginMap();
        var count = writer.WriteMembers("{\"a\":{\"b\":[1]},\"c\":\"d\"}"u8) + writer.WriteMembers(" { } "u8);
        writer.WriteString("e"u8);
        writer.WriteInteger(-1);
        writer.EndMap(start, count + 1);

        Assert.Equal(2, count);
        Assert.Equal(Hex("0F 83 A1 61 81 A1 62 91 01 A1 63 A1 64 A1 65 FF"), writer.ToFrame());
    }

    [Fact]
    public void EndMap_OfManyMembers_MovesThem()
    {
        using var writer = MessagePackWriter.Rent();

        var start = writer.BeginMap();
        var count = writer.WriteMembers(Utf8($"{{{string.Join(',', Enumerable.Repeat("\"a\":1", 20))}}}"));
        writer.EndMap(start, count);

        Assert.Equal([63, .. Hex("DE 00 14"), .. Enumerable.Repeat(Hex("A1 61 01"), 20).SelectMany(b => b)], writer.ToFrame());
    }

    [Fact]
    public void Write_AsDeepAsMayBe_IsWrittenAndNoDeeper()
    {
        var deepest = JsonScanner.MaximumDepth - 1;

        Assert.Equal(deepest, Pack(new string('[', deepest) + new string(']', deepest)).Length);
        Assert.Throws<JsonException>(() => Pack(new string('[', deepest + 2) + new string(']', deepest + 2)));
        Assert.Throws<JsonException>(() => Pack(string.Concat(Enumerable.Repeat("{\"a\":", 200)) + "1" + new string('}', 200)));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("[")]
    [InlineData("[1")]
    [InlineData("[1,")]
    [InlineData("[1,]")]
    [InlineData("[1}")]
    [InlineData("{\"a\"}")]
    [InlineData("{\"a\":1")]
    [InlineData("{\"a\":1]")]
    [InlineData("1 2")]
    [InlineData("1,2")]
    [InlineData("[1]]")]
    [InlineData("}")]
    [InlineData("nul")]
    [InlineData("nulx")]
    [InlineData("tru")]
    [InlineData("-")]
    [InlineData("1.5.2")]
    [InlineData("--1")]
    [InlineData("x")]
    public void Write_NoJson_ThrowsJsonException(string json)
    {
        Assert.Throws<JsonException>(() => Pack(json));
        using var writer = MessagePackWriter.Rent();
        Assert.Throws<JsonException>(() => writer.WriteMembers(Utf8(json)));
    }

    [Fact]
    public void Rent_AfterAFailure_BeginsAnew()
    {
        Assert.Throws<JsonException>(() => Pack("[1,2,"));

        Assert.Equal([0x01], Pack("1"));
    }

    [Fact]
    public void Write_ValuesThatAreLongerThanTheirText_HaveRoom()
    {
        var floats = string.Join(',', Enumerable.Repeat("-0", 20_000));
        var texts = string.Join(',', Enumerable.Repeat($"\"{new string('x', 256)}\"", 2_000));
        var nested = string.Concat(Enumerable.Repeat("[[-0]],", 5_000));

        Assert.Equal(3 + (20_000 * 9), Pack($"[{floats}]").Length);
        Assert.Equal(3 + (2_000 * 259), Pack($"[{texts}]").Length);
        Assert.Equal(3 + (5_000 * 11) + 1, Pack($"[{nested}0]").Length);
    }
}
