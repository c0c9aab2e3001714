using System.Globalization;
using System.Numerics;
using static RealtimeSessions.MessagePack.Tests.Support.Bytes;

namespace RealtimeSessions.MessagePack.Tests.Writing;

/// <summary>Which JSON number becomes which bytes.</summary>
public sealed class NumberTests
{
    [Theory]
    [InlineData("0", "00")]
    [InlineData("1", "01")]
    [InlineData("127", "7F")]
    [InlineData("128", "CC 80")]
    [InlineData("255", "CC FF")]
    [InlineData("256", "CD 01 00")]
    [InlineData("65535", "CD FF FF")]
    [InlineData("65536", "CE 00 01 00 00")]
    [InlineData("999999999", "CE 3B 9A C9 FF")]
    [InlineData("1000000000", "CE 3B 9A CA 00")]
    [InlineData("4294967295", "CE FF FF FF FF")]
    [InlineData("4294967296", "CF 00 00 00 01 00 00 00 00")]
    [InlineData("999999999999999999", "CF 0D E0 B6 B3 A7 63 FF FF")]
    [InlineData("1000000000000000000", "CF 0D E0 B6 B3 A7 64 00 00")]
    [InlineData("9223372036854775807", "CF 7F FF FF FF FF FF FF FF")]
    [InlineData("9223372036854775808", "CF 80 00 00 00 00 00 00 00")]
    [InlineData("18446744073709551615", "CF FF FF FF FF FF FF FF FF")]
    [InlineData("-1", "FF")]
    [InlineData("-32", "E0")]
    [InlineData("-33", "D0 DF")]
    [InlineData("-128", "D0 80")]
    [InlineData("-129", "D1 FF 7F")]
    [InlineData("-32768", "D1 80 00")]
    [InlineData("-32769", "D2 FF FF 7F FF")]
    [InlineData("-2147483648", "D2 80 00 00 00")]
    [InlineData("-2147483649", "D3 FF FF FF FF 7F FF FF FF")]
    [InlineData("-9223372036854775808", "D3 80 00 00 00 00 00 00 00")]
    public void Write_AnIntegerOf64Bits_IsTheSmallestInteger(string json, string expected) => AssertPacked(json, expected);

    [Theory]
    [InlineData("-0", "CB 80 00 00 00 00 00 00 00")]
    [InlineData("0.0", "CB 00 00 00 00 00 00 00 00")]
    [InlineData("-0.0", "CB 80 00 00 00 00 00 00 00")]
    [InlineData("1.10", "CB 3F F1 99 99 99 99 99 9A")]
    [InlineData("1.0", "CB 3F F0 00 00 00 00 00 00")]
    [InlineData("1e2", "CB 40 59 00 00 00 00 00 00")]
    [InlineData("1E+2", "CB 40 59 00 00 00 00 00 00")]
    [InlineData("-2.5e-1", "CB BF D0 00 00 00 00 00 00")]
    [InlineData("1.7976931348623157e308", "CB 7F EF FF FF FF FF FF FF")]
    [InlineData("5e-324", "CB 00 00 00 00 00 00 00 01")]
    [InlineData("1e-400", "CB 00 00 00 00 00 00 00 00")]
    [InlineData("18446744073709551616", "CB 43 F0 00 00 00 00 00 00")]
    [InlineData("-9223372036854775809", "CB C3 E0 00 00 00 00 00 00")]
    public void Write_AnyOtherNumber_IsTheNearestFloat(string json, string expected) => AssertPacked(json, expected);

    [Theory]
    [InlineData("1e309", "A5 31 65 33 30 39")]
    [InlineData("-1e400", "A6 2D 31 65 34 30 30")]
    public void Write_ANumberBeyondAllFloats_IsItsText(string json, string expected) => AssertPacked(json, expected);

    [Theory]
    [InlineData("12345678901234567890123")]
    [InlineData("0.1234567890123456789")]
    [InlineData("123456789012345.6789")]
    [InlineData("0.000001")]
    [InlineData("99999999999999.9")]
    [InlineData("9007199254740993.0")]
    public void Write_ANumberOfManyDigits_IsWhatTheRuntimeReads(string json) =>
        AssertPacked(json, $"CB{BitConverter.DoubleToInt64Bits(double.Parse(json, CultureInfo.InvariantCulture)):X16}");

    [Fact]
    public void Write_RandomDecimals_AreWhatTheRuntimeReads()
    {
        var random = new Random(1);
        for (var i = 0; i < 20_000; i++)
        {
            var digits = new BigInteger(random.NextInt64()) / BigInteger.Pow(10, random.Next(0, 18));
            var json = $"{(random.Next(2) == 0 ? "-" : "")}{digits}.{random.NextInt64(0, (long)Math.Pow(10, random.Next(1, 18)))}";
            AssertPacked(json, $"CB{BitConverter.DoubleToInt64Bits(double.Parse(json, CultureInfo.InvariantCulture)):X16}");
        }
    }

    [Fact]
    public void Write_AnInteger_InAListEndsAtItsEnd() => AssertPacked("[1,-1,200,-200,4294967296,0]", "96 01 FF CC C8 D1 FF 38 CF 00 00 00 01 00 00 00 00 00");

    private static void AssertPacked(string json, string expected) => Assert.Equal(Convert.ToHexString(Hex(expected)), Convert.ToHexString(Pack(json)));
}
