using System.Buffers;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using RealtimeSessions.Client.Connecting;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Conversations;

namespace RealtimeSessions.Client.Tests.Connecting;

public sealed class HubProtocolsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private static readonly Conversation Plans = new()
    {
        ConversationId = 7, Name = "Plans", CreatorId = 2, Participants = [new(14, ConversationRole.Editor), new(15)], Stakeholder = Stakeholder.Everyone,
        ExternalObjects = [new("session:demo/welcome", "Welcome")], CreatedAt = Noon, UpdatedAt = Noon,
    };

    private static readonly Comment Hello = new()
    {
        CommentId = 3, ConversationId = 7, CreatorId = 2, Content = "hello", Priority = CommentPriority.Important, Mentions = [new() { UserId = 14 }], CreatedAt = Noon,
    };

    public static TheoryData<RealtimeProtocol> Protocols => [RealtimeProtocol.Json, RealtimeProtocol.MessagePack];

    [Theory]
    [MemberData(nameof(Protocols))]
    public void Callback_OfAConversation_IsReadAsItWasWritten(RealtimeProtocol protocol)
    {
        object[] callbacks =
        [
            new CommentCreated { ConversationId = 7, Sequence = 9, EventId = Guid.NewGuid(), UserId = 2, WriterId = "w", WriterSequence = 1, Comment = Hello },
            new ConversationUpdated { ConversationId = 7, Sequence = 10, EventId = Guid.NewGuid(), CreatedAt = Noon, Conversation = Plans },
            new ConversationReset(7, Plans, [new PlacedComment(9, Hello)], HasEarlier: true, new Position("e", 10)),
            new ConversationLeft(7, "deleted"),
        ];
        foreach (var callback in callbacks)
        {
            Assert.Equivalent(callback, Read(HubProtocols.Of(protocol), callback), strict: true);
        }
    }

    private static object? Read(IHubProtocol protocol, object callback)
    {
        var frame = new ReadOnlySequence<byte>(protocol.GetMessageBytes(new InvocationMessage(callback.GetType().Name, [callback])));
        Assert.True(protocol.TryParseMessage(ref frame, new Binder(callback.GetType()), out var message));
        return ((InvocationMessage)message).Arguments[0];
    }

    private sealed class Binder(Type type) : IInvocationBinder
    {
        public Type GetReturnType(string invocationId) => throw new NotSupportedException();

        public IReadOnlyList<Type> GetParameterTypes(string methodName) => [type];

        public Type GetStreamItemType(string streamId) => throw new NotSupportedException();
    }
}
