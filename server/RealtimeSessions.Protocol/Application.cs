namespace RealtimeSessions.Protocol;

/// <summary>A developer's application: the frame for versions, roles and sessions.</summary>
public sealed record Application
{
    /// <summary>A slug, <c>[a-z0-9-]{1,64}</c>.</summary>
    public required string ApplicationId { get; init; }

    /// <summary>1 to 200 characters.</summary>
    public required string Name { get; init; }

    /// <summary>What the application is; may be empty.</summary>
    public string Description { get; init; } = "";

    /// <summary>The latest draft's version, or null.</summary>
    public int? DraftVersion { get; init; }

    /// <summary>The latest published version, or null.</summary>
    public int? PublishedVersion { get; init; }

    /// <summary>The user who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>Permissions that users and groups have in an application.</summary>
public sealed record Role
{
    /// <summary>1 to 200 characters, unique within the application.</summary>
    public required string Name { get; init; }

    /// <summary>What the role is for; may be empty.</summary>
    public string Description { get; init; } = "";

    /// <summary>Names of permissions, for example <c>session:read:participant</c>.</summary>
    public required IReadOnlyList<string> Permissions { get; init; }

    /// <summary>The users and groups who have the role.</summary>
    public required IReadOnlyList<Participant> Participants { get; init; }

    /// <summary>The user who made it; empty for a default role.</summary>
    public string CreatedBy { get; init; } = "";

    /// <summary>When it was made; 0001-01-01T00:00:00Z for a default role.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The user who changed it last; empty if nobody has.</summary>
    public string ModifiedBy { get; init; } = "";

    /// <summary>When it was changed last.</summary>
    public DateTimeOffset ModifiedAt { get; init; }
}
