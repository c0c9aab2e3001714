using RealtimeSessions.Protocol;

namespace RealtimeSessions.Server.Conversations.Spaces;

/// <summary>What a space and its groups must be.</summary>
internal static class SpaceInvariants
{
    /// <summary>How many members a space may have.</summary>
    public const int MaximumMembers = 10_000;

    /// <summary>How many groups a space may have.</summary>
    public const int MaximumGroups = 1_000;

    public static Error TooManyMembers { get; } = Error.LimitExceeded(MaximumMembers, $"A space has at most {MaximumMembers} members.");

    public static Error TooManyGroups { get; } = Error.LimitExceeded(MaximumGroups, $"A space has at most {MaximumGroups} groups.");

    public static Error NoSuchMember { get; } = new(ErrorCode.UserNotFound, "The space has no such member.");

    public static Error NeedsOwner(string path) => ConversationPolicy.Broken(path, "the space would be left without an owner.");

    /// <summary>Whether one of the members is an owner.</summary>
    public static bool HasOwner(IEnumerable<KeyValuePair<long, SpaceRole>> members) => members.Any(member => member.Value == SpaceRole.Owner);

    /// <summary>Why these cannot be a group's members, or null: each is given once, and is a member of the space.</summary>
    /// <param name="path">Where in the request they stand.</param>
    /// <param name="userIds">They.</param>
    /// <param name="space">The space.</param>
    public static Error? Members(string path, IReadOnlyList<long> userIds, SpaceState space)
    {
        var seen = new HashSet<long>();
        for (var i = 0; i < userIds.Count; i++)
        {
            if (!seen.Add(userIds[i]))
            {
                return ConversationPolicy.Broken($"{path}[{i}]", "is given twice.");
            }

            if (!space.Members.ContainsKey(userIds[i]))
            {
                return ConversationPolicy.Broken($"{path}[{i}]", "is no member of the space.");
            }
        }

        return null;
    }
}
