using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Api.Resources;
using RealtimeSessions.Server.Conversations;

namespace RealtimeSessions.Server.Api.Routes;

/// <summary>Comments of conversations.</summary>
internal sealed class CommentRoutes(CommentService comments, CommentReader reader) : ResourceRoutes("Comments")
{
    private const string All = "/comments";

    public override IReadOnlyList<ApiOperation> Operations =>
    [
        new ApiOperation<CommentListRequest, CommentList>("GET", All, "ListComments")
        {
            Summary = "List comments",
            Description = "Those of one conversation, newest first.",
            Request = Takes.CommentListRequest,
            Answer = Gives.CommentList,
            Handle = (call, request) => PageAsync(
                call, reader.ListAsync(call.Caller, request.ResourceId, request.ToPage()), page => CommentList.Of(page, call)),
            Errors = [ErrorCode.ConversationNotFound],
        },
        new ApiOperation<NewCommentsRequest, CommentList>("POST", All, "CreateComments")
        {
            Summary = "Comment",
            Description = "1 to 100 comments; all of them are made, or none is. @user:14, @user:bob@example.com and @group:11 mention participants. For editors and viewers.",
            Request = Takes.NewCommentsRequest,
            Answer = Gives.CommentList,
            Status = StatusCodes.Status201Created,
            LocationOf = (_, made) => Addresses.Comment(made.Comments[0].Id),
            Handle = (call, request) => AnswerAsync(
                comments.CreateAsync(call.Caller, request.Comments, EventSource.Rest), made => CommentList.Of(made, call)),
            Errors = [ErrorCode.ConversationNotFound, ErrorCode.Forbidden, ErrorCode.MentionNotFound, ErrorCode.RuleBroken],
        },
        new ApiOperation<ResourceRequest, CommentList>("GET", All + "/{id}", "GetComment")
        {
            Summary = "Read a comment",
            Description = "Whoever sees the conversation sees its comments.",
            Request = Takes.ResourceRequest,
            Answer = Gives.CommentList,
            Handle = (call, request) => AnswerAsync(reader.GetAsync(call.Caller, request.Id), found => CommentList.Of([found], call)),
            Errors = [ErrorCode.CommentNotFound],
        },
    ];
}
