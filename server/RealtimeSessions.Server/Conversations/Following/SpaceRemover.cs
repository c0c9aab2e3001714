using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Conversations.Commands;
using RealtimeSessions.Server.Conversations.Entries;
using RealtimeSessions.Server.Conversations.Spaces;
using RealtimeSessions.Server.Lanes.Following;

namespace RealtimeSessions.Server.Conversations.Following;

/// <summary>Removes the conversations and the logs of spaces that were deleted.</summary>
internal sealed class SpaceRemover(
    SpaceEntries spaces, ConversationEntries entries, LiveConversations conversations, ConversationFollower follower, IEventLog eventLog,
    TimeProvider time, ILogger<SpaceRemover> logger) : PeriodicTask(time, logger)
{
    /// <summary>How long after its deletion a conversation may still come to light that another server was making.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(2);

    private readonly TimeProvider _time = time;

    protected override TimeSpan Interval { get; } = TimeSpan.FromSeconds(10);

    public override async Task RunAsync()
    {
        foreach (var space in await spaces.FindDeletedAsync())
        {
            var isEmpty = await RemoveConversationsAsync(space.Space.SpaceId);
            if (isEmpty && _time.GetUtcNow() - space.Space.UpdatedAt > Late)
            {
                await eventLog.DeleteAsync(SpaceKey.Of(space.Space.SpaceId).Log);
                await spaces.RemoveAsync(space.Space.SpaceId);
            }
        }
    }

    /// <summary>Removes all conversations that the catalog knows.</summary>
    /// <returns>False if some could not be removed now.</returns>
    private async Task<bool> RemoveConversationsAsync(long spaceId)
    {
        while (await entries.FindAnyAsync(spaceId) is { Count: > 0 } found)
        {
            var removed = 0;
            foreach (var conversation in found)
            {
                removed += await RemoveAsync(new ConversationKey(conversation.ConversationId)) ? 1 : 0;
            }

            if (removed == 0)
            {
                return false;
            }
        }

        return true;
    }

    private async Task<bool> RemoveAsync(ConversationKey key)
    {
        using var lease = conversations.Rent(key);
        if ((await lease.Log.Lane.SubmitAsync(new DeleteConversation(UserId: 0, EventSource.System))).TryGet(out var ack, out var error))
        {
            await follower.FollowAsync(lease.Log, ack.Position);
            return true;
        }

        return error.Code == ErrorCode.ConversationNotFound && await follower.RemoveIfGoneAsync(key);
    }
}
