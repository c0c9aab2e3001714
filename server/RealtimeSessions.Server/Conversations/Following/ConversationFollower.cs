using RealtimeSessions.EventLog;
using RealtimeSessions.EventLog.Replicas;
using RealtimeSessions.Protocol.Conversations;
using RealtimeSessions.Server.Conversations.Entries;
using RealtimeSessions.Server.Conversations.Spaces;
using RealtimeSessions.Server.Lanes.Following;

namespace RealtimeSessions.Server.Conversations.Following;

/// <summary>Makes the catalog's entries of a conversation and its comments, and the feed of its space, follow the conversation's log.</summary>
internal sealed class ConversationFollower(
    ConversationKind kind, ConversationEntries conversations, CommentEntries comments, ConversationFeedWriter feed, IEventLog eventLog,
    ICatalog catalog, TimeProvider time, ILogger<ConversationFollower> logger)
    : Follower<ConversationKey, ConversationState, SpaceState?>(kind, catalog, time, logger)
{
    private const int PageSize = 200;

    public override async Task FollowAsync(
        ConversationKey key, ReplicaState<ConversationState>? before, ReplicaState<ConversationState> state)
    {
        if (state.State.IsDeleted)
        {
            await conversations.RemoveAsync(key.ConversationId);
            await feed.WriteAsync(key, before, state);
            await eventLog.DeleteAsync(key.Log);
            await RemoveEntriesAsync(key);
            return;
        }

        await WriteCommentsAsync(key, before, state);

        // Most comments change nothing in the entry.
        var isSame = before is not null && before.Position.Epoch == state.Position.Epoch && ReferenceEquals(before.State.Info, state.State.Info);
        var isNew = !isSame && await conversations.WriteAsync(new Entry<Conversation>(state.State.Info, state.Position));
        await feed.WriteAsync(key, before, state);
        if (isNew)
        {
            // It may have been deleted meanwhile, and the entry made after it was removed.
            await RemoveIfGoneAsync(key);
        }
    }

    public override async Task<bool> RemoveIfGoneAsync(ConversationKey key)
    {
        if (!await conversations.IsThereAsync(key.ConversationId) || await eventLog.ReadAsync(key.Log, 0, 0) is not null)
        {
            return false;
        }

        await RemoveEntriesAsync(key);
        return true;
    }

    private async Task RemoveEntriesAsync(ConversationKey key)
    {
        // Who followed an earlier state may have made the entry anew.
        await conversations.RemoveAsync(key.ConversationId);
        await comments.RemoveAllAsync(key.ConversationId);
    }

    private async Task WriteCommentsAsync(
        ConversationKey key, ReplicaState<ConversationState>? before, ReplicaState<ConversationState> state)
    {
        var after = before?.Position.Epoch == state.Position.Epoch ? before.Position.Sequence : 0;
        while (after < state.Position.Sequence && await eventLog.ReadAsync(key.Log, after, PageSize) is { Events: [.., var last] events })
        {
            foreach (var next in events.TakeWhile(next => next.Sequence <= state.Position.Sequence))
            {
                if (ConversationEventJson.Read(next) is CommentCreated comment)
                {
                    var position = state.Position with { Sequence = next.Sequence };
                    await comments.WriteAsync(new Entry<PlacedComment>(PlacedComment.Of(comment, next.Sequence), position));
                }
            }

            after = last.Sequence;
        }
    }
}
