using Microsoft.AspNetCore.SignalR;
using RealtimeSessions.Server.Delivery.Channels;
using RealtimeSessions.Server.Delivery.Frames;

namespace RealtimeSessions.Server.Delivery.Presence;

/// <summary>What many members get: encoded once for each protocol, when the first of them gets it. Not thread-safe.</summary>
/// <param name="encode">Makes the frames.</param>
internal sealed class SharedFrame(Func<FrameEncoder, byte[]> encode)
{
    private readonly Dictionary<FrameEncoder, (SerializedHubMessage Message, int Bytes)> _messages = new(capacity: 1);

    /// <summary>The message in a protocol, and what it weighs.</summary>
    public (SerializedHubMessage Message, int Bytes) For(FrameEncoder encoder)
    {
        if (!_messages.TryGetValue(encoder, out var message))
        {
            var bytes = encode(encoder);
            _messages.Add(encoder, message = (Batch.ToMessage(bytes, encoder), bytes.Length));
        }

        return message;
    }
}
