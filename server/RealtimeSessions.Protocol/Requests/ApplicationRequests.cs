namespace RealtimeSessions.Protocol.Requests;

/// <summary>A request about an application.</summary>
public record ApplicationRequest
{
    /// <summary>The application.</summary>
    public required string ApplicationId { get; init; }
}

/// <summary>Lists the applications that the caller may read.</summary>
public sealed record ListApplicationsRequest;

/// <summary>Makes an application. Over REST only.</summary>
public sealed record CreateApplicationRequest : ApplicationRequest
{
    /// <summary>1 to 200 characters.</summary>
    public required string Name { get; init; }

    /// <summary>At most 4,000 characters. Default: empty.</summary>
    public string? Description { get; init; }
}

/// <summary>Changes what an application says of itself. Over REST only.</summary>
public sealed record PatchApplicationRequest : ApplicationRequest
{
    /// <summary>1 to 200 characters. Default: unchanged.</summary>
    public string? Name { get; init; }

    /// <summary>At most 4,000 characters. Default: unchanged.</summary>
    public string? Description { get; init; }
}

/// <summary>A request about a role. Over REST only.</summary>
public record RoleRequest : ApplicationRequest
{
    /// <summary>The role's name, 1 to 200 characters.</summary>
    public required string Name { get; init; }
}

/// <summary>Makes a role. Over REST only.</summary>
public sealed record CreateRoleRequest : RoleRequest
{
    /// <summary>At most 4,000 characters. Default: empty.</summary>
    public string? Description { get; init; }

    /// <summary>Names of permissions, for example <c>session:read:participant</c>.</summary>
    public required IReadOnlyList<string> Permissions { get; init; }

    /// <summary>The users and groups who have the role, at most 1,000. Default: nobody.</summary>
    public IReadOnlyList<Participant>? Participants { get; init; }
}

/// <summary>Changes a role; what is not given stays. Over REST only.</summary>
public sealed record PatchRoleRequest : RoleRequest
{
    /// <summary>At most 4,000 characters. Default: unchanged.</summary>
    public string? Description { get; init; }

    /// <summary>All of the role's permissions. Default: unchanged.</summary>
    public IReadOnlyList<string>? Permissions { get; init; }

    /// <summary>All users and groups who have the role, at most 1,000. Default: unchanged.</summary>
    public IReadOnlyList<Participant>? Participants { get; init; }
}

/// <summary>Gives a role to a user or a group, or takes it. Over REST only.</summary>
public sealed record RoleParticipantRequest : RoleRequest
{
    /// <summary>The user or group; without a role.</summary>
    public required Participant Participant { get; init; }
}

/// <summary>Watches the sessions of an application.</summary>
public sealed record WatchApplicationRequest : ApplicationRequest
{
    /// <summary>Where the client was in the application's feed. Default: nowhere, and it is told to list the sessions.</summary>
    public ResumePosition? Since { get; init; }

    /// <summary>Only sessions that have all of these properties. Default: all sessions that the caller may read.</summary>
    public IReadOnlyDictionary<string, string>? Properties { get; init; }
}
