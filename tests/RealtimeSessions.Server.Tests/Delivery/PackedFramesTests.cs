using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using RealtimeSessions.MessagePack;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Delivery.Frames;
using RealtimeSessions.Server.Sessions;
using RealtimeSessions.Server.Tests.Support;

namespace RealtimeSessions.Server.Tests.Delivery;

/// <summary>Frames of the hub protocol <c>messagepack</c>: the same as those of <c>json</c>, and smaller.</summary>
public sealed class PackedFramesTests
{
    private static readonly JsonFrameEncoder Json = new();
    private static readonly MessagePackFrameEncoder Packed = new();
    private static readonly SessionKey Key = new("demo", "board");

    public static TheoryData<string> Types => FramesTests.Types;

    [Theory]
    [MemberData(nameof(Types))]
    public void Event_OfEachType_IsAsTheFileSays(string type)
    {
        var stored = Make.Stored(3, FramesTests.Events[type]);
        var frame = SessionCallbacks.Event(Packed, Key, stored);

        Golden.AssertEqual($"{type}.messagepack.hex", Convert.ToHexString(frame));
        AssertSame(SessionCallbacks.Event(Json, Key, stored), frame);
    }

    [Fact]
    public void Event_WithManyMembers_IsTheSameAsInJson()
    {
        var members = string.Join(',', Enumerable.Range(0, 300).Select(i => $"\"k{i}\":[{i}.5,\"é\\n\",{{\"x\":{-i}}}]"));
        var run = Make.Patched($"{{{members}}}") with { WriterId = "w", WriterSequence = 7, FromSequence = 1, Clear = Make.Tree("{}") };
        var stored = Make.Stored(3, run) with { Sequence = long.MaxValue };

        AssertSame(SessionCallbacks.Event(Json, Key, stored), SessionCallbacks.Event(Packed, Key, stored));
    }

    [Fact]
    public void Event_AtAnyTime_HasTheTimeOfJson()
    {
        foreach (var milliseconds in new[] { 0, 120, 123 })
        {
            var stored = Make.Stored(3, Make.Closed()) with { CreatedAt = Make.Noon.AddMilliseconds(milliseconds) };

            AssertSame(SessionCallbacks.Event(Json, Key, stored), SessionCallbacks.Event(Packed, Key, stored));
        }
    }

    [Fact]
    public void Callbacks_ThatAreNoEvents_AreTheSameAsInJson()
    {
        var position = new Position("feed0", 42);
        var sent = new RawJson(SessionEventJson.Send(Key, Make.Stored(3, Make.Renamed("Board 2"))));
        Func<FrameEncoder, byte[]>[] frames =
        [
            encoder => FeedCallbacks.Event(encoder, new FeedEvent(sent, Make.Session()), position, isWhole: false),
            encoder => FeedCallbacks.Event(encoder, new FeedEvent(sent, Make.Session()), position, isWhole: true),
            encoder => FeedCallbacks.Reset(encoder, "demo", position),
            encoder => SessionCallbacks.Left(encoder, Key, "access_revoked"),
            encoder => PresenceCallbacks.Whole(encoder, Key, Make.Tree("""{"bob":{"c1":{}}}""")),
        ];

        Assert.All(frames, frame => AssertSame(frame(Json), frame(Packed)));
    }

    [Fact]
    public void Close_IsAClose()
    {
        var message = Assert.IsType<CloseMessage>(Read(new MessagePackHubProtocol(JsonSerializerOptions.Web), Packed.Close("too_slow")));

        Assert.Equal(("too_slow", true), (message.Error, message.AllowReconnect));
        Assert.Equal("0C9307A8746F6F5F736C6F77C3", Convert.ToHexString(Packed.Close("too_slow")));
    }

    private static void AssertSame(byte[] json, byte[] packed)
    {
        var expected = Assert.IsType<InvocationMessage>(Read(new JsonHubProtocol(), json));
        var actual = Assert.IsType<InvocationMessage>(Read(new MessagePackHubProtocol(JsonSerializerOptions.Web), packed));
        Assert.Equal((expected.Target, null), (actual.Target, actual.InvocationId));
        Assert.True(
            JsonElement.DeepEquals((JsonElement)expected.Arguments[0]!, (JsonElement)actual.Arguments[0]!),
            $"{expected.Arguments[0]}\n{actual.Arguments[0]}");
        Assert.True(packed.Length < json.Length);
    }

    private static HubMessage Read(IHubProtocol protocol, byte[] frame)
    {
        var input = new ReadOnlySequence<byte>(frame);
        Assert.True(protocol.TryParseMessage(ref input, Elements.Instance, out var message));
        Assert.True(input.IsEmpty);
        return message;
    }

    private sealed class Elements : IInvocationBinder
    {
        public static Elements Instance { get; } = new();

        public Type GetReturnType(string invocationId) => typeof(JsonElement);

        public IReadOnlyList<Type> GetParameterTypes(string methodName) => [typeof(JsonElement)];

        public Type GetStreamItemType(string streamId) => typeof(JsonElement);
    }
}
