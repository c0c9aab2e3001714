using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Protocol;
using static RealtimeSessions.MessagePack.Tests.Support.Bytes;

namespace RealtimeSessions.MessagePack.Tests.Support;

/// <summary>The protocol, as the tests use it.</summary>
internal static class Wire
{
    public static MessagePackHubProtocol Protocol { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    /// <summary>Reads the one message of a frame.</summary>
    public static HubMessage Read(byte[] message)
    {
        var input = new ReadOnlySequence<byte>(Frame(message));
        Assert.True(Protocol.TryParseMessage(ref input, Binder.Instance, out var read));
        Assert.True(input.IsEmpty);
        return read;
    }

    /// <summary>Reads the one message of a frame.</summary>
    /// <param name="hex">The message without its length, in hexadecimal.</param>
    public static HubMessage Read(string hex) => Read(Hex(hex));

    /// <summary>What is written of a message, without its length, in hexadecimal.</summary>
    public static string Write(HubMessage message)
    {
        var output = new ArrayBufferWriter<byte>();
        Protocol.WriteMessage(message, output);
        Assert.Equal(output.WrittenSpan, Protocol.GetMessageBytes(message).Span);
        var frame = new ReadOnlySequence<byte>(output.WrittenMemory);
        Assert.True(VarInt.TryTake(ref frame, int.MaxValue, out var bytes));
        Assert.True(frame.IsEmpty);
        return Convert.ToHexString(bytes.ToArray());
    }

    /// <summary>Bytes in segments of a size.</summary>
    public static ReadOnlySequence<byte> Segments(byte[] bytes, int size)
    {
        var first = new Segment(bytes.AsMemory(0, Math.Min(size, bytes.Length)), 0);
        var last = first;
        for (var at = size; at < bytes.Length; at += size)
        {
            last = last.Append(bytes.AsMemory(at, Math.Min(size, bytes.Length - at)));
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, long start) => (Memory, RunningIndex) = (memory, start);

        public Segment Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Segment(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
