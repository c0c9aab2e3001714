using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using RealtimeSessions.Client;
using RealtimeSessions.LoadTester.Connections.Lean;
using RealtimeSessions.MessagePack;

namespace RealtimeSessions.LoadTester.Tests.Connections;

/// <summary>What the framework's own protocols write, the lean ones read, and the other way round.</summary>
public sealed class HubCodecTests
{
    private static readonly HubMessage[] Messages =
    [
        new InvocationMessage("SessionDataUpdated", [JsonDocument.Parse("""{"sequence":7,"data":{"a":[1,2.5,"é\u001e"]}}""").RootElement]),
        new CompletionMessage("12", null, JsonDocument.Parse("""{"count":1}""").RootElement, hasResult: true),
        new CompletionMessage("13", "an error", null, hasResult: false),
        PingMessage.Instance,
        new CloseMessage("why", allowReconnect: true),
    ];

    [Theory]
    [InlineData(RealtimeProtocol.Json, 1)]
    [InlineData(RealtimeProtocol.Json, 10_000)]
    [InlineData(RealtimeProtocol.MessagePack, 1)]
    [InlineData(RealtimeProtocol.MessagePack, 10_000)]
    public void Read_WhatAServerWrites_CutAnywhere_UnderstandsIt(RealtimeProtocol protocol, int piece)
    {
        var (codec, read) = (HubCodec.Of(protocol), new List<string>());
        var splitter = new RecordSplitter(codec, bytes =>
        {
            var record = codec.Read(bytes);
            read.Add($"{record.Kind} {Encoding.UTF8.GetString(record.Target)} {record.Id} {record.Error} {Canonical(record.Payload)}");
        });
        foreach (var bytes in Messages.SelectMany(message => ProtocolOf(protocol).GetMessageBytes(message).ToArray()).Chunk(piece))
        {
            splitter.Take(bytes);
        }

        Assert.Equal(
            [
                """Invocation SessionDataUpdated 0  {"sequence":7,"data":{"a":[1,2.5,"\u00E9\u001E"]}}""", """Completion  12  {"count":1}""", "Completion  13 an error ",
                "Other  0  ", "Close  0 why ",
            ],
            read);
    }

    [Theory]
    [InlineData(RealtimeProtocol.Json)]
    [InlineData(RealtimeProtocol.MessagePack)]
    public void Call_ForAServer_IsUnderstood(RealtimeProtocol protocol)
    {
        var call = new ReadOnlySequence<byte>(HubCodec.Of(protocol).Call(42, "PatchSessionData", """{"data":{"a":"é"}}"""u8));

        Assert.True(ProtocolOf(protocol).TryParseMessage(ref call, new Binder(), out var message));

        var invocation = Assert.IsType<InvocationMessage>(message);
        Assert.Equal(("42", "PatchSessionData", 0), (invocation.InvocationId, invocation.Target, call.Length));
        Assert.Equal("é", ((JsonElement)invocation.Arguments[0]!).GetProperty("data").GetProperty("a").GetString());
    }

    [Theory]
    [InlineData(RealtimeProtocol.Json, "{\"type\":1,\"arguments\":{\u001e")]
    [InlineData(RealtimeProtocol.Json, "{\"type\":\"x\"}\u001e")]
    [InlineData(RealtimeProtocol.MessagePack, "\u0003\u0091\u0001\u0080")]
    [InlineData(RealtimeProtocol.MessagePack, "\u0001\u0001")]
    public void Read_WhatIsNoMessage_Throws(RealtimeProtocol protocol, string bytes)
    {
        var codec = HubCodec.Of(protocol);
        var splitter = new RecordSplitter(codec, record => codec.Read(record));

        Assert.Throws<InvalidDataException>(() => splitter.Take(Encoding.Latin1.GetBytes(bytes)));
    }

    private static string Canonical(ReadOnlySpan<byte> json) =>
        json.IsEmpty ? "" : JsonSerializer.Serialize(JsonSerializer.Deserialize<JsonElement>(json));

    private static IHubProtocol ProtocolOf(RealtimeProtocol protocol) =>
        protocol == RealtimeProtocol.Json ? new JsonHubProtocol() : new MessagePackHubProtocol(JsonSerializerOptions.Web);

    private sealed class Binder : IInvocationBinder
    {
        public Type GetReturnType(string invocationId) => typeof(JsonElement);

        public IReadOnlyList<Type> GetParameterTypes(string methodName) => [typeof(JsonElement)];

        public Type GetStreamItemType(string streamId) => typeof(JsonElement);
    }
}
