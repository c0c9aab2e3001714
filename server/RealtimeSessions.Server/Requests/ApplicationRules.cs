using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;

namespace RealtimeSessions.Server.Requests;

/// <summary>What requests about applications and roles must hold.</summary>
internal sealed class ApplicationRules(ValueRules values)
{
    private const int MaximumPermissions = 100;

    public Error? Check(ApplicationRequest request) => request switch
    {
        CreateApplicationRequest create => values.Name("$.name", create.Name) ?? values.Description("$.description", create.Description),
        PatchApplicationRequest patch => values.Name("$.name", patch.Name) ?? values.Description("$.description", patch.Description),
        WatchApplicationRequest watch => ValueRules.Since(watch.Since) ?? values.Properties("$.properties", watch.Properties),
        RoleRequest role => values.Name("$.name", role.Name) ?? CheckRole(role),
        _ => null,
    };

    private Error? CheckRole(RoleRequest request) => request switch
    {
        CreateRoleRequest create => Role(create.Description, create.Permissions, create.Participants),
        PatchRoleRequest patch => Role(patch.Description, patch.Permissions, patch.Participants),
        RoleParticipantRequest change => values.Participant("$.participant", change.Participant),
        _ => null,
    };

    private Error? Role(string? description, IReadOnlyList<string>? permissions, IReadOnlyList<Participant>? participants) =>
        values.Description("$.description", description)
        ?? ValueRules.Texts("$.permissions", permissions, MaximumPermissions)
        ?? values.Participants("$.participants", participants);
}
