using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Api.Resources;
using RealtimeSessions.Server.Conversations;

namespace RealtimeSessions.Server.Api.Routes;

/// <summary>Spaces and their members.</summary>
internal sealed class SpaceRoutes(SpaceService spaces) : ResourceRoutes("Spaces")
{
    private const string All = "/spaces";
    private const string One = All + "/{id}";
    private const string Participants = One + "/participants";
    private const string Include = "include";

    public override IReadOnlyList<ApiOperation> Operations =>
    [
        new ApiOperation<SpaceListRequest, SpaceList>("GET", All, "ListSpaces")
        {
            Summary = "List spaces",
            Description = "Those that the caller is a member of, newest first.",
            Request = Takes.SpaceListRequest,
            Answer = Gives.SpaceList,
            Handle = (call, request) => PageAsync(
                call, spaces.ListAsync(call.Caller, request.ToPage()), page => SpaceList.Of(page, request.Include, call)),
        },
        new ApiOperation<NewSpacesRequest, SpaceList>("POST", All, "CreateSpaces")
        {
            Summary = "Make spaces",
            Description = "One; for anybody. The caller is an owner of it.",
            Request = Takes.NewSpacesRequest,
            InQuery = [Include],
            Answer = Gives.SpaceList,
            Status = StatusCodes.Status201Created,
            LocationOf = (_, made) => Addresses.Space(made.Spaces[0].Id),
            Handle = (call, request) => AnswerAsync(
                spaces.CreateAsync(call.Caller, request.Spaces), made => SpaceList.Of(made, request.Include, call)),
            Errors = [ErrorCode.UserNotFound, ErrorCode.RuleBroken, ErrorCode.LimitExceeded],
        },
        new ApiOperation<OneSpaceRequest, SpaceList>("GET", One, "GetSpace")
        {
            Summary = "Read a space",
            Description = "For its members.",
            Request = Takes.OneSpaceRequest,
            Answer = Gives.SpaceList,
            Handle = (call, request) => AnswerAsync(spaces.GetAsync(call.Caller, request.Id), found => SpaceList.Of([found], request.Include, call)),
            Errors = [ErrorCode.SpaceNotFound],
        },
        new ApiOperation<SpaceChangeRequest, SpaceList>("PUT", One, "UpdateSpace")
        {
            Summary = "Change a space",
            Description = "What is not given stays. For its owners.",
            Request = Takes.SpaceChangeRequest,
            InQuery = [Include],
            Answer = Gives.SpaceList,
            Handle = (call, request) => AnswerAsync(
                spaces.UpdateAsync(call.Caller, request.Id, request.Spaces[0]), changed => SpaceList.Of([changed], request.Include, call)),
            Errors = [ErrorCode.SpaceNotFound, ErrorCode.Forbidden, ErrorCode.RuleBroken],
        },
        new ApiOperation<ResourceRequest, Empty>("DELETE", One, "DeleteSpace")
        {
            Summary = "Delete a space",
            Description = "With its groups and conversations, for good. For its owners.",
            Request = Takes.ResourceRequest,
            Answer = Answers.Empty,
            Status = StatusCodes.Status204NoContent,
            Handle = (call, request) => spaces.DeleteAsync(call.Caller, request.Id),
            Errors = [ErrorCode.SpaceNotFound, ErrorCode.Forbidden],
        },
        new ApiOperation<NewSpaceParticipantsRequest, SpaceList>("POST", Participants, "AddSpaceParticipants")
        {
            Summary = "Add members to a space",
            Description = "1 to 100; who is a member gets the role. The answer is the space with its members. For its owners.",
            Request = Takes.NewSpaceParticipantsRequest,
            Answer = Gives.SpaceList,
            Status = StatusCodes.Status201Created,
            LocationOf = (request, _) => Addresses.Space(request.Id),
            Handle = (call, request) => AnswerAsync(
                spaces.AddParticipantsAsync(call.Caller, request.Id, request.Participants), changed => SpaceList.Of([changed], SpaceInclude.Participants, call)),
            Errors = [ErrorCode.SpaceNotFound, ErrorCode.Forbidden, ErrorCode.UserNotFound, ErrorCode.RuleBroken, ErrorCode.LimitExceeded],
        },
        new ApiOperation<SpaceParticipantRequest, Empty>("DELETE", Participants + "/{user_id}", "RemoveSpaceParticipant")
        {
            Summary = "Take a member out of a space",
            Description = "He sees nothing of its conversations from then on. For its owners, and for oneself.",
            Request = Takes.SpaceParticipantRequest,
            Answer = Answers.Empty,
            Status = StatusCodes.Status204NoContent,
            Handle = (call, request) => spaces.RemoveParticipantAsync(call.Caller, request.Id, request.UserId),
            Errors = [ErrorCode.SpaceNotFound, ErrorCode.Forbidden, ErrorCode.UserNotFound, ErrorCode.RuleBroken],
        },
    ];
}
