using System.Buffers.Binary;
using static RealtimeSessions.MessagePack.Tests.Support.Bytes;

namespace RealtimeSessions.MessagePack.Tests.Reading;

/// <summary>What every format of the specification is as JSON.</summary>
public sealed class FormatTests
{
    private const string Letters = "0123456789abcdefghijklmnopqrstuvwxyz";

    [Theory]
    [InlineData("C0", "null")]
    [InlineData("C2", "false")]
    [InlineData("C3", "true")]
    [InlineData("CC 00", "0")]
    [InlineData("CC FF", "255")]
    [InlineData("CD FF FF", "65535")]
    [InlineData("CE FF FF FF FF", "4294967295")]
    [InlineData("CF 7F FF FF FF FF FF FF FF", "9223372036854775807")]
    [InlineData("CF 80 00 00 00 00 00 00 00", "9223372036854775808")]
    [InlineData("CF FF FF FF FF FF FF FF FF", "18446744073709551615")]
    [InlineData("D0 7F", "127")]
    [InlineData("D0 80", "-128")]
    [InlineData("D1 80 00", "-32768")]
    [InlineData("D1 00 01", "1")]
    [InlineData("D2 80 00 00 00", "-2147483648")]
    [InlineData("D3 80 00 00 00 00 00 00 00", "-9223372036854775808")]
    [InlineData("D3 FF FF FF FF FF FF FF FF", "-1")]
    [InlineData("CA 3D CC CC CD", "0.1")]
    [InlineData("CA 7F 7F FF FF", "3.4028235E+38")]
    [InlineData("CA 80 00 00 00", "-0")]
    [InlineData("CB 3F B9 99 99 99 99 99 9A", "0.1")]
    [InlineData("CB 3F F1 99 99 99 99 99 9A", "1.1")]
    [InlineData("CB 80 00 00 00 00 00 00 00", "-0")]
    [InlineData("CB 40 59 00 00 00 00 00 00", "100")]
    [InlineData("CB 7F EF FF FF FF FF FF FF", "1.7976931348623157E+308")]
    [InlineData("CB 00 00 00 00 00 00 00 01", "5E-324")]
    [InlineData("A0", "\"\"")]
    [InlineData("A3 61 62 63", "\"abc\"")]
    [InlineData("A4 F0 9F 98 80", "\"\\uD83D\\uDE00\"")]
    [InlineData("A3 22 5C 0A", "\"\\\"\\\\\\n\"")]
    [InlineData("C4 00", "\"\"")]
    [InlineData("C4 03 01 02 03", "\"AQID\"")]
    [InlineData("C5 00 01 FF", "\"/w==\"")]
    [InlineData("C6 00 00 00 02 FB EF", "\"++8=\"")]
    [InlineData("90", "[]")]
    [InlineData("DC 00 02 01 C0", "[1,null]")]
    [InlineData("DD 00 00 00 01 90", "[[]]")]
    [InlineData("80", "{}")]
    [InlineData("DE 00 01 A1 61 01", "{\"a\":1}")]
    [InlineData("DF 00 00 00 01 A1 61 80", "{\"a\":{}}")]
    [InlineData("82 A1 61 01 A1 61 02", "{\"a\":1,\"a\":2}")]
    [InlineData("81 D9 01 61 01", "{\"a\":1}")]
    [InlineData("D6 FF 00 00 00 00", "\"1970-01-01T00:00:00Z\"")]
    [InlineData("D6 FF FF FF FF FF", "\"2106-02-07T06:28:15Z\"")]
    [InlineData("D7 FF 00 00 00 04 00 00 00 01", "\"1970-01-01T00:00:01.000000001Z\"")]
    [InlineData("D7 FF EE 6B 27 FF FF FF FF FF", "\"2514-05-30T01:53:03.999999999Z\"")]
    [InlineData("C7 0C FF 1D CD 65 00 FF FF FF FF FF FF FF FF", "\"1969-12-31T23:59:59.5Z\"")]
    [InlineData("C7 0C FF 00 00 00 00 FF FF FF F1 88 6E 09 00", "\"0001-01-01T00:00:00Z\"")]
    [InlineData("C8 00 04 FF 00 00 00 00", "\"1970-01-01T00:00:00Z\"")]
    [InlineData("C9 00 00 00 04 FF 00 00 00 00", "\"1970-01-01T00:00:00Z\"")]
    public void Read_AValue_IsThisJson(string bytes, string expected) => Assert.Equal(expected, Unpack(Hex(bytes)));

