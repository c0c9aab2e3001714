using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Api.Resources;
using RealtimeSessions.Server.Conversations;

namespace RealtimeSessions.Server.Api.Routes;

/// <summary>Groups of members of spaces.</summary>
internal sealed class GroupRoutes(GroupService groups) : ResourceRoutes("Groups")
{
    private const string All = "/groups";
    private const string One = All + "/{id}";

    public override IReadOnlyList<ApiOperation> Operations =>
    [
        new ApiOperation<GroupListRequest, GroupList>("GET", All, "ListGroups")
        {
            Summary = "List groups",
            Description = "Those of the caller's spaces, newest first.",
            Request = Takes.GroupListRequest,
            Answer = Gives.GroupList,
            Handle = (call, request) => PageAsync(
                call, groups.ListAsync(call.Caller, request.SpaceId, request.Like, request.ToPage()), page => GroupList.Of(page, call)),
            Errors = [ErrorCode.SpaceNotFound],
        },
        new ApiOperation<NewGroupsRequest, GroupList>("POST", All, "CreateGroups")
        {
            Summary = "Make groups",
            Description = "1 to 100, all in one space; their members must be members of the space. For its owners.",
            Request = Takes.NewGroupsRequest,
            Answer = Gives.GroupList,
            Status = StatusCodes.Status201Created,
            LocationOf = (_, made) => Addresses.Group(made.Groups[0].Id),
            Handle = (call, request) => AnswerAsync(groups.CreateAsync(call.Caller, request.Groups), made => GroupList.Of(made, call)),
            Errors = [ErrorCode.SpaceNotFound, ErrorCode.Forbidden, ErrorCode.RuleBroken, ErrorCode.LimitExceeded],
        },
        new ApiOperation<ResourceRequest, GroupList>("GET", One, "GetGroup")
        {
            Summary = "Read a group",
            Description = "For the members of its space.",
            Request = Takes.ResourceRequest,
            Answer = Gives.GroupList,
            Handle = (call, request) => AnswerAsync(groups.GetAsync(call.Caller, request.Id), found => GroupList.Of([found], call)),
            Errors = [ErrorCode.GroupNotFound],
        },
        new ApiOperation<GroupChangeRequest, GroupList>("PUT", One, "UpdateGroup")
        {
            Summary = "Change a group",
            Description = "What is not given stays; user_ids are replaced whole. For the owners of its space.",
            Request = Takes.GroupChangeRequest,
            Answer = Gives.GroupList,
            Handle = (call, request) => AnswerAsync(
                groups.UpdateAsync(call.Caller, request.Id, request.Groups[0]), changed => GroupList.Of([changed], call)),
            Errors = [ErrorCode.GroupNotFound, ErrorCode.Forbidden, ErrorCode.RuleBroken, ErrorCode.LimitExceeded],
        },
        new ApiOperation<ResourceRequest, Empty>("DELETE", One, "DeleteGroup")
        {
            Summary = "Delete a group",
            Description = "Its members stay in the space. For the owners of the space.",
            Request = Takes.ResourceRequest,
            Answer = Answers.Empty,
            Status = StatusCodes.Status204NoContent,
            Handle = (call, request) => groups.DeleteAsync(call.Caller, request.Id),
            Errors = [ErrorCode.GroupNotFound, ErrorCode.Forbidden],
        },
    ];
}
