using RealtimeSessions.Server.Conversations.Spaces;

namespace RealtimeSessions.Server.Api.Resources;

/// <summary>Groups.</summary>
/// <param name="Groups">The groups.</param>
internal sealed record GroupList(IReadOnlyList<GroupResource> Groups)
{
    public static GroupList Of(IEnumerable<Group> groups, ApiCall call) => new([.. groups.Select(group => GroupResource.Of(group, call))]);
}

/// <summary>A group as it is shown.</summary>
internal sealed record GroupResource
{
    /// <summary>Its number, from 1.</summary>
    public required long Id { get; init; }

    /// <summary>1 to 200 characters.</summary>
    public required string Name { get; init; }

    /// <summary>Its address.</summary>
    public required string Href { get; init; }

    /// <summary>The space it is in.</summary>
    public required long SpaceId { get; init; }

    /// <summary>Its members.</summary>
    public required IReadOnlyList<long> UserIds { get; init; }

    /// <summary>When it was made, in Unix milliseconds.</summary>
    public required long CreatedAt { get; init; }

    /// <summary>When it was last changed, in Unix milliseconds.</summary>
    public required long UpdatedAt { get; init; }

    public static GroupResource Of(Group group, ApiCall call) => new()
    {
        Id = group.GroupId,
        Name = group.Name,
        Href = call.AddressOf(Addresses.Group(group.GroupId)),
        SpaceId = group.SpaceId,
        UserIds = group.UserIds,
        CreatedAt = group.CreatedAt.ToUnixTimeMilliseconds(),
        UpdatedAt = group.UpdatedAt.ToUnixTimeMilliseconds(),
    };
}
