using RealtimeSessions.EndToEnd.Tests.Hostile.Run;

namespace RealtimeSessions.EndToEnd.Tests.Hostile.Rest;

/// <summary>Every operation on conversations, and on what they are about and for, with a request that it takes, in an order in which all of them succeed.</summary>
internal static class ConversationExamples
{
    public static IReadOnlyList<RestRequest> Of(ConversationStage stage) =>
        [.. Spaces(stage), .. Groups(stage), .. Users(stage), .. Conversations(stage), .. Comments(stage), .. Ends(stage)];

    /// <summary>Those that change something that the stage shows.</summary>
    public static IReadOnlyList<RestRequest> ChangesOf(ConversationStage stage) => [.. Of(stage).Where(request => request.Method is "POST" or "PUT")];

    private static RestRequest[] Spaces(ConversationStage stage) =>
    [
        new("GET", "spaces?include=participants&per_page=10"),
        new("POST", "spaces?include=participants",
            $$"""{"spaces":[{"name":"Space","details":"d","participants":[{"user_id":{{stage.MemberId}},"role":2}]}]}"""),
        new("GET", $"spaces/{stage.SpaceId}?include=participants"),
        new("PUT", $"spaces/{stage.SpaceId}", """{"spaces":[{"id":1,"name":"Name","details":"Details","href":"x","created_at":1,"updated_at":2}]}"""),
        new("POST", $"spaces/{stage.SpaceId}/participants", $$"""{"participants":[{"user_id":{{stage.MemberId}},"role":1},{"user_id":{{stage.OwnerId}},"role":1}]}"""),
        new("DELETE", $"spaces/{stage.DeletingSpaceId}/participants/{stage.MemberId}"),
    ];

    private static RestRequest[] Groups(ConversationStage stage) =>
    [
        new("GET", $"groups?space_id={stage.SpaceId}&like=kep&page=1"),
        new("POST", "groups",
            $$"""{"groups":[{"name":"One","space_id":{{stage.SpaceId}},"user_ids":[{{stage.OwnerId}},{{stage.MemberId}}]},{"name":"Two","space_id":{{stage.SpaceId}}}]}"""),
        new("GET", $"groups/{stage.GroupId}"),
        new("PUT", $"groups/{stage.GroupId}", $$"""{"groups":[{"name":"kept","user_ids":[{{stage.MemberId}}]}]}"""),
    ];

    private static RestRequest[] Users(ConversationStage stage) =>
    [
        new("GET", $"users?space_id={stage.SpaceId}&like=a"),
        new("GET", $"users/{stage.MemberId}"),
        new("GET", "userinfo"),
    ];

    private static RestRequest[] Conversations(ConversationStage stage) =>
    [
        new("GET", $"conversations?order_by=updated_at&space_id={stage.SpaceId}&per_page=5"),
        new("GET", "conversations?external_object_id=crm-7&after=1795293226123-7"),
        new("POST", "conversations",
            $$"""{"conversations":[{"name":"One #tag","details":"d","space_id":{{stage.SpaceId}},"participants":[{"user_id":{{stage.MemberId}},"role":1}],"groups":[{"group_id":{{stage.GroupId}},"role":2}],"stakeholder":1,"default_role":2,"initial_comment":"Hello @user:{{stage.MemberId}} @group:{{stage.GroupId}}","external_objects":[{"id":"crm-7","name":"Order","url":"https://crm.example/7"}]},{"name":"Two","space_id":{{stage.SpaceId}},"stakeholder":2,"external_object":{"id":"crm-8"} },{"name":"Three","space_id":{{stage.SpaceId}},"stakeholder":0}]}"""),
        new("POST", "conversations", """{"conversations":[{"name":"Mine","initial_comment":"Hello"}]}"""),
        new("GET", $"conversations/{stage.ConversationId}"),
        new("PUT", $"conversations/{stage.ConversationId}",
            $$"""{"conversations":[{"name":"kept","details":"#d","participants":[{"user_id":{{stage.MemberId}}}],"groups":[{"group_id":{{stage.GroupId}},"role":3}],"default_role":1,"external_objects":[],"tags":["x"],"creator_id":1}]}"""),
    ];

    private static RestRequest[] Comments(ConversationStage stage) =>
    [
        new("GET", $"comments?resource_type=conversation&resource_id={stage.ConversationId}&per_page=2"),
        new("POST", "comments",
            $$"""{"comments":[{"content":"One @user:{{stage.OwnerId}}","resource_type":"conversation","resource_id":{{stage.ConversationId}},"priority":1},{"content":"Two #two","resource_id":{{stage.ConversationId}},"mentions":[{"user_id":1}]}]}"""),
        new("GET", $"comments/{stage.CommentId}"),
    ];

    private static RestRequest[] Ends(ConversationStage stage) =>
    [
        new("DELETE", $"conversations/{stage.DeletingConversationId}"),
        new("DELETE", $"groups/{stage.DeletingGroupId}"),
        new("DELETE", $"spaces/{stage.DeletingSpaceId}"),
    ];
}
