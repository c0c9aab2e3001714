namespace RealtimeSessions.Server.Conversations.Spaces.Commands;

/// <summary>Makes groups, all or none.</summary>
/// <param name="UserId">Who.</param>
/// <param name="Groups">The groups; when is still to be said.</param>
internal sealed record CreateGroups(long UserId, IReadOnlyList<Group> Groups) : OwnersCommand(UserId)
{
    protected override SpaceDecision Decide(SpaceContext context, SpaceState state)
    {
        if (state.Groups.Count + Groups.Count > SpaceInvariants.MaximumGroups)
        {
            return SpaceDecision.Refuse(SpaceInvariants.TooManyGroups);
        }

        var broken = Groups.Select((group, i) => SpaceInvariants.Members($"$.groups[{i}].user_ids", group.UserIds, state)).FirstOrDefault(error => error is not null);
        return broken is null
            ? SpaceDecision.Append([.. Groups.Select(group => new GroupCreated(group with { CreatedAt = context.Now, UpdatedAt = context.Now }))])
            : SpaceDecision.Refuse(broken);
    }
}

/// <summary>Changes a group; what is null stays.</summary>
internal sealed record UpdateGroup(long UserId, long GroupId, string? Name, IReadOnlyList<long>? UserIds) : OwnersCommand(UserId)
{
    protected override SpaceDecision Decide(SpaceContext context, SpaceState state)
    {
        if (state.Groups.GetValueOrDefault(GroupId) is not { } group)
        {
            return SpaceDecision.Refuse(SpacePolicy.GroupNotFound);
        }

        if (UserIds is not null && SpaceInvariants.Members("$.groups[0].user_ids", UserIds, state) is { } broken)
        {
            return SpaceDecision.Refuse(broken);
        }

        var name = Name == group.Info.Name ? null : Name;
        var changed = UserIds is null ? [] : group.Members.SymmetricExcept(UserIds).Order().ToArray();
        return name is null && changed.Length == 0
            ? SpaceDecision.Nothing
            : SpaceDecision.Append(new GroupUpdated(GroupId, name, changed.Length == 0 ? null : UserIds, changed));
    }
}

/// <summary>Deletes a group.</summary>
internal sealed record DeleteGroup(long UserId, long GroupId) : OwnersCommand(UserId)
{
    protected override SpaceDecision Decide(SpaceContext context, SpaceState state) => state.Groups.GetValueOrDefault(GroupId) is { } group
        ? SpaceDecision.Append(new GroupDeleted(GroupId, group.Info.UserIds))
        : SpaceDecision.Refuse(SpacePolicy.GroupNotFound);
}
