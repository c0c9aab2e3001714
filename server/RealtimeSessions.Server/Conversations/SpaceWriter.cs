using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Conversations.Following;
using RealtimeSessions.Server.Conversations.Spaces;
using RealtimeSessions.Server.Conversations.Spaces.Commands;

namespace RealtimeSessions.Server.Conversations;

/// <summary>Makes changes of spaces.</summary>
internal sealed class SpaceWriter(LiveSpaces spaces, SpaceFollower follower)
{
    /// <summary>Makes a change, and waits until the catalog and the directory have followed, and conversations that it makes have their logs.</summary>
    /// <returns>The space, with the change or something newer; and when the change was made.</returns>
    public async Task<Result<(SpaceState Space, DateTimeOffset ChangedAt)>> ChangeAsync(SpaceKey key, SpaceCommand command)
    {
        using var lease = spaces.Rent(key);
        if (!(await lease.Log.Lane.SubmitAsync(command)).TryGet(out var ack, out var error))
        {
            return error;
        }

        return await follower.FollowAsync(lease.Log, ack.Position) is { } state ? (state.State, ack.CreatedAt ?? default) : SpacePolicy.NotFound;
    }
}
