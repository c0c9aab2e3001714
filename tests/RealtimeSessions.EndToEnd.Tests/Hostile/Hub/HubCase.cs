using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Unicode;

namespace RealtimeSessions.EndToEnd.Tests.Hostile.Hub;

/// <summary>A WebSocket message.</summary>
internal sealed record HubMessage(byte[] Bytes, WebSocketMessageType Type = WebSocketMessageType.Text)
{
    private const int Limit = 256 * 1024;
    private const int DeepestFrame = 64;
    private const int LastType = 9;

    /// <summary>Whether it is one whole frame that the hub can read.</summary>
    public bool IsReadable => Read() is not null;

    /// <summary>Whether it is a frame of a type that there is not. The hub's framework then waits for more of it, and hears nothing else any more.</summary>
    public bool IsOfUnknownType =>
        Read() is { ValueKind: JsonValueKind.Object } frame && frame.TryGetProperty("type", out var type)
        && type.ValueKind == JsonValueKind.Number && !(type.TryGetInt32(out var number) && number is >= 1 and <= LastType);

    private JsonElement? Read()
    {
        if (Bytes.Length > Limit || Bytes is not [.. var frame, 0x1E] || !Utf8.IsValid(frame))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(frame.AsMemory(), new JsonDocumentOptions { MaxDepth = DeepestFrame });
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>What is sent to the hub, and what may come of it.</summary>
/// <param name="Kind">In a word, what is wrong with it.</param>
/// <param name="Messages">The messages.</param>
/// <param name="AnswerIds">
/// The calls that must be answered with success or a code; none: they may fail in other ways, and their connection may end.
/// </param>
/// <param name="Handshake">What is sent in the place of a handshake, on a connection of its own; null: nothing.</param>
internal sealed record HubCase(
    string Kind, IReadOnlyList<HubMessage> Messages, IReadOnlyList<string> AnswerIds, HubMessage? Handshake = null)
{
    public IEnumerable<byte[]> Bytes => Messages.Prepend(Handshake).OfType<HubMessage>().Select(message => message.Bytes);
}
