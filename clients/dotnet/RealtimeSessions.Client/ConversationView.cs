using RealtimeSessions.Protocol.Conversations;

namespace RealtimeSessions.Client;

/// <summary>What a client sees of a conversation at one moment. Immutable.</summary>
/// <param name="Info">The conversation. The hashtags that comments bring come with its next change, or the next reset.</param>
/// <param name="Comments">Those that are held, oldest first: the confirmed ones in the conversation's order, then the own ones that are pending, in the order they were made.</param>
/// <param name="HasEarlier">Whether there are comments before the first of them.</param>
public sealed record ConversationView(Conversation Info, IReadOnlyList<LiveComment> Comments, bool HasEarlier);
