using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Conversations.Spaces;
using RealtimeSessions.Server.Lanes.Following;

namespace RealtimeSessions.Server.Conversations.Following;

/// <summary>Looks after changes of conversations that were left half done.</summary>
internal sealed class ConversationSweeper(
    ConversationKind kind, ConversationFollower follower, LiveConversations conversations, TimeProvider time, ILogger<ConversationSweeper> logger)
    : Sweeper<ConversationKey, ConversationState, SpaceState?>(kind, follower, conversations, time, logger);

/// <summary>Looks after changes of spaces, and conversations made in them, that were left half done.</summary>
internal sealed class SpaceSweeper(
    SpaceKind kind, SpaceFollower follower, LiveSpaces spaces, TimeProvider time, ILogger<SpaceSweeper> logger)
    : Sweeper<SpaceKey, SpaceState, Empty>(kind, follower, spaces, time, logger);
