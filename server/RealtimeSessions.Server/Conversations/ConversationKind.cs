using Microsoft.Extensions.Options;
using RealtimeSessions.EventLog;
using RealtimeSessions.EventLog.Replicas;
using RealtimeSessions.Server.Conversations.Spaces;
using RealtimeSessions.Server.Lanes;
using RealtimeSessions.Server.Sessions;

namespace RealtimeSessions.Server.Conversations;

/// <summary>Conversations as logs.</summary>
internal sealed class ConversationKind(IOptions<SessionsOptions> options) : LogKind<ConversationKey, ConversationState>
{
    public override LogSettings Settings { get; } = new(
        options.Value.AppendPatience, options.Value.IdleTime, options.Value.MaximumIdleSessions, options.Value.SweepAfter, RetainedEvents: 0);

    public override LogErrors Errors { get; } = new(
        ConversationPolicy.NotFound, ConversationPolicy.NotFound, ConversationPolicy.NotFound, ConversationPolicy.NotFound);

    public override IFold<ConversationState> Fold => ConversationFold.Instance;

    public override string MarkScope => "marks/conversations";

    public override LogId LogOf(ConversationKey key) => key.Log;

    public override ConversationKey KeyOf(string text) => ConversationKey.Parse(text);

    public override long GuardOf(ConversationState state) => state.RightsSequence;

    public override long FollowedOf(ConversationState state) => state.LastSequence;
}

/// <summary>Changes of conversations are judged by their space; null: it is there no more.</summary>
internal sealed class ConversationScenes(LiveSpaces spaces) : ISceneReader<ConversationKey, ConversationState, SpaceState?>
{
    public ValueTask<SpaceState?> ReadAsync(ConversationKey key, ConversationState? state) =>
        state is null ? new(default(SpaceState)) : spaces.ReadAsync(state.Space);
}

/// <summary>The conversations in use on this server.</summary>
internal sealed class LiveConversations(
    ConversationKind kind, IEventLog eventLog, LaneServices<ConversationKey, ConversationState, SpaceState?> lane, TimeProvider time,
    ILogger<LiveConversations> logger)
    : LiveLogs<ConversationKey, ConversationState, SpaceState?>(kind, eventLog, lane, time, logger);
