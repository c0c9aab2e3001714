using System.Buffers.Binary;

namespace RealtimeSessions.EventLog.Redis;

/// <summary>
/// An event as the stream holds it and announcements carry it: 16 bytes id and 8 bytes Unix milliseconds, both big-endian, then the
/// payload. The first 24 bytes are its header.
/// </summary>
internal static class EventFrame
{
    public const int HeaderLength = IdLength + sizeof(long);
    public const int IdLength = 16;

    public static byte[] Write(NewEvent e)
    {
        var frame = new byte[HeaderLength + e.Payload.Length];
        e.EventId.TryWriteBytes(frame, bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(frame.AsSpan(IdLength), e.CreatedAt.ToUnixTimeMilliseconds());
        e.Payload.CopyTo(frame.AsMemory(HeaderLength));
        return frame;
    }

    public static LogEvent Read(long sequence, ReadOnlyMemory<byte> frame)
    {
        var (id, createdAt) = ReadHeader(frame.Span);
        return new LogEvent(sequence, id, createdAt, frame[HeaderLength..]);
    }

    public static (Guid EventId, DateTimeOffset CreatedAt) ReadHeader(ReadOnlySpan<byte> frame) =>
        (new Guid(frame[..IdLength], bigEndian: true),
            DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(frame[IdLength..])));
}
