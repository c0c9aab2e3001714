using System.Collections.Immutable;
using RealtimeSessions.Server.Identity;

namespace RealtimeSessions.Server.Directory;

/// <summary>A user as the directory knows him.</summary>
internal sealed record DirectoryUser
{
    /// <summary>His number, from 1.</summary>
    public required long UserId { get; init; }

    /// <summary>The subject of his tokens.</summary>
    public required string Subject { get; init; }

    /// <summary>What he is called: the token's name, else its subject.</summary>
    public required string Name { get; init; }

    /// <summary>His e-mail address; null: the token has none.</summary>
    public string? Email { get; init; }

    /// <summary>When he was entered.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When his name or address was last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The spaces he is, or was, a member of, by their numbers.</summary>
    public IReadOnlyDictionary<long, Membership> Spaces
    {
        get;

        // Most of those that many connections keep in memory are in none.
        init => field = value.Count == 0 ? ImmutableDictionary<long, Membership>.Empty : value;
    }
        = ImmutableDictionary<long, Membership>.Empty;

    /// <summary>The spaces he is a member of.</summary>
    public IEnumerable<long> NameSpaces() => Spaces.Where(space => space.Value.IsMember).Select(space => space.Key);

    /// <summary>The groups he is in, as participants of sessions and roles name them.</summary>
    public IEnumerable<string> NameGroups() =>
        Spaces.Values.Where(membership => membership.IsMember).SelectMany(membership => membership.GroupIds).Distinct().Select(Caller.DirectoryGroup);
}
