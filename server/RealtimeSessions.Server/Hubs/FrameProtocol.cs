using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using RealtimeSessions.Server.Delivery.Channels;
using RealtimeSessions.Server.Delivery.Frames;

namespace RealtimeSessions.Server.Hubs;

/// <summary>
/// A hub protocol that also writes frames that are made already, each write in one piece. The framework's own message for such frames is copied in
/// pieces of 4 KiB, and each of them is then sent as a WebSocket frame of its own.
/// </summary>
/// <param name="protocol">The protocol.</param>
internal sealed class FrameProtocol(IHubProtocol protocol) : IHubProtocol
{
    public string Name => protocol.Name;

    public int Version => protocol.Version;

    public TransferFormat TransferFormat => protocol.TransferFormat;

    public bool IsVersionSupported(int version) => protocol.IsVersionSupported(version);

    public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message) =>
        protocol.TryParseMessage(ref input, binder, out message);

    public void WriteMessage(HubMessage message, IBufferWriter<byte> output)
    {
        if (message is not FrameMessage frames)
        {
            protocol.WriteMessage(message, output);
            return;
        }

        for (var rest = frames.Bytes.Span; !rest.IsEmpty;)
        {
            var piece = rest[..Math.Min(rest.Length, Batch.MaximumBytes)];
            piece.CopyTo(output.GetSpan(piece.Length));
            output.Advance(piece.Length);
            rest = rest[piece.Length..];
        }
    }

    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) =>
        message is FrameMessage frames ? frames.Bytes : protocol.GetMessageBytes(message);
}
