using System.Text;
using RealtimeSessions.EventLog;
using RealtimeSessions.Server.Sessions;

namespace RealtimeSessions.Server.Delivery.Frames;

/// <summary>The hub protocol <c>json</c>: an invocation as text, ended by the record separator.</summary>
internal sealed class JsonFrameEncoder : FrameEncoder
{
    private const byte RecordSeparator = 0x1E;

    public override string Protocol => "json";

    public override byte[] Encode(string callback, ReadOnlySpan<byte> argument) => Encode(callback, argument, rest: default);

    public override byte[] Encode(string callback, SessionKey key, LogEvent next)
    {
        Span<byte> added = stackalloc byte[SessionEventJson.MaximumAdded];
        added = added[..SessionEventJson.WriteAdded(key, next, added)];
        return Encode(callback, next.Payload.Span[..^1], added);
    }

    public override byte[] Close(string reason) =>
        Encoding.ASCII.GetBytes($$"""{"type":7,"error":"{{reason}}","allowReconnect":true}{{(char)RecordSeparator}}""");

    private static byte[] Encode(string callback, ReadOnlySpan<byte> argument, ReadOnlySpan<byte> rest)
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
