using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Api.Resources;
using RealtimeSessions.Server.Conversations;

namespace RealtimeSessions.Server.Api.Routes;

/// <summary>Users as they know each other.</summary>
internal sealed class UserRoutes(UserService users) : ResourceRoutes("Users")
{
    public override IReadOnlyList<ApiOperation> Operations =>
    [
        new ApiOperation<UserListRequest, UserList>("GET", "/users", "ListUsers")
        {
            Summary = "List users",
            Description = "The caller, and those whom he shares a space with.",
            Request = Takes.UserListRequest,
            Answer = Gives.UserList,
            Handle = (call, request) => PageAsync(
                call, users.ListAsync(call.Caller, request.SpaceId, request.Like, request.ToPage()), page => UserList.Of(page, call)),
            Errors = [ErrorCode.SpaceNotFound],
        },
        new ApiOperation<ResourceRequest, UserList>("GET", "/users/{id}", "GetUser")
        {
            Summary = "Read a user",
            Description = "The caller himself, or somebody whom he shares a space with.",
            Request = Takes.ResourceRequest,
            Answer = Gives.UserList,
            Handle = (call, request) => AnswerAsync(users.GetAsync(call.Caller, request.Id), found => UserList.Of([found], call)),
            Errors = [ErrorCode.UserNotFound],
        },
        new ApiOperation<Empty, UserList>("GET", "/userinfo", "GetUserInfo")
        {
            Summary = "Who am I",
            Description = "The caller. A user is entered at his first request, from the subject, the name and the e-mail address of his token.",
            Request = Requests.Empty,
            Answer = Gives.UserList,
            Handle = (call, _) => AnswerAsync(users.GetSelfAsync(call.Caller), self => UserList.Of([self], call)),
        },
    ];
}
