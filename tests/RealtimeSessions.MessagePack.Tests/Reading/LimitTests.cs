using RealtimeSessions.MessagePack.Reading;
using static RealtimeSessions.MessagePack.Tests.Support.Bytes;

namespace RealtimeSessions.MessagePack.Tests.Reading;

/// <summary>What is not there in full, or cannot be, is refused before anything is made of it.</summary>
public sealed class LimitTests
{
    private const long Tolerance = 64 * 1024;

    [Theory]
    [InlineData("")]
    [InlineData("C1")]
    [InlineData("A1")]
    [InlineData("BF 61")]
    [InlineData("CC")]
    [InlineData("CD 01")]
    [InlineData("CE 01 02 03")]
    [InlineData("CF 01 02 03 04 05 06 07")]
    [InlineData("CA 01 02 03")]
    [InlineData("CB 01")]
    [InlineData("D9")]
    [InlineData("D9 02 61")]
    [InlineData("DA 00")]
    [InlineData("DB 7F FF FF FF 61")]
    [InlineData("DB FF FF FF FF 61")]
    [InlineData("C4 01")]
    [InlineData("C6 FF FF FF FF")]
    [InlineData("C7 01 FF")]
    [InlineData("C9 FF FF FF FF FF 00")]
    [InlineData("D4")]
    [InlineData("D4 FF")]
    [InlineData("D8 FF 00")]
    [InlineData("91")]
    [InlineData("92 01")]
    [InlineData("DC 00 01")]
    [InlineData("DD FF FF FF FF 00")]
    [InlineData("DD 7F FF FF FF 00")]
    [InlineData("81 A1 61")]
    [InlineData("81 01")]
    [InlineData("DE 00")]
    [InlineData("DF FF FF FF FF A1 61 01")]
    [InlineData("DF 80 00 00 00 A1 61 01")]
    public void Read_WhatIsNotThereInFull_ThrowsAndAllocatesNothingForIt(string bytes)
    {
        var value = Hex(bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<InvalidDataException>(() => TryUnpack(value, out _));
        Assert.Throws<InvalidDataException>(() => Skip(value));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Tolerance);
    }

    [Theory]
    [InlineData("91")]
    [InlineData("81 A1 61")]
    [InlineData("DC 00 01")]
    public void Read_DeeperThanMayBe_Throws(string container)
    {
        byte[] Nested(int depth) => [.. Enumerable.Repeat(Hex(container), depth).SelectMany(b => b), 0x01];

        Unpack(Nested(Format.MaximumDepth));
        Skip(Nested(Format.MaximumDepth));
        Assert.Throws<InvalidDataException>(() => TryUnpack(Nested(Format.MaximumDepth + 1), out _));
        Assert.Throws<InvalidDataException>(() => Skip(Nested(Format.MaximumDepth + 1)));
        Assert.Throws<InvalidDataException>(() => TryUnpack(Nested(1_000_000), out _));
        Assert.Throws<InvalidDataException>(() => Skip(Nested(1_000_000)));
    }

    [Fact]
    public void Skip_OfEveryFormat_EndsWhereTheValueEnds()
    {
        var value = Hex("DC 00 10 C0 C2 C3 CC 01 D3 00 00 00 00 00 00 00 01 CA 00 00 00 00 CB 00 00 00 00 00 00 00 00 A1 61 D9 01 61 C4 01 00 C7 00 05 D8 05")
            .Concat(new byte[16]).Concat(Hex("82 01 02 A1 61 90 7F E0 92 01 91 01")).ToArray();

        Skip(value);
    }

    private static void Skip(byte[] value)
    {
        var reader = new MessagePackReader(value);
        reader.Skip(depth: 0);
        Assert.True(reader.IsAtEnd);
    }
}
