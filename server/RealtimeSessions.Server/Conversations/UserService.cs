using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Directory;
using RealtimeSessions.Server.Identity;

namespace RealtimeSessions.Server.Conversations;

/// <summary>Users as they know each other.</summary>
internal sealed class UserService
{
    public Task<Result<DirectoryUser>> GetSelfAsync(Caller caller) =>
        throw new NotImplementedException();

    public Task<Result<DirectoryUser>> GetAsync(Caller caller, long userId) =>
        throw new NotImplementedException();

    public Task<Result<ListPage<DirectoryUser>>> ListAsync(Caller caller, long? spaceId, string? like, PageRequest page) =>
        throw new NotImplementedException();
}
