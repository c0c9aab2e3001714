using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Directory;

namespace RealtimeSessions.Server.Conversations.Spaces;

/// <summary>Who may do what in a space. A space that somebody is no member of does not exist for him.</summary>
internal static class SpacePolicy
{
    public static Error NotFound { get; } = new(ErrorCode.SpaceNotFound, "There is no such space.");

    public static Error GroupNotFound { get; } = new(ErrorCode.GroupNotFound, "There is no such group.");

    private static readonly Error NoOwner = new(ErrorCode.Forbidden, "This is for the owners of the space.");

    /// <summary>Why somebody may not read it, or null.</summary>
    public static Error? ReadRefusal(SpaceState? space, long userId) => space?.HasMember(userId) == true ? null : NotFound;

    /// <summary>Why somebody may not list what is in a space, or null; he may where no space is named.</summary>
    public static Error? ListRefusal(DirectoryUser user, long? spaceId) =>
        spaceId is not { } id || user.Spaces.GetValueOrDefault(id)?.IsMember == true ? null : NotFound;

    /// <summary>Why somebody may not change it, its members and its groups, or null.</summary>
    public static Error? ChangeRefusal(SpaceState? space, long userId) =>
        ReadRefusal(space, userId) ?? (space!.Members.GetValueOrDefault(userId) == SpaceRole.Owner ? null : NoOwner);
}
