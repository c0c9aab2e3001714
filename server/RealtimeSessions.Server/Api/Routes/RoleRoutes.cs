using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;
using RealtimeSessions.Server.Applications;

namespace RealtimeSessions.Server.Api.Routes;

/// <summary>Roles of an application, and who has them.</summary>
internal sealed class RoleRoutes(ApplicationService applications) : ApiRoutes("Roles")
{
    private const string Participants = OneRole + "/participants";
    private const string Part = "participant";

    public override IReadOnlyList<ApiOperation> Operations =>
    [
        new ApiOperation<ApplicationRequest, RoleList>("GET", Roles, "ListRoles")
        {
            Summary = "List roles",
            Description = "All of them: the default ones, then the others as they were made. Needs application:read.",
            Request = Requests.ApplicationRequest,
            Answer = Answers.RoleList,
            Handle = (call, request) => applications.ListRolesAsync(call.Caller, request),
            Errors = [ErrorCode.Forbidden],
        },
        new ApiOperation<CreateRoleRequest, Role>("POST", Roles, "CreateRole")
        {
            Summary = "Make a role",
            Description = "Permissions, and who has them. Needs application:update.",
            Request = Requests.CreateRoleRequest,
            Answer = Answers.Role,
            Status = StatusCodes.Status201Created,
            Handle = (call, request) => applications.CreateRoleAsync(call.Caller, request),
            LocationOf = (request, role) => Addresses.Role(request.ApplicationId, role.Name),
            Errors = [ErrorCode.Forbidden, ErrorCode.Conflict, ErrorCode.LimitExceeded],
        },
        new ApiOperation<RoleRequest, Role>("GET", OneRole, "GetRole")
        {
            Summary = "Read a role",
            Description = "Needs application:read.",
            Request = Requests.RoleRequest,
            Answer = Answers.Role,
            Handle = (call, request) => applications.GetRoleAsync(call.Caller, request),
            Errors = [ErrorCode.Forbidden],
        },
        new ApiOperation<PatchRoleRequest, Role>("PATCH", OneRole, "PatchRole")
        {
            Summary = "Change a role",
            Description = "What is not given stays; permissions and participants are replaced whole. Somebody must keep application:update, "
                + "else it is a conflict. Needs application:update.",
            Request = Requests.PatchRoleRequest,
            Answer = Answers.Role,
            Handle = (call, request) => applications.PatchRoleAsync(call.Caller, request),
            Errors = [ErrorCode.Forbidden, ErrorCode.Conflict, ErrorCode.LimitExceeded],
        },
        new ApiOperation<RoleRequest, Empty>("DELETE", OneRole, "DeleteRole")
        {
            Summary = "Delete a role",
            Description = "It ends at once for all who have it, also where participants of sessions name it. Needs application:update.",
            Request = Requests.RoleRequest,
            Answer = Answers.Empty,
            Status = StatusCodes.Status204NoContent,
            Handle = (call, request) => applications.DeleteRoleAsync(call.Caller, request),
            Errors = [ErrorCode.Forbidden, ErrorCode.Conflict],
        },
        new ApiOperation<RoleParticipantRequest, Role>("POST", Participants, "AddRoleParticipant")
        {
            Summary = "Give a role to a user or a group",
            Description = "Nothing changes if he has it. Needs application:update.",
            Part = Part,
            Request = Requests.RoleParticipantRequest,
            Answer = Answers.Role,
            Handle = (call, request) => applications.AddRoleParticipantAsync(call.Caller, request),
            Errors = [ErrorCode.Forbidden, ErrorCode.LimitExceeded],
        },
        new ApiOperation<RoleParticipantRequest, Role>("DELETE", Participants + "/{type}/{id}", "RemoveRoleParticipant")
        {
            Summary = "Take a role from a user or a group",
            Description = "Nothing changes if he does not have it. Somebody must keep application:update, else it is a conflict. "
                + "Needs application:update.",
            Part = Part,
            Request = Requests.RoleParticipantRequest,
            Answer = Answers.Role,
            Handle = (call, request) => applications.RemoveRoleParticipantAsync(call.Caller, request),
            Errors = [ErrorCode.Forbidden, ErrorCode.Conflict],
        },
    ];
}
