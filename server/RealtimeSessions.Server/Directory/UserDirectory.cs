using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Identity;

namespace RealtimeSessions.Server.Directory;

internal sealed class UserDirectory(ICatalog catalog)
{
    public ICatalog Catalog => catalog;

    public ValueTask<DirectoryUser> GetAsync(Caller caller) => throw new NotSupportedException(caller.UserId);

    public Task<DirectoryUser> ReadAsync(Caller caller) => throw new NotSupportedException(caller.UserId);

    public Task<DirectoryUser?> FindAsync(long userId) => throw new NotSupportedException($"{userId}");

    public Task<DirectoryUser?> FindByEmailAsync(string email) => throw new NotSupportedException(email);

    public Task WriteMembershipsAsync(long spaceId, Position asOf, IReadOnlyDictionary<long, Membership> memberships) => throw new NotSupportedException($"{spaceId}{asOf}{memberships}");

    public Task<IReadOnlyList<DirectoryUser>> FindMembersAsync(long spaceId) => throw new NotSupportedException($"{spaceId}");
}
