namespace RealtimeSessions.EndToEnd.Tests.Table.Model;

/// <summary>What a caller holds, by the words of PROTOCOL.md.</summary>
/// <param name="Role">His role in the application.</param>
/// <param name="Participation">How he takes part in the session.</param>
internal sealed record Grants(RoleKind Role, Participation Participation)
{
    /// <summary>Whether he has any permission in the application.</summary>
    public bool HasAny => Role.Permissions.Count > 0;

    /// <summary>Whether he has a permission in the application.</summary>
    public bool InApplication(string permission) => Role.Permissions.Contains(permission);

    /// <summary>Whether he has a permission in the session.</summary>
    public bool InSession(string permission) =>
        Role.Permissions.Contains($"{permission}:any")
        || (Participation.ByGroup is not null && Permits(Role, permission))
        || (Participation.Role is { } role && Permits(role, permission));

    /// <summary>Whether he has in the session whatever a role gives to a participant.</summary>
    public bool Covers(RoleKind role) => role.Permissions.Where(permission => permission.EndsWith(":participant", StringComparison.Ordinal))
        .All(permission => InSession(permission[..permission.LastIndexOf(':')]));

    public override string ToString() => $"{Role}, {Participation}";

    private static bool Permits(RoleKind role, string permission) => role.Permissions.Contains($"{permission}:participant");
}
