using Microsoft.Extensions.Options;
using RealtimeSessions.EventLog;
using RealtimeSessions.EventLog.Replicas;
using RealtimeSessions.Server.Conversations.Spaces;
using RealtimeSessions.Server.Lanes;
using RealtimeSessions.Server.Sessions;

namespace RealtimeSessions.Server.Conversations;

/// <summary>Conversations as logs. Changes of them are judged by their space, null where there is none any more.</summary>
internal sealed class ConversationKind(LiveSpaces spaces, IOptions<SessionsOptions> options) : LogKind<ConversationKey, ConversationState, SpaceState?>
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

    public override ValueTask<SpaceState?> SceneOfAsync(ConversationKey key, ConversationState? state) =>
        state is null ? new(default(SpaceState)) : spaces.ReadAsync(state.Space);
}

/// <summary>The conversations in use on this server.</summary>
internal sealed class LiveConversations(
    ConversationKind kind, IEventLog eventLog, LaneServices<ConversationKey, ConversationState, SpaceState?> lane, TimeProvider time,
    ILogger<LiveConversations> logger)
    : LiveLogs<ConversationKey, ConversationState, SpaceState?>(kind, eventLog, lane, time, logger);
