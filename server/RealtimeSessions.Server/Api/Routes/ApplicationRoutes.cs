using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;
using RealtimeSessions.Server.Applications;

namespace RealtimeSessions.Server.Api.Routes;

/// <summary>Applications and their versions.</summary>
internal sealed class ApplicationRoutes(ApplicationService applications) : ApiRoutes("Applications")
{
    public override IReadOnlyList<ApiOperation> Operations =>
    [
        new ApiOperation<CreateApplicationRequest, Application>("POST", Applications, "CreateApplication")
        {
            Summary = "Make an application",
            Description = "With the draft version 1 and the default roles; the caller is in Administrator. For the users in the server's setting "
                + "Administrators. The id of a deleted application is not used again: conflict.",
            Request = Requests.CreateApplicationRequest,
            Answer = Answers.Application,
            Status = StatusCodes.Status201Created,
            LocationOf = (_, made) => Addresses.Application(made.ApplicationId),
            Handle = (call, request) => applications.CreateAsync(call.Caller, request),
            Errors = [ErrorCode.Forbidden, ErrorCode.Conflict],
        },
        new ApiOperation<ListApplicationsRequest, ApplicationList>("GET", Applications, "ListApplications")
        {
            Summary = "List applications",
            Description = "Those that the caller may read, newest first.",
            Request = Requests.ListApplicationsRequest,
            Answer = Answers.ApplicationList,
            Handle = (call, _) => applications.ListAsync(call.Caller),
        },
        new ApiOperation<ApplicationRequest, Application>("GET", OneApplication, "GetApplication")
        {
            Summary = "Read an application",
            Description = "Needs application:read.",
            Request = Requests.ApplicationRequest,
            Answer = Answers.Application,
            Handle = (call, request) => applications.GetAsync(call.Caller, request),
            Errors = [ErrorCode.Forbidden],
        },
        new ApiOperation<PatchApplicationRequest, Application>("PATCH", OneApplication, "PatchApplication")
        {
            Summary = "Change an application",
            Description = "Name and description; what is not given stays. Needs application:update.",
            Request = Requests.PatchApplicationRequest,
            Answer = Answers.Application,
            Handle = (call, request) => applications.PatchAsync(call.Caller, request),
            Errors = [ErrorCode.Forbidden, ErrorCode.LimitExceeded],
        },
        new ApiOperation<ApplicationRequest, Empty>("DELETE", OneApplication, "DeleteApplication")
        {
            Summary = "Delete an application",
            Description = "With its roles and sessions, for good. Needs application:delete.",
            Request = Requests.ApplicationRequest,
            Answer = Answers.Empty,
            Status = StatusCodes.Status204NoContent,
            Handle = (call, request) => applications.DeleteAsync(call.Caller, request),
            Errors = [ErrorCode.Forbidden],
        },
        new ApiOperation<ApplicationRequest, Application>("POST", OneApplication + "/versions", "CreateVersion")
        {
            Summary = "Make a new draft version",
            Description = "The one after the published version. A draft that is there already is a conflict. Needs application:update.",
            Request = Requests.ApplicationRequest,
            Answer = Answers.Application,
            Status = StatusCodes.Status201Created,
            LocationOf = (_, made) => Addresses.Application(made.ApplicationId),
            Handle = (call, request) => applications.CreateVersionAsync(call.Caller, request),
            Errors = [ErrorCode.Forbidden, ErrorCode.Conflict],
        },
        new ApiOperation<ApplicationRequest, Application>("POST", OneApplication + "/publish", "PublishVersion")
        {
            Summary = "Publish the draft",
            Description = "The draft becomes the published version, which new sessions take by default. Without a draft: conflict. "
                + "Needs application:update.",
            Request = Requests.ApplicationRequest,
            Answer = Answers.Application,
            Handle = (call, request) => applications.PublishAsync(call.Caller, request),
            Errors = [ErrorCode.Forbidden, ErrorCode.Conflict],
        },
    ];
}
