using RealtimeSessions.Protocol;

namespace RealtimeSessions.Server.Applications;

/// <summary>The roles that every application begins with.</summary>
internal static class DefaultRoles
{
    public const string Administrator = "Administrator";
    public const string Contributor = "Contributor";
    public const string Viewer = "Viewer";

    /// <summary>The three roles, the creator in the first.</summary>
    public static IReadOnlyList<Role> For(string creator) =>
    [
        Make(Administrator, "May do everything.", PermissionNames.All, new Participant(creator)),
        Make(Contributor, "May create sessions, and read and change those he takes part in.",
        [
            "application:read", "session:create",
            .. PermissionNames.All.Where(name => name.EndsWith(":participant", StringComparison.Ordinal) && name != "session:delete:participant"),
        ]),
        Make(Viewer, "May read the sessions he takes part in.", ["application:read", "session:read:participant"]),
    ];

    private static Role Make(string name, string description, IReadOnlyList<string> permissions, params Participant[] participants) =>
        new() { Name = name, Description = description, Permissions = permissions, Participants = participants };
}
