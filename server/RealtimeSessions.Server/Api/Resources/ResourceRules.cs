using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Conversations.Inputs;
using RealtimeSessions.Server.Requests;

namespace RealtimeSessions.Server.Api.Resources;

/// <summary>What requests about conversations must hold.</summary>
internal sealed class ResourceRules(ValueRules values, InputRules inputs) : IRequestRules
{
    private const int MaximumPage = 100;
    private const long MaximumReach = 10_000;
    private const int MaximumItems = 100;

    public Error? Check(object request) => request switch
    {
        ListRequest list => Page(list) ?? CheckList(list),
        ResourceRequest one => ConversationRules.Id("$.id", one.Id) ?? CheckOne(one),
        NewConversationsRequest made => Several("$.conversations", made.Conversations, inputs.NewConversation),
        NewCommentsRequest made => Several("$.comments", made.Comments, inputs.NewComment),
        NewSpacesRequest made => Several("$.spaces", made.Spaces, inputs.NewSpace),
        NewGroupsRequest made => Several("$.groups", made.Groups, inputs.NewGroup),
        _ => null,
    };

    private Error? CheckOne(ResourceRequest request) => request switch
    {
        ConversationChangeRequest change => One("$.conversations", change.Conversations, inputs.Conversation),
        SpaceChangeRequest change => One("$.spaces", change.Spaces, inputs.Space),
        GroupChangeRequest change => One("$.groups", change.Groups, inputs.Group),
        NewSpaceParticipantsRequest added => Several("$.participants", added.Participants, inputs.SpaceParticipant),
        SpaceParticipantRequest removed => ConversationRules.Id("$.user_id", removed.UserId),
        _ => null,
    };

    private Error? CheckList(ListRequest request) => request switch
    {
        ConversationListRequest list => ConversationRules.Id("$.space_id", list.SpaceId) ?? InputRules.ObjectId("$.external_object_id", list.ExternalObjectId),
        CommentListRequest list => InputRules.ResourceType("$.resource_type", list.ResourceType) ?? ConversationRules.Id("$.resource_id", list.ResourceId),
        GroupListRequest list => ConversationRules.Id("$.space_id", list.SpaceId) ?? values.Name("$.like", list.Like),
        UserListRequest list => ConversationRules.Id("$.space_id", list.SpaceId) ?? values.Name("$.like", list.Like),
        _ => null,
    };

    private static Error? Page(ListRequest list) =>
        ConversationRules.Number("$.per_page", list.PerPage, 1, MaximumPage)
        ?? (list.Page < 1 ? Error.InvalidArgument("$.page", "must be 1 or more.") : null)
        ?? (list.Page is not null && list.After is not null ? Error.InvalidArgument("$.page", "cannot be together with after.") : null)
        ?? (list.Page * (long)list.PageSize() > MaximumReach
            ? Error.InvalidArgument("$.page", $"times per_page must be at most {MaximumReach}; Link continues any far.")
            : null);

    private static Error? Several<T>(string path, IReadOnlyList<T> items, Func<string, T, Error?> check)
        where T : class, IResourceInput =>
        items.Count == 0 ? Error.InvalidArgument(path, $"must be 1 to {MaximumItems}.") : ConversationRules.Each(path, items, MaximumItems, check);

    private static Error? One<T>(string path, IReadOnlyList<T> items, Func<string, T, Error?> check)
        where T : class, IResourceInput =>
        items.Count != 1 ? Error.InvalidArgument(path, "must be exactly one.") : ConversationRules.Each(path, items, 1, check);
}
