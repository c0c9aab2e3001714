using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Api.Resources;
using RealtimeSessions.Server.Conversations;

namespace RealtimeSessions.Server.Api.Routes;

/// <summary>Conversations.</summary>
internal sealed class ConversationRoutes(ConversationService conversations) : ResourceRoutes("Conversations")
{
    private const string All = "/conversations";
    private const string One = All + "/{id}";

    public override IReadOnlyList<ApiOperation> Operations =>
    [
        new ApiOperation<ConversationListRequest, ConversationList>("GET", All, "ListConversations")
        {
            Summary = "List conversations",
            Description = "Those that the caller sees, newest first. Link continues, and is the way to walk a list that changes.",
            Request = Takes.ConversationListRequest,
            Answer = Gives.ConversationList,
            Handle = (call, request) => PageAsync(
                call,
                conversations.ListAsync(call.Caller, OrderOf(request), request.SpaceId, request.ExternalObjectId, request.ToPage()),
                page => ConversationList.Of(page, call)),
            Errors = [ErrorCode.SpaceNotFound],
        },
        new ApiOperation<NewConversationsRequest, ConversationList>("POST", All, "CreateConversations")
        {
            Summary = "Make conversations",
            Description = "1 to 100, all in one space or all in none; all of them are made, or none is. The caller is an editor of them. Location is the address of the first.",
            Request = Takes.NewConversationsRequest,
            Answer = Gives.ConversationList,
            Status = StatusCodes.Status201Created,
            LocationOf = (_, made) => Addresses.Conversation(made.Conversations[0].Id),
            Handle = (call, request) => AnswerAsync(
                conversations.CreateAsync(call.Caller, request.Conversations, EventSource.Rest), made => ConversationList.Of(made, call)),
            Errors = [ErrorCode.SpaceNotFound, ErrorCode.MentionNotFound, ErrorCode.RuleBroken, ErrorCode.LimitExceeded],
        },
        new ApiOperation<ResourceRequest, ConversationList>("GET", One, "GetConversation")
        {
            Summary = "Read a conversation",
            Description = "Without its comments.",
            Request = Takes.ResourceRequest,
            Answer = Gives.ConversationList,
            Handle = (call, request) => AnswerAsync(conversations.GetAsync(call.Caller, request.Id), found => ConversationList.Of([found], call)),
            Errors = [ErrorCode.ConversationNotFound],
        },
        new ApiOperation<ConversationChangeRequest, ConversationList>("PUT", One, "UpdateConversation")
        {
            Summary = "Change a conversation",
            Description = "What is not given stays; participants, groups and external_objects are replaced whole. For editors.",
            Request = Takes.ConversationChangeRequest,
            Answer = Gives.ConversationList,
            Handle = (call, request) => AnswerAsync(
                conversations.UpdateAsync(call.Caller, request.Id, request.Conversations[0], EventSource.Rest), changed => ConversationList.Of([changed], call)),
            Errors = [ErrorCode.ConversationNotFound, ErrorCode.Forbidden, ErrorCode.RuleBroken, ErrorCode.LimitExceeded],
        },
        new ApiOperation<ResourceRequest, Empty>("DELETE", One, "DeleteConversation")
        {
            Summary = "Delete a conversation",
            Description = "With its comments, for good. For editors.",
            Request = Takes.ResourceRequest,
            Answer = Answers.Empty,
            Status = StatusCodes.Status204NoContent,
            Handle = (call, request) => conversations.DeleteAsync(call.Caller, request.Id, EventSource.Rest),
            Errors = [ErrorCode.ConversationNotFound, ErrorCode.Forbidden],
        },
    ];

    private static ListOrder OrderOf(ConversationListRequest request) =>
        request.OrderBy is ConversationOrder.UpdatedAt ? ListOrder.UpdatedAt : ListOrder.CreatedAt;
}
