using RealtimeSessions.Protocol;

namespace RealtimeSessions.Server.Applications;

/// <summary>What a role can be made of. Each rule answers with the first error, or null.</summary>
internal static class RoleRules
{
    private const string RoleText = "must not be given: who takes part in a role is given by type and id.";

    /// <summary>Why a role cannot have these permissions and participants.</summary>
    public static Error? Check(IReadOnlyList<string>? permissions, IReadOnlyList<Participant>? participants)
    {
        for (var i = 0; i < permissions?.Count; i++)
        {
            if (!PermissionNames.IsKnown(permissions[i]))
            {
                return Error.InvalidArgument($"$.permissions[{i}]", "is not the name of a permission.");
            }
        }

        for (var i = 0; i < participants?.Count; i++)
        {
            if (participants[i].Role is not null)
            {
                return Error.InvalidArgument($"$.participants[{i}].role", RoleText);
            }
        }

        return null;
    }

    /// <summary>Why somebody cannot take part in a role.</summary>
    public static Error? Check(Participant participant) =>
        participant.Role is null ? null : Error.InvalidArgument("$.participant.role", RoleText);
}
