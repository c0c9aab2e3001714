using RealtimeSessions.EndToEnd.Tests.Conversations.Rest;
using RealtimeSessions.EndToEnd.Tests.Deployments;

namespace RealtimeSessions.EndToEnd.Tests.Hostile.Run;

/// <summary>What a stage has of conversations: a space with two members, and of each kind one that valid requests keep and one that they delete.</summary>
/// <param name="SpaceId">The space.</param>
/// <param name="DeletingSpaceId">The space to be lost.</param>
internal sealed record ConversationStage(long SpaceId, long DeletingSpaceId)
{
    /// <summary>The number of the one whose it all is.</summary>
    public required long OwnerId { get; init; }

    /// <summary>The number of the other member.</summary>
    public required long MemberId { get; init; }

    public required long GroupId { get; init; }

    public required long DeletingGroupId { get; init; }

    public required long ConversationId { get; init; }

    public required long DeletingConversationId { get; init; }

    public required long CommentId { get; init; }

    /// <param name="owner">Whose it is.</param>
    /// <param name="member">The other member.</param>
    public static async Task<ConversationStage> BuildAsync(RestClient owner, RestClient member)
    {
        var ownerId = (await owner.DoAsync("GET", "userinfo")).One("users").Id();
        var memberId = (await member.DoAsync("GET", "userinfo")).One("users").Id();
        var space = await MakeSpaceAsync(owner, memberId);
        var groups = await owner.DoAsync("POST", "groups", Resources.Groups(new { name = "kept", space_id = space }, new { name = "deleting", space_id = space }));
        var conversations = await owner.DoAsync("POST", "conversations", Resources.Conversations(
            new { name = "kept", space_id = space, initial_comment = "A comment" }, new { name = "deleting", space_id = space }));
        var kept = conversations.Ids("conversations")[0];
        return new ConversationStage(space, await MakeSpaceAsync(owner, memberId))
        {
            OwnerId = ownerId,
            MemberId = memberId,
            GroupId = groups.Ids("groups")[0],
            DeletingGroupId = groups.Ids("groups")[1],
            ConversationId = kept,
            DeletingConversationId = conversations.Ids("conversations")[1],
            CommentId = (await owner.DoAsync("GET", $"comments?resource_type=conversation&resource_id={kept}")).One("comments").Id(),
        };
    }

    /// <summary>Removes it, if no request has done so.</summary>
    public async Task ClearAsync(RestClient owner)
    {
        await owner.CallAsync("DELETE", $"spaces/{SpaceId}");
        await owner.CallAsync("DELETE", $"spaces/{DeletingSpaceId}");
    }

    private static async Task<long> MakeSpaceAsync(RestClient owner, long memberId)
    {
        var space = new { name = "A stage", participants = new[] { new { user_id = memberId } } };
        return (await owner.DoAsync("POST", "spaces", Resources.Spaces(space))).One("spaces").Id();
    }
}
