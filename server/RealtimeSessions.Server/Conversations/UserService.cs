using System.Globalization;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Conversations.Spaces;
using RealtimeSessions.Server.Directory;
using RealtimeSessions.Server.Identity;

namespace RealtimeSessions.Server.Conversations;

/// <summary>Users as they know each other: those who share a space.</summary>
internal sealed class UserService(UserDirectory directory)
{
    private static readonly Error NotFound = new(ErrorCode.UserNotFound, "There is no such user.");

    public async Task<Result<DirectoryUser>> GetSelfAsync(Caller caller) => await directory.ReadAsync(caller);

    public async Task<Result<DirectoryUser>> GetAsync(Caller caller, long userId)
    {
        var self = await directory.ReadAsync(caller);
        if (userId == self.UserId)
        {
            return self;
        }

        return await directory.FindAsync(userId) is { } other && other.NameSpaces().Intersect(self.NameSpaces()).Any() ? other : NotFound;
    }

    /// <summary>The caller and the people of his spaces, newest first.</summary>
    /// <param name="caller">Who calls.</param>
    /// <param name="spaceId">Only those of this space; null: of all.</param>
    /// <param name="like">Only those whose name or address holds this, in whatever case; null: all.</param>
    /// <param name="page">Which page.</param>
    public async Task<Result<ListPage<DirectoryUser>>> ListAsync(Caller caller, long? spaceId, string? like, PageRequest page)
    {
        var self = await directory.ReadAsync(caller);
        if (SpacePolicy.ListRefusal(self, spaceId) is { } refusal)
        {
            return refusal;
        }

        long[] spaces = spaceId is { } only ? [only] : [.. self.NameSpaces()];
        return await Paging.ReadAsync(page, async (after, limit) =>
        {
            var found = await directory.FindInSpacesAsync(
                spaces, after, limit, like is null ? null : user => Holds(user.Name, like) || Holds(user.Email, like),
                besides: spaceId is null ? self.UserId : null);
            return (found.Users, found.Next);
        });
    }

    private static bool Holds(string? text, string part) =>
        text is not null && CultureInfo.InvariantCulture.CompareInfo.IndexOf(text, part, CompareOptions.IgnoreCase) >= 0;
}
