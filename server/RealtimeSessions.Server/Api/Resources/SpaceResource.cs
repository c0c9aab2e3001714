using RealtimeSessions.Server.Conversations.Spaces;

namespace RealtimeSessions.Server.Api.Resources;

/// <summary>Spaces.</summary>
/// <param name="Spaces">The spaces.</param>
internal sealed record SpaceList(IReadOnlyList<SpaceResource> Spaces)
{
    public static SpaceList Of(IEnumerable<SpaceView> spaces, SpaceInclude? include, ApiCall call) =>
        new([.. spaces.Select(space => SpaceResource.Of(space, include, call))]);
}

/// <summary>A space as it is shown.</summary>
internal sealed record SpaceResource
{
    /// <summary>Its number, from 1.</summary>
    public required long Id { get; init; }

    /// <summary>1 to 200 characters.</summary>
    public required string Name { get; init; }

    /// <summary>Its address.</summary>
    public required string Href { get; init; }

    /// <summary>At most 4,000 characters; may be empty.</summary>
    public required string Details { get; init; }

    /// <summary>When it was made, in Unix milliseconds.</summary>
    public required long CreatedAt { get; init; }

    /// <summary>When it was last changed, its members and groups aside, in Unix milliseconds.</summary>
    public required long UpdatedAt { get; init; }

    /// <summary>Its members; absent where they were not asked for.</summary>
    public IReadOnlyList<SpaceParticipant>? Participants { get; init; }

    public static SpaceResource Of(SpaceView view, SpaceInclude? include, ApiCall call) => new()
    {
        Id = view.Space.SpaceId,
        Name = view.Space.Name,
        Href = call.AddressOf(Addresses.Space(view.Space.SpaceId)),
        Details = view.Space.Details,
        CreatedAt = view.Space.CreatedAt.ToUnixTimeMilliseconds(),
        UpdatedAt = view.Space.UpdatedAt.ToUnixTimeMilliseconds(),
        Participants = include is SpaceInclude.Participants ? view.Participants : null,
    };
}
