using RealtimeSessions.Server.Delivery.Frames;

namespace RealtimeSessions.Server.Delivery.Presence;

/// <summary>What many members get: encoded once for each protocol, when the first of them gets it. Not thread-safe.</summary>
/// <param name="encode">Makes the frames.</param>
internal sealed class SharedFrame(Func<FrameEncoder, byte[]> encode)
{
    private readonly Dictionary<FrameEncoder, (FrameMessage Message, int Bytes)> _messages = new(capacity: 1);

    /// <summary>The message in a protocol, and what it weighs.</summary>
    public (FrameMessage Message, int Bytes) For(FrameEncoder encoder)
    {
        if (!_messages.TryGetValue(encoder, out var message))
        {
            var bytes = encode(encoder);
            _messages.Add(encoder, message = (new FrameMessage(bytes), bytes.Length));
        }

        return message;
    }
}
