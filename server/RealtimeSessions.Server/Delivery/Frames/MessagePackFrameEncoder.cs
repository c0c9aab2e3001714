using Microsoft.AspNetCore.SignalR.Protocol;
using RealtimeSessions.EventLog;
using RealtimeSessions.MessagePack;
using RealtimeSessions.MessagePack.Writing;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Sessions;

namespace RealtimeSessions.Server.Delivery.Frames;

/// <summary>The hub protocol <c>messagepack</c>: an invocation as an array, with its length before it.</summary>
internal sealed class MessagePackFrameEncoder : FrameEncoder
{
    private const int GuidLength = 36;

    public override string Protocol => MessagePackHubProtocol.ProtocolName;

    public override byte[] Encode(string callback, ReadOnlySpan<byte> argument)
    {
        using var writer = MessagePackWriter.Rent();
        Begin(writer, callback);
        writer.WriteJson(argument);
        return End(writer);
    }

    public override byte[] Encode(string callback, SessionKey key, LogEvent next)
    {
        using var writer = MessagePackWriter.Rent();
        Begin(writer, callback);
        var start = writer.BeginMap();
        var count = writer.WriteMembers(next.Payload.Span) + WriteAdded(writer, key, next);
        writer.EndMap(start, count);
        return End(writer);
    }

    public override byte[] Close(string reason)
    {
        using var writer = MessagePackWriter.Rent();
        writer.WriteArrayHeader(3);
        writer.WriteInteger(HubProtocolConstants.CloseMessageType);
        writer.WriteString(reason);
        writer.WriteBoolean(true);
        return writer.ToFrame();
    }

    private static void Begin(MessagePackWriter writer, string callback)
    {
        writer.WriteArrayHeader(6);
        writer.WriteInteger(HubProtocolConstants.InvocationMessageType);
        writer.WriteMapHeader(0);
        writer.WriteNil();
        writer.WriteString(callback);
        writer.WriteArrayHeader(1);
    }

    private static byte[] End(MessagePackWriter writer)
    {
        // No streams.
        writer.WriteArrayHeader(0);
        return writer.ToFrame();
    }

    /// <summary>Writes what <see cref="SessionEventJson.WriteAdded"/> adds to the JSON.</summary>
    /// <returns>How many members they are.</returns>
    private static int WriteAdded(MessagePackWriter writer, SessionKey key, LogEvent next)
    {
        Span<byte> text = stackalloc byte[GuidLength];
        writer.WriteString("applicationId"u8);
        writer.WriteString(key.ApplicationId);
        writer.WriteString("sessionId"u8);
        writer.WriteString(key.SessionId);
        writer.WriteString("sequence"u8);
        writer.WriteInteger(next.Sequence);
        writer.WriteString("eventId"u8);
        next.EventId.TryFormat(text, out _);
        writer.WriteString(text);
        writer.WriteString("createdAt"u8);
        writer.WriteString(text[..UtcTime.Write(next.CreatedAt, text)]);
        return 5;
    }
}
