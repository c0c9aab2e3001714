using RealtimeSessions.EventLog;
using RealtimeSessions.EventLog.Replicas;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Conversations.Entries;
using RealtimeSessions.Server.Conversations.Spaces;
using RealtimeSessions.Server.Directory;
using RealtimeSessions.Server.Lanes.Following;

namespace RealtimeSessions.Server.Conversations.Following;

/// <summary>Makes what is known elsewhere of a space follow its log: who is a member, its groups, and the logs of conversations made in it.</summary>
internal sealed class SpaceFollower(
    SpaceKind kind, SpaceEntries spaces, GroupEntries groups, UserDirectory directory, ConversationFounder founder, ICatalog catalog,
    TimeProvider time, ILogger<SpaceFollower> logger)
    : Follower<SpaceKey, SpaceState, Empty>(kind, catalog, time, logger)
{
    private const int PageSize = 1_000;

    public override async Task FollowAsync(SpaceKey key, ReplicaState<SpaceState>? before, ReplicaState<SpaceState> state)
    {
        var former = before?.Position.Epoch == state.Position.Epoch ? before.State : null;
        if (state.State.Info is not null)
        {
            await WriteGroupsAsync(key.SpaceId, former, state);
            await WriteMembersAsync(key.SpaceId, former, state);
            if (former is null || !ReferenceEquals(former.Info, state.State.Info) || !ReferenceEquals(former.Members, state.State.Members))
            {
                await spaces.WriteAsync(new Entry<SpaceView>(state.State.View, state.Position));
            }
        }

        foreach (var founding in state.State.Foundings.Values)
        {
            await founder.FoundAsync(founding);
        }
    }

    private async Task WriteGroupsAsync(long spaceId, SpaceState? before, ReplicaState<SpaceState> state)
    {
        if (ReferenceEquals(before?.Groups, state.State.Groups))
        {
            return;
        }

        foreach (var group in state.State.Groups.Values)
        {
            if (before is null || !ReferenceEquals(before.Groups.GetValueOrDefault(group.Info.GroupId), group))
            {
                await groups.WriteAsync(new Entry<Group>(group.Info, state.Position));
            }
        }

        var known = before?.Groups.Keys ?? (await groups.FindAsync([spaceId], after: null, PageSize)).Found.Select(group => group.GroupId);
        foreach (var gone in known.Where(id => !state.State.Groups.ContainsKey(id)).ToArray())
        {
            await groups.RemoveAsync(gone);
        }
    }

    private async Task WriteMembersAsync(long spaceId, SpaceState? before, ReplicaState<SpaceState> state)
    {
        if (before is not null && ReferenceEquals(before.Members, state.State.Members) && ReferenceEquals(before.Groups, state.State.Groups))
        {
            return;
        }

        var (now, then) = (GroupsOfMembers(state.State), before is null ? null : GroupsOfMembers(before));
        var known = then?.Keys ?? (await directory.FindMembersAsync(spaceId)).Select(user => user.UserId);
        var changed = now.Where(member => then?.GetValueOrDefault(member.Key)?.SequenceEqual(member.Value) != true)
            .ToDictionary(member => member.Key, member => new Membership(state.Position, IsMember: true, member.Value));
        foreach (var gone in known.Where(id => !now.ContainsKey(id)))
        {
            changed[gone] = new Membership(state.Position, IsMember: false, []);
        }

        if (changed.Count > 0)
        {
            await directory.WriteMembershipsAsync(spaceId, state.Position, changed);
        }
    }

    private static Dictionary<long, List<long>> GroupsOfMembers(SpaceState state)
    {
        var groups = state.Members.Keys.ToDictionary(id => id, _ => new List<long>());
        foreach (var group in state.Groups.Values)
        {
            foreach (var member in group.Members)
            {
                groups[member].Add(group.Info.GroupId);
            }
        }

        return groups;
    }
}
