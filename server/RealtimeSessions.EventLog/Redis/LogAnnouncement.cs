using System.Buffers.Binary;
using System.Text;
using RealtimeSessions.EventLog.Tails;

namespace RealtimeSessions.EventLog.Redis;

/// <summary>
/// What is published on a log's channel. After an append: 1 byte length of the epoch, the epoch, 16 bytes id of the event before, 8 bytes
/// first and 8 bytes last sequence, then the events, each as 4 bytes length and its <see cref="EventFrame"/>, unless they are too large
/// together. Integers are big-endian. An empty message only wakes.
/// </summary>
internal static class LogAnnouncement
{
    private const int FixedLength = EventFrame.IdLength + (2 * sizeof(long));

    /// <summary>Reads a message. One of another form (of a newer server, perhaps) wakes.</summary>
    public static LogNotification Read(LogId log, ReadOnlyMemory<byte> message)
    {
        var span = message.Span;
        if (span.IsEmpty || span.Length < 1 + span[0] + FixedLength)
        {
            return Wake(log);
        }

        var epoch = Encoding.ASCII.GetString(span.Slice(1, span[0]));
        var rest = span[(1 + span[0])..];
        var previous = new Guid(rest[..EventFrame.IdLength], bigEndian: true);
        var first = BinaryPrimitives.ReadInt64BigEndian(rest[EventFrame.IdLength..]);
        var last = BinaryPrimitives.ReadInt64BigEndian(rest[(EventFrame.IdLength + sizeof(long))..]);
        var events = ReadEvents(message[(1 + span[0] + FixedLength)..], first);
        return events.Count == 0 || events.Count == last - first + 1
            ? new LogNotification(log, epoch, previous, first, last, events)
            : Wake(log);
    }

    private static LogNotification Wake(LogId log) => new(log, "", Guid.Empty, 0, 0, []);

    private static List<LogEvent> ReadEvents(ReadOnlyMemory<byte> frames, long sequence)
    {
        var events = new List<LogEvent>();
        while (frames.Length >= sizeof(int))
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(frames.Span);
            if (length < EventFrame.HeaderLength || length > frames.Length - sizeof(int))
            {
                break;
            }

            events.Add(EventFrame.Read(sequence++, frames.Slice(sizeof(int), length)));
            frames = frames[(sizeof(int) + length)..];
        }

        return events;
    }
}
