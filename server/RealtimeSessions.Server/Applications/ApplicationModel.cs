using System.Collections.Frozen;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Identity;

namespace RealtimeSessions.Server.Applications;

/// <summary>An application with its roles, as of one moment, ready to judge by.</summary>
internal sealed class ApplicationModel(Application application, IReadOnlyList<Role> roles)
{
    private readonly (Role Role, Permissions Permissions)[] _roles =
        [.. roles.Select(role => (role, PermissionNames.Parse(role.Permissions)))];

    private readonly FrozenDictionary<string, Permissions> _byName =
        roles.ToFrozenDictionary(role => role.Name, role => PermissionNames.Parse(role.Permissions));

    public Application Application { get; } = application;

    /// <summary>What the caller's roles permit in the application.</summary>
    public Permissions PermissionsOf(Caller caller)
    {
        var sum = Permissions.None;
        foreach (var (role, permissions) in _roles)
        {
            if (role.Participants.Any(caller.Is))
            {
                sum |= permissions;
            }
        }

        return sum;
    }

    /// <summary>Whether the application has a role.</summary>
    public bool HasRole(string name) => _byName.ContainsKey(name);

    /// <summary>What a role permits where an entry of a session names it, as flags for participants.</summary>
    public Permissions PermissionsOfRole(string name) => _byName.GetValueOrDefault(name) & Permissions.AsParticipant;

    /// <summary>What the caller's roles permit in sessions where he is a participant, as flags for participants.</summary>
    public Permissions PermissionsAsParticipant(Caller caller)
    {
        var own = PermissionsOf(caller);
        return (own | (Permissions)((int)own >> PermissionNames.AnyShift)) & Permissions.AsParticipant;
    }

    /// <summary>What the caller may do in a session, given as the flags for participants, whichever way he came to them.</summary>
    public Permissions PermissionsIn(Session session, Caller caller)
    {
        var own = PermissionsOf(caller);
        var inSession = (Permissions)((int)own >> PermissionNames.AnyShift) & Permissions.AsParticipant;
        foreach (var participant in session.Participants)
        {
            if (caller.Is(participant))
            {
                inSession |= own & Permissions.AsParticipant;
                if (participant.Role is { } role)
                {
                    inSession |= PermissionsOfRole(role);
                }
            }
        }

        return inSession;
    }

    /// <summary>Whether the application has a version.</summary>
    public bool HasVersion(int version) =>
        version >= 1 && version <= Math.Max(Application.DraftVersion ?? 0, Application.PublishedVersion ?? 0);
}
