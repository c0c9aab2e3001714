using RealtimeSessions.Server.Directory;

namespace RealtimeSessions.Server.Api.Resources;

/// <summary>Users.</summary>
/// <param name="Users">The users.</param>
internal sealed record UserList(IReadOnlyList<UserResource> Users)
{
    public static UserList Of(IEnumerable<DirectoryUser> users, ApiCall call) => new([.. users.Select(user => UserResource.Of(user, call))]);
}

/// <summary>A user as he is shown.</summary>
internal sealed record UserResource
{
    /// <summary>His number, from 1.</summary>
    public required long Id { get; init; }

    /// <summary>What he is called.</summary>
    public required string Name { get; init; }

    /// <summary>His e-mail address; absent where his tokens have none.</summary>
    public string? Email { get; init; }

    /// <summary>His address here.</summary>
    public required string Href { get; init; }

    /// <summary>When his name or e-mail address was last changed, in Unix milliseconds.</summary>
    public required long UpdatedAt { get; init; }

    public static UserResource Of(DirectoryUser user, ApiCall call) => new()
    {
        Id = user.UserId,
        Name = user.Name,
        Email = user.Email,
        Href = call.AddressOf(Addresses.User(user.UserId)),
        UpdatedAt = user.UpdatedAt.ToUnixTimeMilliseconds(),
    };
}
