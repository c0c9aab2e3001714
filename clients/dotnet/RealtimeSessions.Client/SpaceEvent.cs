using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Conversations;

namespace RealtimeSessions.Client;

/// <summary>What has happened in a conversation, as watchers of its space are told it. Immutable.</summary>
/// <param name="ConversationId">The conversation.</param>
/// <param name="Event">What has happened: created and updated with the whole conversation, deleted, a comment. Null: the conversation is one no longer that the caller sees.</param>
/// <param name="Position">Its position in the space's feed. Sequences grow; where they have holes, something was not for this watcher.</param>
public sealed record SpaceEvent(long ConversationId, ConversationEvent? Event, Position Position);
