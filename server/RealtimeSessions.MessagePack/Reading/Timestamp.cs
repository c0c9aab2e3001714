using System.Buffers.Binary;

namespace RealtimeSessions.MessagePack.Reading;

/// <summary>The extension for points in time.</summary>
internal static class Timestamp
{
    public const sbyte ExtensionType = -1;

    private const long NanosecondsOfASecond = 1_000_000_000;
    private const int SecondsBits = 34;

    private static readonly long First = DateTimeOffset.MinValue.ToUnixTimeSeconds(), Last = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    /// <summary>Reads one in any of its three forms.</summary>
    /// <param name="bytes">4, 8 or 12 bytes.</param>
    /// <param name="time">The time in whole seconds.</param>
    /// <param name="nanoseconds">What is to be added to it, less than a second.</param>
    /// <returns>False if it is none, or the calendar does not have it.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out DateTime time, out int nanoseconds)
    {
        var (seconds, fraction) = bytes.Length switch
        {
            4 => (BinaryPrimitives.ReadUInt32BigEndian(bytes), 0L),
            8 => Split(BinaryPrimitives.ReadUInt64BigEndian(bytes)),
            12 => (BinaryPrimitives.ReadInt64BigEndian(bytes[4..]), BinaryPrimitives.ReadUInt32BigEndian(bytes)),
            _ => (long.MaxValue, 0),
        };
        var isTime = seconds >= First && seconds <= Last && fraction < NanosecondsOfASecond;
        time = isTime ? DateTimeOffset.FromUnixTimeSeconds(seconds).UtcDateTime : default;
        nanoseconds = (int)fraction;
        return isTime;
    }

    private static (long Seconds, long Nanoseconds) Split(ulong bits) =>
        ((long)(bits & ((1UL << SecondsBits) - 1)), (long)(bits >> SecondsBits));
}
