using System.Text;

namespace RealtimeSessions.Server.Delivery.Frames;

/// <summary>Makes the frames of one hub protocol out of a callback's name and its argument as JSON.</summary>
internal abstract class FrameEncoder
{
    /// <summary>The hub protocol's name.</summary>
    public abstract string Protocol { get; }

    /// <summary>One whole frame; frames may follow each other in one write.</summary>
    /// <param name="callback">The callback, for example <c>SessionReset</c>.</param>
    /// <param name="argument">Its one argument, JSON.</param>
    /// <param name="rest">What of the argument follows, where it comes in two parts.</param>
    public abstract byte[] Encode(string callback, ReadOnlySpan<byte> argument, ReadOnlySpan<byte> rest = default);

    /// <summary>The frame after which the client closes the connection; it may connect again.</summary>
    /// <param name="reason">Why, in ASCII without quotation marks.</param>
    public abstract byte[] Close(string reason);
}

/// <summary>The hub protocol <c>json</c>: an invocation as text, ended by the record separator.</summary>
internal sealed class JsonFrameEncoder : FrameEncoder
{
    private const byte RecordSeparator = 0x1E;

    public override string Protocol => "json";

    public override byte[] Close(string reason) =>
        Encoding.ASCII.GetBytes($$"""{"type":7,"error":"{{reason}}","allowReconnect":true}{{(char)RecordSeparator}}""");

    public override byte[] Encode(string callback, ReadOnlySpan<byte> argument, ReadOnlySpan<byte> rest = default)
    {
        var head = "{\"type\":1,\"target\":\""u8;
        var middle = "\",\"arguments\":["u8;
        var tail = "]}"u8;
        var frame = new byte[head.Length + callback.Length + middle.Length + argument.Length + rest.Length + tail.Length + 1];
        var free = frame.AsSpan();
        head.CopyTo(free);
        free = free[head.Length..];
        free = free[Encoding.ASCII.GetBytes(callback, free)..];
        middle.CopyTo(free);
        free = free[middle.Length..];
        argument.CopyTo(free);
        free = free[argument.Length..];
        rest.CopyTo(free);
        free = free[rest.Length..];
        tail.CopyTo(free);
        free[tail.Length] = RecordSeparator;
        return frame;
    }
}
