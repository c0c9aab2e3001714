using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Conversations;
using RealtimeSessions.Server.Conversations.Spaces;
using RealtimeSessions.Server.Lanes;
using RealtimeSessions.Server.Lanes.Following;

namespace RealtimeSessions.Server.Conversations.Following;

/// <summary>Copies what happens in conversations into the feed of their space, which is the space's log.</summary>
internal sealed class ConversationFeedWriter(
    IEventLog eventLog, SnapshotWriter<SpaceKey, SpaceState> snapshots, ILogger<ConversationFeedWriter> logger)
    : FeedWriter<ConversationKey, ConversationState>(eventLog, ConversationFold.Instance, logger)
{
    private readonly IEventLog _eventLog = eventLog;

    protected override LogId LogOf(ConversationKey key) => key.Log;

    protected override string NameInFeed(ConversationKey key) => key.ToString();

    protected override bool Tells(LogEvent next) => true;

    protected override long NumberOf(ConversationState state) => state.LastSequence;

    protected override ReadOnlyMemory<byte> Describe(ConversationKey key, LogEvent next, ConversationState? before, ConversationState after)
    {
        var (audience, former) = (Audience.Of(after.Info), before is null ? null : Audience.Of(before.Info));
        return SpaceFold.Store(new ConversationTold(key.ConversationId, next.Sequence, new RawJson(next.Payload), audience)
        {
            Former = former?.IsSameAs(audience) == false ? former : null,
        });
    }

    protected override (DateTimeOffset CreatedAt, ReadOnlyMemory<byte> Payload) StandFor(ConversationKey key, ConversationState state)
    {
        var stand = new ConversationUpdated
        {
            Source = EventSource.System,
            Timestamp = state.Info.UpdatedAt,
            Conversation = state.Info,
        };
        var payload = new RawJson(ConversationEventJson.Store(stand));
        return (state.Info.UpdatedAt, SpaceFold.Store(new ConversationTold(key.ConversationId, state.LastSequence, payload, Audience.Of(state.Info))));
    }

    protected override async Task<long?> AppendAsync(ConversationKey key, ConversationState state, IReadOnlyList<LogAppend> appends)
    {
        // Where the space has been deleted, nobody listens any more.
        var results = await _eventLog.AppendAsync(state.Space.Log, appends);
        if (results.Any(result => result.SnapshotDue))
        {
            snapshots.Write(state.Space.Log);
        }

        return results.FirstOrDefault(result => result.Outcome == AppendOutcome.WriterGap)?.NextNumber;
    }
}
