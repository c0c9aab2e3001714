using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using RealtimeSessions.MessagePack.Messages;
using RealtimeSessions.MessagePack.Writing;

namespace RealtimeSessions.MessagePack;

/// <summary>
/// The SignalR hub protocol <c>messagepack</c>, for servers and clients. Values are what the JSON serializer makes of them, under the same names as in
/// the hub protocol <c>json</c>, only in the other encoding. Thread-safe.
/// </summary>
/// <remarks>
/// A message that cannot be read is an <see cref="InvalidDataException"/>, which ends its connection. An argument or a result that can be read, and
/// is not what it should be, fails its call only; a value that JSON has no form for (a number that is not finite, an unknown extension, a name that
/// is no text, text that is not Unicode) does so with the code <c>invalid_argument</c>.
/// </remarks>
/// <param name="options">How the serializer reads and writes arguments and results.</param>
/// <param name="maximumMessageBytes">
/// The most bytes that a message may have, its length included; one that announces more is refused before it comes. Default: 2 GB.
/// </param>
public sealed class MessagePackHubProtocol(JsonSerializerOptions options, int maximumMessageBytes = int.MaxValue) : IHubProtocol
{
    /// <summary>The protocol's name.</summary>
    public const string ProtocolName = "messagepack";

    /// <inheritdoc/>
    public string Name => ProtocolName;

    /// <inheritdoc/>
    public int Version => 2;

    /// <inheritdoc/>
    public TransferFormat TransferFormat => TransferFormat.Binary;

    /// <inheritdoc/>
    public bool IsVersionSupported(int version) => version is 1 or 2;

    /// <inheritdoc/>
    /// <remarks>A message of an unknown type is given as a <see cref="PingMessage"/>.</remarks>
    /// <exception cref="InvalidDataException">The message cannot be read, or is longer than it may be.</exception>
    public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        if (!VarInt.TryTake(ref input, maximumMessageBytes, out var bytes))
        {
            message = null;
            return false;
        }

        if (bytes.IsSingleSegment)
        {
            message = new HubMessageReader(bytes.FirstSpan, binder, options).Read();
            return true;
        }

        var joined = ArrayPool<byte>.Shared.Rent((int)bytes.Length);
        try
        {
            bytes.CopyTo(joined);
            message = new HubMessageReader(joined.AsSpan(0, (int)bytes.Length), binder, options).Read();
            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(joined);
        }
    }

    /// <inheritdoc/>
    public void WriteMessage(HubMessage message, IBufferWriter<byte> output)
    {
        using var writer = MessagePackWriter.Rent();
        new HubMessageWriter(writer, options).Write(message);
        writer.CopyFrameTo(output);
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message)
    {
        using var writer = MessagePackWriter.Rent();
        new HubMessageWriter(writer, options).Write(message);
        return writer.ToFrame();
    }
}