    [Fact]
    public void Read_EveryShortInteger_IsItself()
    {
        for (var i = -32; i < 128; i++)
        {
            Assert.Equal($"{i}", Unpack([(byte)i]));
        }
    }

    [Fact]
    public void Read_EveryShortString_IsItself()
    {
        for (var length = 0; length < 32; length++)
        {
            Assert.Equal($"\"{Letters[..length]}\"", Unpack([(byte)(0xA0 + length), .. Utf8(Letters[..length])]));
        }
    }

    [Fact]
    public void Read_EveryShortContainer_HoldsItsElements()
    {
        for (var count = 0; count < 16; count++)
        {
            var numbers = Enumerable.Range(0, count).Select(i => (byte)i).ToArray();
            Assert.Equal($"[{string.Join(',', numbers)}]", Unpack([(byte)(0x90 + count), .. numbers]));
            Assert.Equal(
                $"{{{string.Join(',', numbers.Select(i => $"\"{Letters[i]}\":{i}"))}}}",
                Unpack([(byte)(0x80 + count), .. numbers.SelectMany(i => new byte[] { 0xA1, (byte)Letters[i], i })]));
        }
    }

    [Theory]
    [InlineData(0xD9, 1)]
    [InlineData(0xDA, 2)]
    [InlineData(0xDB, 4)]
    public void Read_ALongString_IsItself(byte format, int size)
    {
        var text = new string('x', size == 1 ? 255 : 70_000 / (4 / size));
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, text.Length);

        Assert.Equal($"\"{text}\"", Unpack([format, .. length[(4 - size)..], .. Utf8(text)]));
    }

    [Theory]
    [InlineData("CA 7F C0 00 00", "a number that is not finite")]
    [InlineData("CA FF 80 00 00", "a number that is not finite")]
    [InlineData("CB 7F F8 00 00 00 00 00 00", "a number that is not finite")]
    [InlineData("CB 7F F0 00 00 00 00 00 00", "a number that is not finite")]
    [InlineData("D4 00 00", "an extension of the type 0")]
    [InlineData("D8 FE 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00", "an extension of the type -2")]
    [InlineData("C7 00 05", "an extension of the type 5")]
    [InlineData("D4 FF 00", "a timestamp that is none, or not between the years 1 and 9999")]
    [InlineData("D7 FF EE 6B 28 00 00 00 00 00", "a timestamp that is none, or not between the years 1 and 9999")]
    [InlineData("C7 0C FF 00 00 00 00 7F FF FF FF FF FF FF FF", "a timestamp that is none, or not between the years 1 and 9999")]
    [InlineData("C7 0C FF 00 00 00 00 FF FF FF F1 88 6E 08 FF", "a timestamp that is none, or not between the years 1 and 9999")]
    [InlineData("A2 C3 28", "text that is not Unicode")]
    [InlineData("A3 ED A0 80", "text that is not Unicode")]
    [InlineData("81 A1 FF 01", "text that is not Unicode")]
    [InlineData("81 01 02", "a member whose name is no text")]
    [InlineData("82 92 01 80 02 A1 61 CB 7F F8 00 00 00 00 00 00", "a member whose name is no text")]
    [InlineData("81 C4 01 61 02", "a member whose name is no text")]
    public void Read_WhatJsonDoesNotHave_IsReadToItsEndAndNamed(string bytes, string expected)
    {
        TryUnpack([0x92, .. Hex(bytes), 0x01], out var refusal);

        Assert.Equal(expected, refusal);
    }
}
