using RealtimeSessions.EventLog.Replicas;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Conversations;
using RealtimeSessions.Server.Conversations.Entries;
using RealtimeSessions.Server.Conversations.Spaces;
using RealtimeSessions.Server.Directory;
using RealtimeSessions.Server.Identity;

namespace RealtimeSessions.Server.Conversations;

/// <summary>Reads conversations. Whatever was acknowledged before a call began, on any server, is in its answer.</summary>
internal sealed class ConversationReader(
    LiveConversations conversations, LiveSpaces spaces, ConversationEntries entries, UserDirectory directory)
{
    /// <summary>Reads a conversation's state for a caller who sees it.</summary>
    public async Task<Result<ReplicaState<ConversationState>>> ReadAsync(Caller caller, long conversationId)
    {
        var user = await directory.GetAsync(caller);
        using var lease = conversations.Rent(new ConversationKey(conversationId));
        var replica = await lease.Log.OpenAsync();
        if (replica is null || await replica.ReadLatestAsync() is not { } state)
        {
            return ConversationPolicy.NotFound;
        }

        var space = await spaces.ReadAsync(state.State.Space);
        return ConversationPolicy.ReadRefusal(ConversationPolicy.RoleOf(state.State.Existing, space, user.UserId)) is { } refusal ? refusal : state;
    }

    /// <summary>The conversations that the caller sees, newest first.</summary>
    public async Task<Result<ListPage<Conversation>>> ListAsync(
        Caller caller, ListOrder order, long? spaceId, string? externalObjectId, PageRequest page)
    {
        var user = await directory.ReadAsync(caller);
        return SpacePolicy.ListRefusal(user, spaceId) is { } refusal
            ? refusal
            : await Paging.ReadAsync(page, (after, limit) => entries.FindAsync(user, spaceId, externalObjectId, order, after, limit));
    }
}
