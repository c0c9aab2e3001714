using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Protocol;
using RealtimeSessions.MessagePack.Tests.Support;
using static RealtimeSessions.MessagePack.Tests.Support.Bytes;

namespace RealtimeSessions.MessagePack.Tests.Messages;

/// <summary>Frames in pieces, and many in one.</summary>
public sealed class FramingTests
{
    private static readonly byte[] Call = [.. Hex("95 01 80 C0 A3 74 77 6F 92 83 A1 78 03 A1 79 C0 A4 6E 61 6D 65 C0 D9 C8"), .. Utf8(new string('x', 200))];

    [Theory]
    [InlineData(0, "00")]
    [InlineData(0x35, "35")]
    [InlineData(127, "7F")]
    [InlineData(128, "80 01")]
    [InlineData(0x1480, "80 29")]
    [InlineData(16_383, "FF 7F")]
    [InlineData(16_384, "80 80 01")]
    [InlineData(2_097_151, "FF FF 7F")]
    [InlineData(2_097_152, "80 80 80 01")]
    [InlineData(268_435_455, "FF FF FF 7F")]
    [InlineData(268_435_456, "80 80 80 80 01")]
    [InlineData(int.MaxValue, "FF FF FF FF 07")]
    public void Write_ALength_IsTheseBytes(int length, string expected)
    {
        var bytes = new byte[VarInt.LengthOf(length)];
        VarInt.Write(length, bytes);

        Assert.Equal(Hex(expected), bytes);
    }

    [Fact]
    public void TryParse_EveryBeginningOfAFrame_WaitsForTheRest()
    {
        var frame = Frame(Call);
        for (var length = 0; length < frame.Length; length++)
        {
            var input = new ReadOnlySequence<byte>(frame, 0, length);

            Assert.False(Wire.Protocol.TryParseMessage(ref input, Binder.Instance, out var message));
            Assert.Null(message);
            Assert.Equal(length, input.Length);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(100)]
    [InlineData(10_000)]
    public void TryParse_SeveralFramesInSegments_ReadsOneAfterTheOther(int size)
    {
        byte[] frames = [.. Frame(Call), .. Frame(Hex("91 06")), .. Frame(Hex("91 63")), .. Frame(Hex("93 05 80 A1 31")), .. Frame(Call)[..^1]];
        var input = Wire.Segments(frames, size);
        var read = new List<Type>();

        while (Wire.Protocol.TryParseMessage(ref input, Binder.Instance, out var message))
        {
            read.Add(message.GetType());
        }

        Assert.Equal([typeof(InvocationMessage), typeof(PingMessage), typeof(PingMessage), typeof(CancelInvocationMessage)], read);
        Assert.Equal(Frame(Call).Length - 1, input.Length);
    }

    [Theory]
    [InlineData("FF FF FF FF 08")]
    [InlineData("FF FF FF FF 0F")]
    [InlineData("80 80 80 80 80")]
    [InlineData("FF FF FF FF FF 00")]
    public void TryParse_ALengthBeyond2GB_ThrowsInvalidData(string bytes) => Assert.Throws<InvalidDataException>(() =>
    {
        var input = new ReadOnlySequence<byte>(Hex(bytes));
        Wire.Protocol.TryParseMessage(ref input, Binder.Instance, out _);
    });

    [Fact]
    public void TryParse_AFrameOf2GBThatHasNotCome_WaitsAndAllocatesNothing()
    {
        var bytes = Hex("FA FF FF FF 07 95 01");
        var before = GC.GetAllocatedBytesForCurrentThread();
        var input = new ReadOnlySequence<byte>(bytes);

        Assert.False(Wire.Protocol.TryParseMessage(ref input, Binder.Instance, out _));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000);
    }

    [Theory]
    [InlineData(1_000, "E6 07", false)]
    [InlineData(1_000, "E7 07", true)]
    [InlineData(1_000, "80 80 40", true)]
    [InlineData(1_000, "FF FF FF FF 07", true)]
    [InlineData(100, "63", false)]
    [InlineData(100, "64", true)]
    public void TryParse_MoreThanTheMaximumIsAnnounced_ThrowsBeforeItComes(int maximum, string length, bool isRefused)
    {
        var protocol = new MessagePackHubProtocol(JsonSerializerOptions.Web, maximum);
        var bytes = Hex(length);
        for (var come = 0; come <= bytes.Length + 1; come++)
        {
            var input = new ReadOnlySequence<byte>([.. bytes, 0x96], 0, come);
            var refusal = Record.Exception(() => Assert.False(protocol.TryParseMessage(ref input, Binder.Instance, out _)));

            Assert.Equal(isRefused && come >= bytes.Length ? typeof(InvalidDataException) : null, refusal?.GetType());
        }
    }

    [Fact]
    public void TryParse_AsLongAsTheMaximum_IsRead()
    {
        var frame = Frame(Call);
        var protocol = new MessagePackHubProtocol(JsonSerializerOptions.Web, frame.Length);
        var input = new ReadOnlySequence<byte>(frame);

        Assert.True(protocol.TryParseMessage(ref input, Binder.Instance, out _));
    }

    [Fact]
    public void WriteMessage_OfAnyLength_CanBeReadAgain()
    {
        foreach (var length in new[] { 0, 100, 130, 16_300, 16_400, 70_000, 2_100_000 })
        {
            var input = new ReadOnlySequence<byte>(Wire.Protocol.GetMessageBytes(CompletionMessage.WithError("1", new string('x', length))));

            Assert.True(Wire.Protocol.TryParseMessage(ref input, Binder.Instance, out var message));
            Assert.Equal(length, Assert.IsType<CompletionMessage>(message).Error!.Length);
            Assert.True(input.IsEmpty);
        }
    }
}
