using System.Text;
using RealtimeSessions.MessagePack.Reading;
using RealtimeSessions.MessagePack.Writing;

namespace RealtimeSessions.MessagePack.Tests.Support;

/// <summary>Bytes as the tests write them, and what becomes of them.</summary>
internal static class Bytes
{
    /// <summary>Bytes in hexadecimal, spaces between them or not.</summary>
    public static byte[] Hex(string text) => Convert.FromHexString(text.Replace(" ", "", StringComparison.Ordinal));

    public static string ToHex(this ReadOnlySpan<byte> bytes) => Convert.ToHexString(bytes);

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>A length, and what has it.</summary>
    public static byte[] Frame(byte[] message)
    {
        var length = new byte[VarInt.LengthOf(message.Length)];
        VarInt.Write(message.Length, length);
        return [.. length, .. message];
    }

    /// <summary>JSON as MessagePack.</summary>
    public static byte[] Pack(string json)
    {
        using var writer = MessagePackWriter.Rent();
        writer.WriteJson(Utf8(json));
        var frame = writer.ToFrame();
        return frame[Array.FindIndex(frame, b => b < 0x80)..][1..];
    }

    /// <summary>MessagePack as JSON, all of it one value.</summary>
    public static string Unpack(ReadOnlySpan<byte> bytes) => TryUnpack(bytes, out var refusal) is var json && refusal is null ? json : throw new FormatException(refusal);

    /// <summary>MessagePack as JSON, and what of it JSON has no form for.</summary>
    public static string TryUnpack(ReadOnlySpan<byte> bytes, out string? refusal)
    {
        using var json = JsonBuffer.Rent();
        var reader = new MessagePackReader(bytes);
        var transcoder = new JsonTranscoder(json.Writer);
        transcoder.Write(ref reader, depth: 0);
        Assert.True(reader.IsAtEnd);
        refusal = transcoder.Refusal;
        return Encoding.UTF8.GetString(json.Written());
    }
}
