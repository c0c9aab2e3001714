using System.Collections.Concurrent;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Delivery.Frames;

namespace RealtimeSessions.Server.Delivery.Channels;

/// <summary>
/// What replaces all that a member knows, as of a position. It may weigh as much as the state, so those who get it at the same position share
/// one, made when the first of them writes it. Thread-safe.
/// </summary>
/// <param name="position">The position.</param>
/// <param name="encode">Makes the frame. May take long.</param>
internal sealed class ChannelReset(Position position, Func<FrameEncoder, byte[]> encode)
{
    private readonly ConcurrentDictionary<FrameEncoder, Lazy<byte[]>> _frames = new();

    public Position Position => position;

    /// <summary>The frame in a protocol.</summary>
    public byte[] Frame(FrameEncoder encoder) => _frames.GetOrAdd(encoder, key => new Lazy<byte[]>(() => encode(key))).Value;
}
