using System.Collections.Frozen;

namespace RealtimeSessions.Server.Applications;

/// <summary>What a role can permit. A permission on sessions holds in the sessions where the caller is a participant, or (…Any) in all.</summary>
[Flags]
internal enum Permissions
{
    None = 0,
    ApplicationRead = 1 << 0,
    ApplicationUpdate = 1 << 1,
    ApplicationDelete = 1 << 2,
    SessionCreate = 1 << 3,
    SessionRead = 1 << 4,
    SessionUpdate = 1 << 5,
    SessionData = 1 << 6,
    SessionEvent = 1 << 7,
    SessionParticipants = 1 << 8,
    SessionClose = 1 << 9,
    SessionDelete = 1 << 10,
    SessionReadAny = SessionRead << PermissionNames.AnyShift,
    SessionUpdateAny = SessionUpdate << PermissionNames.AnyShift,
    SessionDataAny = SessionData << PermissionNames.AnyShift,
    SessionEventAny = SessionEvent << PermissionNames.AnyShift,
    SessionParticipantsAny = SessionParticipants << PermissionNames.AnyShift,
    SessionCloseAny = SessionClose << PermissionNames.AnyShift,
    SessionDeleteAny = SessionDelete << PermissionNames.AnyShift,

    /// <summary>Every permission that holds where the caller is a participant.</summary>
    AsParticipant = SessionRead | SessionUpdate | SessionData | SessionEvent | SessionParticipants | SessionClose | SessionDelete,
}

/// <summary>The names that permissions have in roles.</summary>
internal static class PermissionNames
{
    /// <summary>How far the flag that holds in any session stands from the one for participants.</summary>
    public const int AnyShift = 10;

    private static readonly FrozenDictionary<string, Permissions> ByName = Enumerate().ToFrozenDictionary(pair => pair.Name, pair => pair.Permission);

    /// <summary>Every name.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Enumerate().Select(pair => pair.Name)];

    /// <summary>The flags of names; names that are unknown count for nothing.</summary>
    public static Permissions Parse(IEnumerable<string> names) =>
        names.Aggregate(Permissions.None, (sum, name) => sum | ByName.GetValueOrDefault(name));

    /// <summary>Whether there is a permission of this name.</summary>
    public static bool IsKnown(string name) => ByName.ContainsKey(name);

    /// <summary>The name of one flag, without its scope.</summary>
    public static string Describe(Permissions permission) =>
        Enumerate().First(pair => pair.Permission == permission).Name.Replace(":participant", "", StringComparison.Ordinal);

    private static IEnumerable<(string Name, Permissions Permission)> Enumerate()
    {
        yield return ("application:read", Permissions.ApplicationRead);
        yield return ("application:update", Permissions.ApplicationUpdate);
        yield return ("application:delete", Permissions.ApplicationDelete);
        yield return ("session:create", Permissions.SessionCreate);
        foreach (var (action, permission) in new[]
        {
            ("read", Permissions.SessionRead), ("update", Permissions.SessionUpdate), ("data", Permissions.SessionData),
            ("event", Permissions.SessionEvent), ("participants", Permissions.SessionParticipants), ("close", Permissions.SessionClose),
            ("delete", Permissions.SessionDelete),
        })
        {
            yield return ($"session:{action}:participant", permission);
            yield return ($"session:{action}:any", (Permissions)((int)permission << AnyShift));
        }
    }
}
