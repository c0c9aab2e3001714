using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;

namespace RealtimeSessions.Server.Applications;

/// <summary>What changes of roles make of an application. A change of nothing gives the same document; none takes the permission to change
/// from the last who holds it.</summary>
internal static class RoleChanges
{
    public static Result<ApplicationDocument> Create(ApplicationDocument present, CreateRoleRequest request, ChangeContext context)
    {
        if (RoleRules.Check(request.Permissions, request.Participants) is { } error)
        {
            return error;
        }

        if (present.FindRole(request.Name) is not null)
        {
            return ApplicationPolicy.Conflict("There is a role of this name already.");
        }

        var limit = context.Limits.MaximumRoles;
        if (present.Roles.Count >= limit)
        {
            return Error.LimitExceeded(limit, $"An application has at most {limit} roles.");
        }

        var role = new Role
        {
            Name = request.Name,
            Description = request.Description ?? "",
            Permissions = Merge(request.Permissions),
            Participants = Merge(request.Participants ?? []),
            CreatedBy = context.UserId,
            CreatedAt = context.Now,
        };
        return present with { Roles = [.. present.Roles, role] };
    }

    public static Result<ApplicationDocument> Patch(ApplicationDocument present, PatchRoleRequest request, ChangeContext context) =>
        RoleRules.Check(request.Permissions, request.Participants) is { } error
            ? error
            : Change(present, request.Name, context, role => role with
            {
                Description = request.Description ?? role.Description,
                Permissions = request.Permissions is { } permissions ? Merge(permissions) : role.Permissions,
                Participants = request.Participants is { } participants ? Merge(participants) : role.Participants,
            });

    public static Result<ApplicationDocument> Delete(ApplicationDocument present, RoleRequest request) =>
        present.FindRole(request.Name) is null
            ? ApplicationPolicy.RoleNotFound
            : WithRoles(present, present.Roles.Where(role => role.Name != request.Name));

    public static Result<ApplicationDocument> AddParticipant(
        ApplicationDocument present, RoleParticipantRequest request, ChangeContext context) =>
        RoleRules.Check(request.Participant) is { } error ? error : Change(present, request.Name, context, role =>
        {
            var (merged, limit) = (Merge([.. role.Participants, request.Participant]), context.Limits.MaximumParticipants);
            return merged.Count > Math.Max(limit, role.Participants.Count)
                ? Error.LimitExceeded(limit, $"A role has at most {limit} participants.")
                : role with { Participants = merged };
        });

    public static Result<ApplicationDocument> RemoveParticipant(
        ApplicationDocument present, RoleParticipantRequest request, ChangeContext context) =>
        RoleRules.Check(request.Participant) is { } error ? error : Change(present, request.Name, context, role => role with
        {
            Participants = [.. role.Participants.Where(participant => !participant.IsSameAs(request.Participant))],
        });

    private static Result<ApplicationDocument> Change(
        ApplicationDocument present, string name, ChangeContext context, Func<Role, Result<Role>> change)
    {
        if (present.FindRole(name) is not { } role)
        {
            return ApplicationPolicy.RoleNotFound;
        }

        if (!change(role).TryGet(out var changed, out var error))
        {
            return error;
        }

        if (AreSame(role, changed))
        {
            return present;
        }

        changed = changed with { ModifiedBy = context.UserId, ModifiedAt = context.Now };
        return WithRoles(present, present.Roles.Select(other => other.Name == name ? changed : other));
    }

    private static Result<ApplicationDocument> WithRoles(ApplicationDocument present, IEnumerable<Role> roles)
    {
        var next = present with { Roles = [.. roles] };
        return next.Roles.Any(role => role.Participants.Count > 0 && PermissionNames.Parse(role.Permissions).HasFlag(Permissions.ApplicationUpdate))
            ? next
            : ApplicationPolicy.Conflict("Nobody would hold the permission application:update any more, and nobody could give it back.");
    }

    private static bool AreSame(Role one, Role other) =>
        one.Description == other.Description && one.Permissions.SequenceEqual(other.Permissions)
        && one.Participants.SequenceEqual(other.Participants);

    private static IReadOnlyList<string> Merge(IReadOnlyList<string> permissions) => [.. permissions.Distinct()];

    private static IReadOnlyList<Participant> Merge(IReadOnlyList<Participant> participants) =>
        [.. participants.DistinctBy(participant => (participant.Type, participant.Id))];
}
