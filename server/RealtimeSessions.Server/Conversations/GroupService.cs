using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Conversations.Inputs;
using RealtimeSessions.Server.Conversations.Spaces;
using RealtimeSessions.Server.Identity;

namespace RealtimeSessions.Server.Conversations;

/// <summary>Groups of members of spaces.</summary>
internal sealed class GroupService
{
    public Task<Result<IReadOnlyList<Group>>> CreateAsync(Caller caller, IReadOnlyList<GroupInput> inputs) =>
        throw new NotImplementedException();

    public Task<Result<Group>> GetAsync(Caller caller, long groupId) =>
        throw new NotImplementedException();

    public Task<Result<ListPage<Group>>> ListAsync(Caller caller, long? spaceId, string? like, PageRequest page) =>
        throw new NotImplementedException();

    public Task<Result<Group>> UpdateAsync(Caller caller, long groupId, GroupInput input) =>
        throw new NotImplementedException();

    public Task<Result<Empty>> DeleteAsync(Caller caller, long groupId) =>
        throw new NotImplementedException();
}
