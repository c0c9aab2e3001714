using System.Globalization;
using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Conversations.Entries;
using RealtimeSessions.Server.Conversations.Inputs;
using RealtimeSessions.Server.Conversations.Spaces;
using RealtimeSessions.Server.Conversations.Spaces.Commands;
using RealtimeSessions.Server.Directory;
using RealtimeSessions.Server.Identity;

namespace RealtimeSessions.Server.Conversations;

/// <summary>Groups of spaces, as callers make, read, change and delete them.</summary>
internal sealed class GroupService(SpaceWriter writer, LiveSpaces spaces, GroupEntries entries, UserDirectory directory, Counters counters)
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

        if (SpacePolicy.ChangeRefusal(await spaces.ReadAsync(SpaceKey.Of(spaceId)), user.UserId) is { } refusal)
        {
            return refusal;
        }

        var id = await counters.NextAsync(Counters.Group, inputs.Count);
        var groups = inputs.Select((input, i) => new Group(id + i, spaceId, input.Name!, input.UserIds ?? [], default, default)).ToArray();
        return (await writer.ChangeAsync(SpaceKey.Of(spaceId), new CreateGroups(user.UserId, groups))).TryGet(out var made, out var error)
            ? groups.Select(group => group with { CreatedAt = made.ChangedAt, UpdatedAt = made.ChangedAt }).ToArray()
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

        long[] mine = spaceId is { } id ? [id] : [.. user.NameSpaces()];
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

        var command = new UpdateGroup(found.UserId, groupId, input.Name, input.UserIds);
        return (await writer.ChangeAsync(SpaceKey.Of(found.Group.SpaceId), command)).TryGet(out var changed, out error)
            ? changed.Space.Groups.GetValueOrDefault(groupId) is { Info: var group } ? group : SpacePolicy.GroupNotFound
            : error;
    }

    public async Task<Result<Empty>> DeleteAsync(Caller caller, long groupId)
    {
        if (!(await FindAsync(caller, groupId)).TryGet(out var found, out var error))
        {
            return error;
        }

        return (await writer.ChangeAsync(SpaceKey.Of(found.Group.SpaceId), new DeleteGroup(found.UserId, groupId))).Error is { } refusal ? refusal : Empty.Value;
    }

    /// <summary>Finds a group of one of the caller's spaces, as it is.</summary>
    private async Task<Result<(Group Group, long UserId)>> FindAsync(Caller caller, long groupId)
    {
        var user = await directory.GetAsync(caller);
        var entry = await entries.FindAsync(groupId);
        return entry is not null && await spaces.ReadAsync(SpaceKey.Of(entry.SpaceId)) is { } state && state.HasMember(user.UserId)
            && state.Groups.GetValueOrDefault(groupId) is { Info: var group }
            ? (group, user.UserId)
            : SpacePolicy.GroupNotFound;
    }
}
