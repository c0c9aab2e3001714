using System.Buffers.Binary;
using System.Security.Cryptography;

namespace RealtimeSessions.Server.Lanes;

/// <summary>
/// Ids for events: version 7 GUIDs as <see cref="Guid.CreateVersion7()"/> makes them, but the random bits are drawn from the system many
/// at a time, since each draw costs as much as the rest of an event. Thread-safe.
/// </summary>
internal static class EventIds
{
    private const int IdLength = 16;
    private const int DrawnLength = 256 * IdLength;
    private const ulong Version = 0x7000;
    private const ulong Variant = 0x8000_0000_0000_0000;

    [ThreadStatic]
    private static byte[]? _drawn;

    [ThreadStatic]
    private static int _used;

    /// <summary>A new id.</summary>
    /// <param name="now">The time that stands in it, in milliseconds.</param>
    public static Guid Next(DateTimeOffset now)
    {
        if (_drawn is null || _used == DrawnLength)
        {
            _drawn ??= new byte[DrawnLength];
            RandomNumberGenerator.Fill(_drawn);
            _used = 0;
        }

        var id = _drawn.AsSpan(_used, IdLength);
        _used += IdLength;
        var (first, second) = (BinaryPrimitives.ReadUInt64BigEndian(id), BinaryPrimitives.ReadUInt64BigEndian(id[sizeof(long)..]));
        BinaryPrimitives.WriteUInt64BigEndian(id, ((ulong)now.ToUnixTimeMilliseconds() << 16) | Version | (first & 0xFFF));
        BinaryPrimitives.WriteUInt64BigEndian(id[sizeof(long)..], Variant | (second & (ulong.MaxValue >> 2)));
        return new Guid(id, bigEndian: true);
    }
}
