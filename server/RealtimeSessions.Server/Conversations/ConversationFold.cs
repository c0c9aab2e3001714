using System.Text.Json;
using System.Text.Json.Serialization;
using RealtimeSessions.EventLog;
using RealtimeSessions.EventLog.Replicas;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Conversations;

namespace RealtimeSessions.Server.Conversations;

/// <summary>How a conversation's state follows from its events.</summary>
internal sealed class ConversationFold : IFold<ConversationState>
{
    public static ConversationFold Instance { get; } = new();

    /// <summary>Whether an event changes who may do what.</summary>
    public static bool ChangesRights(ConversationEvent next) => next is not CommentCreated;

    public ConversationState Apply(ConversationState? state, LogEvent next)
    {
        var change = ConversationEventJson.Read(next);
        var changed = change switch
        {
            ConversationCreated created => new ConversationState(created.Conversation, next.Sequence) { LastSequence = next.Sequence },
            ConversationUpdated updated => state! with { Info = updated.Conversation with { Tags = state.TagsWith(updated.Conversation) } },
            ConversationDeleted => state! with { IsDeleted = true },
            CommentCreated comment => state!.With(PlacedComment.Of(comment, next.Sequence)),
            _ => throw new InvalidOperationException($"A conversation's log holds an event of the type {change.GetType().Name}."),
        };
        return changed with
        {
            LastSequence = next.Sequence,
            RightsSequence = ChangesRights(change) ? next.Sequence : changed.RightsSequence,
        };
    }

    public bool EndsBatch(ConversationState? before, ConversationState after) => before?.RightsSequence != after.RightsSequence;

    public ReadOnlyMemory<byte> Serialize(ConversationState state) =>
        JsonSerializer.SerializeToUtf8Bytes(state, ConversationStateJsonContext.Default.ConversationState);

    public ConversationState Deserialize(ReadOnlyMemory<byte> bytes) =>
        JsonSerializer.Deserialize(bytes.Span, ConversationStateJsonContext.Default.ConversationState)!;
}

/// <summary>The form of a conversation's snapshot.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(ConversationState))]
internal sealed partial class ConversationStateJsonContext : JsonSerializerContext;
