using System.Text;
using System.Text.Json;
using RealtimeSessions.MessagePack.Writing;
using static RealtimeSessions.MessagePack.Tests.Support.Bytes;

namespace RealtimeSessions.MessagePack.Tests.Writing;

/// <summary>Which JSON string becomes which bytes.</summary>
public sealed class StringTests
{
    [Theory]
    [InlineData(0, "A0")]
    [InlineData(1, "A1")]
    [InlineData(31, "BF")]
    [InlineData(32, "D9 20")]
    [InlineData(63, "D9 3F")]
    [InlineData(64, "D9 40")]
    [InlineData(255, "D9 FF")]
    [InlineData(256, "DA 01 00")]
    [InlineData(65_535, "DA FF FF")]
    [InlineData(65_536, "DB 00 01 00 00")]
    public void Write_AString_HasTheSmallestHeader(int length, string header)
    {
        var text = new string('x', length);

        Assert.Equal([.. Hex(header), .. Utf8(text)], Pack($"\"{text}\""));
        Assert.Equal([0x92, .. Hex(header), .. Utf8(text), 0x01], Pack($"[\"{text}\",1]"));
    }

    [Theory]
    [InlineData("\\\"\\\\\\/\\b\\f\\n\\r\\t", "\"\\/\b\f\n\r\t")]
    [InlineData("\\u0000\\u001f\\u007F", "\0\u001f\u007f")]
    [InlineData("\\u00e9\\u20AC", "é€")]
    [InlineData("\\ud83d\\ude00", "😀")]
    [InlineData("a\\u0041b", "aAb")]
    [InlineData("\\ud83d", "\ufffd")]
    [InlineData("\\ud83dx\\ude00", "\ufffdx\ufffd")]
    [InlineData("\\ud83d\\u0041", "\ufffdA")]
    public void Write_Escapes_AreWhatTheyStandFor(string json, string expected)
    {
        AssertText(expected, json);
        AssertText(new string('x', 40) + expected + new string('y', 300), new string('x', 40) + json + new string('y', 300));
    }

    [Fact]
    public void Write_EveryLengthWithAnEscapeAtEveryPlace_IsWhatItStandsFor()
    {
        for (var length = 0; length < 80; length++)
        {
            for (var place = 0; place <= length; place++)
            {
                AssertText(new string('x', place) + "\n" + new string('é', length - place), new string('x', place) + "\\n" + new string('é', length - place));
            }
        }
    }

    [Theory]
    [InlineData("\"")]
    [InlineData("\"a")]
    [InlineData("\"\\")]
    [InlineData("\"\\\"")]
    [InlineData("\"\\x\"")]
    [InlineData("\"\\u00\"")]
    [InlineData("\"\\u00g0\"")]
    [InlineData("\"\\ud83d\\u12\"")]
    public void Write_ABrokenString_ThrowsJsonException(string json) => Assert.Throws<JsonException>(() => Pack(json));

    [Fact]
    public void WriteString_Text_IsItsUtf8()
    {
        using var writer = MessagePackWriter.Rent();

        writer.WriteString("aé😀");

        Assert.Equal([0x08, 0xA7, .. "aé😀"u8], writer.ToFrame());
    }

    private static void AssertText(string expected, string json)
    {
        var packed = Pack($"[\"{json}\",\"end\"]");

        Assert.Equal(JsonSerializer.Serialize((string[])[expected, "end"]), JsonSerializer.Serialize(JsonSerializer.Deserialize<string[]>(Unpack(packed))));
        Assert.Equal(1 + HeaderOf(expected) + Encoding.UTF8.GetByteCount(expected) + 4, packed.Length);
    }

    private static int HeaderOf(string text) => Encoding.UTF8.GetByteCount(text) switch { < 32 => 1, < 256 => 2, _ => 3 };
}
