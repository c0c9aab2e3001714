using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR.Protocol;
using RealtimeSessions.MessagePack.Tests.Support;
using static RealtimeSessions.MessagePack.Tests.Support.Bytes;

namespace RealtimeSessions.MessagePack.Tests.Messages;

/// <summary>Messages as the specification of the hub protocol gives their bytes.</summary>
public sealed class WriteTests
{
    private static readonly Dictionary<string, string> Headers = new() { ["x"] = "y", ["z"] = "z" };

    private static readonly Dictionary<string, (HubMessage Message, string Bytes)> Messages = new()
    {
        ["invocation"] = (new InvocationMessage("xyz", "method", [42]), "96 01 80 A3 78 79 7A A6 6D 65 74 68 6F 64 91 2A 90"),
        ["invocation without id"] = (new InvocationMessage("method", [42]), "96 01 80 C0 A6 6D 65 74 68 6F 64 91 2A 90"),
        ["invocation with headers"] = (
            new InvocationMessage("xyz", "method", [42]) { Headers = Headers },
            "96 01 82 A1 78 A1 79 A1 7A A1 7A A3 78 79 7A A6 6D 65 74 68 6F 64 91 2A 90"),
        ["invocation with streams"] = (
            new InvocationMessage("xyz", "method", [], ["1", "2"]), "96 01 80 A3 78 79 7A A6 6D 65 74 68 6F 64 90 92 A1 31 A1 32"),
        ["invocation with values"] = (
            new InvocationMessage("method", [null, true, -1, 1.5, "é", new Point(1, null, "n"), JsonNode.Parse("[1]"), default(JsonElement?)]),
            "96 01 80 C0 A6 6D 65 74 68 6F 64 98 C0 C3 FF CB 3F F8 00 00 00 00 00 00 A2 C3 A9 83 A1 78 01 A1 79 C0 A4 6E 61 6D 65 A1 6E 91 01 C0 90"),
        ["stream invocation"] = (new StreamInvocationMessage("xyz", "method", [42]), "96 04 80 A3 78 79 7A A6 6D 65 74 68 6F 64 91 2A 90"),
        ["stream item"] = (new StreamItemMessage("xyz", 42), "94 02 80 A3 78 79 7A 2A"),
        ["error"] = (CompletionMessage.WithError("xyz", "Error"), "95 03 80 A3 78 79 7A 01 A5 45 72 72 6F 72"),
        ["void"] = (CompletionMessage.Empty("xyz"), "94 03 80 A3 78 79 7A 02"),
        ["result"] = (CompletionMessage.WithResult("xyz", 42), "95 03 80 A3 78 79 7A 03 2A"),
        ["result of null"] = (CompletionMessage.WithResult("xyz", null), "95 03 80 A3 78 79 7A 03 C0"),
        ["cancellation"] = (new CancelInvocationMessage("xyz"), "93 05 80 A3 78 79 7A"),
        ["ping"] = (PingMessage.Instance, "91 06"),
        ["close"] = (CloseMessage.Empty, "93 07 C0 C2"),
        ["close with an error"] = (new CloseMessage("xyz", allowReconnect: true), "93 07 A3 78 79 7A C3"),
        ["ack"] = (new AckMessage(36), "92 08 24"),
        ["sequence"] = (new SequenceMessage(200), "92 09 CC C8"),
    };

    public static TheoryData<string> Names => [.. Messages.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Write_AMessage_IsTheseBytes(string name) =>
        Assert.Equal(Convert.ToHexString(Hex(Messages[name].Bytes)), Wire.Write(Messages[name].Message));

    [Fact]
    public void Write_AMessageThatIsNone_Throws() => Assert.Throws<NotSupportedException>(() => Wire.Write(new HandshakeResponseMessage(null)));

    [Fact]
    public void Name_VersionAndFormat_AreThoseOfTheSpecification()
    {
        Assert.Equal(("messagepack", 2, TransferFormat.Binary), (Wire.Protocol.Name, Wire.Protocol.Version, Wire.Protocol.TransferFormat));
        Assert.Equal([false, true, true, false], Enumerable.Range(0, 4).Select(Wire.Protocol.IsVersionSupported));
    }
}
