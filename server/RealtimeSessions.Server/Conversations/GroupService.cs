using System.Globalization;
using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Conversations.Entries;
using RealtimeSessions.Server.Conversations.Following;
using RealtimeSessions.Server.Conversations.Inputs;
using RealtimeSessions.Server.Conversations.Spaces;
using RealtimeSessions.Server.Conversations.Spaces.Commands;
using RealtimeSessions.Server.Directory;
using RealtimeSessions.Server.Identity;

namespace RealtimeSessions.Server.Conversations;

/// <summary>Groups of spaces, as callers make, read, change and delete them.</summary>
internal sealed class GroupService(LiveSpaces spaces, SpaceFollower follower, GroupEntries entries, UserDirectory directory, Counters counters)
{
    /// <summary>Makes groups of one space, all or none.</summary>
    public async Task<Result<IReadOnlyList<Group>>> CreateAsync(Caller caller, IReadOnlyList<GroupInput> inputs)
    {
        var (user, spaceId) = (await directory.GetAsync(caller), inputs[0].SpaceId!.Value);
        for (var i = 1; i < inputs.Count; i++)
        {
            if (inputs[i].SpaceId != spaceId)
            {
                return ConversationPolicy.Broken($"$.groups[{i}].space_id", "those of one request are all made in one space.");
            }
        }

        if (SpacePolicy.ChangeRefusal(await ReadAsync(spaceId), user.UserId) is { } refusal)
        {
            return refusal;
        }

        var id = await counters.NextAsync("group", inputs.Count);
        var groups = inputs.Select((input, i) => new Group(id + i, spaceId, input.Name!, input.UserIds ?? [], default, default)).ToArray();
        return (await ChangeAsync(spaceId, new CreateGroups(user.UserId, groups))).TryGet(out var state, out var error)
            ? groups.Select(group => state.Groups.GetValueOrDefault(group.GroupId)?.Info ?? group).ToArray()
            : error;
    }

    public async Task<Result<Group>> GetAsync(Caller caller, long groupId) =>
        (await FindAsync(caller, groupId)).TryGet(out var found, out var error) ? found.Group : error;

    /// <summary>The groups of the caller's spaces, newest first.</summary>
    /// <param name="caller">Who calls.</param>
    /// <param name="spaceId">Only those of this space; null: of all.</param>
    /// <param name="like">Only those whose names hold this, in whatever case; null: all.</param>
    /// <param name="page">Which page.</param>
    public async Task<Result<ListPage<Group>>> ListAsync(Caller caller, long? spaceId, string? like, PageRequest page)
    {
        var user = await directory.ReadAsync(caller);
        if (SpacePolicy.ListRefusal(user, spaceId) is { } refusal)
        {
            return refusal;
        }

        long[] mine = [.. user.Spaces.Where(space => space.Value.IsMember && (spaceId is null || spaceId == space.Key)).Select(space => space.Key)];
        return like is null
            ? await Paging.ReadAsync(page, (after, limit) => entries.FindAsync(mine, after, limit))
            : await Paging.ReadAsync(
                page,
                (after, limit) => entries.FindAsync(mine, after, limit),
                group => CultureInfo.InvariantCulture.CompareInfo.IndexOf(group.Name, like, CompareOptions.IgnoreCase) >= 0,
                group => new CatalogCursor(group.CreatedAt.ToUnixTimeMilliseconds(), EntryId.Of(group.GroupId)));
    }

    /// <summary>Changes a group; what is not given stays.</summary>
    public async Task<Result<Group>> UpdateAsync(Caller caller, long groupId, GroupInput input)
    {
        if (!(await FindAsync(caller, groupId)).TryGet(out var found, out var error))
        {
            return error;
        }

        if (input.SpaceId is { } space && space != found.Group.SpaceId)
        {
            return ConversationPolicy.Broken("$.groups[0].space_id", "a group stays where it was made.");
        }

        return (await ChangeAsync(found.Group.SpaceId, new UpdateGroup(found.UserId, groupId, input.Name, input.UserIds))).TryGet(out var state, out error)
            ? state.Groups.GetValueOrDefault(groupId) is { Info: var changed } ? changed : SpacePolicy.GroupNotFound
            : error;
    }

    public async Task<Result<Empty>> DeleteAsync(Caller caller, long groupId)
    {
        if (!(await FindAsync(caller, groupId)).TryGet(out var found, out var error))
        {
            return error;
        }

        return (await ChangeAsync(found.Group.SpaceId, new DeleteGroup(found.UserId, groupId))).Error is { } refusal ? refusal : Empty.Value;
    }

    /// <summary>Finds a group of one of the caller's spaces, as it is.</summary>
    private async Task<Result<(Group Group, long UserId)>> FindAsync(Caller caller, long groupId)
    {
        var user = await directory.GetAsync(caller);
        var entry = groupId < 1 ? null : await entries.FindAsync(groupId);
        return entry is not null && await ReadAsync(entry.SpaceId) is { } state && state.HasMember(user.UserId)
            && state.Groups.GetValueOrDefault(groupId) is { Info: var group }
            ? (group, user.UserId)
            : SpacePolicy.GroupNotFound;
    }

    private ValueTask<SpaceState?> ReadAsync(long spaceId) => spaceId < 1 ? default : spaces.ReadAsync(SpaceKey.Of(spaceId));

    /// <summary>Makes a change, and waits until the catalog and the directory have followed.</summary>
    private async Task<Result<SpaceState>> ChangeAsync(long spaceId, SpaceCommand command)
    {
        using var lease = spaces.Rent(SpaceKey.Of(spaceId));
        if (!(await lease.Log.Lane.SubmitAsync(command)).TryGet(out var ack, out var error))
        {
            return error;
        }

        return await follower.FollowAsync(lease.Log, ack.Position) is { } state ? state.State : SpacePolicy.NotFound;
    }
}
