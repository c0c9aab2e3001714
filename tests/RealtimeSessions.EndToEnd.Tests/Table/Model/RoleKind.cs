using RealtimeSessions.EndToEnd.Tests.Table.Document;

namespace RealtimeSessions.EndToEnd.Tests.Table.Model;

/// <summary>A role of an application, as PROTOCOL.md gives it or as a test makes it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Permissions">What it permits.</param>
/// <param name="IsDefault">Whether every application begins with it.</param>
internal sealed record RoleKind(string Name, IReadOnlyList<string> Permissions, bool IsDefault = false)
{
    private static readonly string[] OnSessions = [.. ProtocolDocument.Permissions.Where(name => name.StartsWith("session:", StringComparison.Ordinal) && name != "session:create")];
    private static readonly string[] OnApplications = [.. ProtocolDocument.Permissions.Except(OnSessions)];

    /// <summary>No role.</summary>
    public static RoleKind None { get; } = new("no role", []);

    public static RoleKind Administrator { get; } = new("Administrator", [.. OnApplications, .. Scoped("participant"), .. Scoped("any")], IsDefault: true);

    public static RoleKind Contributor { get; } = new(
        "Contributor",
        ["application:read", "session:create", .. Scoped("participant").Where(name => name != "session:delete:participant")],
        IsDefault: true);

    public static RoleKind Viewer { get; } = new("Viewer", ["application:read", "session:read:participant"], IsDefault: true);

    /// <summary>A role with every permission on any session, which gives nothing to a participant whose entry names it.</summary>
    public static RoleKind Anywhere { get; } = new("Anywhere", [.. Scoped("any")]);

    /// <summary>Roles with one permission alone, and such as can read besides.</summary>
    public static IReadOnlyList<RoleKind> Single { get; } =
    [
        .. OnApplications.Select(permission => new RoleKind($"only {permission}", [permission])),
        .. Scoped("any").Concat(Scoped("participant")).Select(permission => new RoleKind($"only {permission}", [permission])),
        .. Scoped("any").Where(permission => permission != "session:read:any")
            .Select(permission => new RoleKind($"reading and {permission}", ["session:read:any", permission])),
    ];

    public override string ToString() => Name;

    private static IEnumerable<string> Scoped(string scope) => OnSessions.Select(permission => $"{permission}:{scope}");
}
