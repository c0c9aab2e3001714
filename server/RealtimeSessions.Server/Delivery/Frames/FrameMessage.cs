using Microsoft.AspNetCore.SignalR.Protocol;

namespace RealtimeSessions.Server.Delivery.Frames;

/// <summary>One frame or several, as they go over the wire: made once for all connections of one hub protocol.</summary>
/// <param name="bytes">The frames.</param>
internal sealed class FrameMessage(ReadOnlyMemory<byte> bytes) : HubMessage
{
    public ReadOnlyMemory<byte> Bytes => bytes;
}
