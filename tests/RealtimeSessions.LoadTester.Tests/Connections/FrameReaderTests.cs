using System.Text;
using RealtimeSessions.LoadTester.Connections.Lean;

namespace RealtimeSessions.LoadTester.Tests.Connections;

public sealed class FrameReaderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(100_000)]
    public void Take_CutAnywhere_GivesTheSame(int piece)
    {
        byte[] sent =
        [
            .. Frame(WebSocketFrame.Text, "one"), .. Frame(WebSocketFrame.Ping, "beat"), .. Frame(WebSocketFrame.Text, new string('x', 300)),
            .. Frame(WebSocketFrame.Text, ""), .. Frame(WebSocketFrame.Binary, new string('y', 70_000)), .. Frame(WebSocketFrame.Close, "\u0003\u0001"),
        ];
        var target = new Target();
        var reader = new FrameReader(target);
        foreach (var bytes in sent.Chunk(piece))
        {
            reader.Take(bytes);
        }

        Assert.Equal($"one{new string('x', 300)}{new string('y', 70_000)}", target.Data.ToString());
        Assert.Equal(["9 beat", "8 \u0003\u0001"], target.Controls);
    }

    [Theory]
    [InlineData(new byte[] { 0x81, 0x83, 0, 0, 0, 0, 1, 2, 3 })]
    [InlineData(new byte[] { 0x89, 126, 0, 200 })]
    [InlineData(new byte[] { 0x82, 127, 0x80, 0, 0, 0, 0, 0, 0, 0 })]
    public void Take_WhatIsNoServersFrame_Throws(byte[] bytes) =>
        Assert.Throws<InvalidDataException>(() => new FrameReader(new Target()).Take(bytes));

    [Theory]
    [InlineData(0, 6)]
    [InlineData(125, 6)]
    [InlineData(126, 8)]
    [InlineData(65_535, 8)]
    [InlineData(65_536, 14)]
    public void Write_OfAnyLength_HasTheRightHeader(int payload, int header)
    {
        var bytes = new byte[payload + WebSocketFrame.LongestHeader];

        Assert.Equal(payload + header, WebSocketFrame.Write(bytes, WebSocketFrame.Text, new byte[payload]));
        Assert.Equal((0x81, 0x80), (bytes[0], bytes[1] & 0x80));
    }

    private static byte[] Frame(int kind, string text)
    {
        var payload = Encoding.Latin1.GetBytes(text);
        byte[] length = payload.Length switch
        {
            < 126 => [(byte)payload.Length],
            <= ushort.MaxValue => [126, (byte)(payload.Length >> 8), (byte)payload.Length],
            _ => [127, 0, 0, 0, 0, (byte)(payload.Length >> 24), (byte)(payload.Length >> 16), (byte)(payload.Length >> 8), (byte)payload.Length],
        };
        return [(byte)(0x80 | kind), .. length, .. payload];
    }

    private sealed class Target : IFrameTarget
    {
        public StringBuilder Data { get; } = new();

        public List<string> Controls { get; } = [];

        public void OnData(ReadOnlySpan<byte> piece) => Data.Append(Encoding.Latin1.GetString(piece));

        public void OnControl(int kind, ReadOnlySpan<byte> payload) => Controls.Add($"{kind} {Encoding.Latin1.GetString(payload)}");
    }
}
