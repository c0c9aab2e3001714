using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Identity;

namespace RealtimeSessions.Server.Applications;

/// <summary>An application with its roles, as of one moment, ready to judge by.</summary>
internal sealed class ApplicationModel(Application application, IReadOnlyList<Role> roles)
{
    private readonly Dictionary<(ParticipantType Type, string Id), Permissions> _byParticipant = ByParticipant(roles);

    private readonly Dictionary<string, Permissions> _byRole =
        roles.ToDictionary(role => role.Name, role => PermissionNames.Parse(role.Permissions));

    public Application Application { get; } = application;

    /// <summary>What the caller's roles permit in the application.</summary>
    public Permissions PermissionsOf(Caller caller)
    {
        var sum = _byParticipant.GetValueOrDefault((ParticipantType.User, caller.UserId));
        foreach (var group in caller.Groups)
        {
            sum |= _byParticipant.GetValueOrDefault((ParticipantType.Group, group));
        }

        return sum;
    }

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

    /// <summary>What a role gives to a participant of a session whose entry names it, as the flags for participants; nothing if there is
    /// no such role.</summary>
    public Permissions PermissionsOfRole(string name) => _byRole.GetValueOrDefault(name) & Permissions.AsParticipant;

    /// <summary>Whether the application has a role.</summary>
    public bool HasRole(string name) => _byRole.ContainsKey(name);

    /// <summary>Whether it has the roles of another model, each with the same permissions, whoever holds them.</summary>
    public bool HasRolesOf(ApplicationModel other) =>
        _byRole.Count == other._byRole.Count
        && _byRole.All(role => other._byRole.TryGetValue(role.Key, out var permissions) && permissions == role.Value);

    /// <summary>Whether the application has a version.</summary>
    public bool HasVersion(int version) =>
        version >= 1 && version <= Math.Max(Application.DraftVersion ?? 0, Application.PublishedVersion ?? 0);

    private static Dictionary<(ParticipantType Type, string Id), Permissions> ByParticipant(IReadOnlyList<Role> roles)
    {
        var held = new Dictionary<(ParticipantType Type, string Id), Permissions>();
        foreach (var role in roles)
        {
            var permissions = PermissionNames.Parse(role.Permissions);
            foreach (var participant in role.Participants)
            {
                var key = (participant.Type, participant.Id);
                held[key] = held.GetValueOrDefault(key) | permissions;
            }
        }

        return held;
    }
}
