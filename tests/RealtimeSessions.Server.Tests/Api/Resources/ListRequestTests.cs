using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Api.Resources;
using RealtimeSessions.Server.Conversations;

namespace RealtimeSessions.Server.Tests.Api.Resources;

public sealed class ListRequestTests
{
    private static readonly ResourceRequestJson Json = ResourceRequestJson.Default;

    [Fact]
    public void List_WithNothing_IsTheFirstPage()
    {
        var request = ResourceReading.List(Json.ConversationListRequest, "").Value!;

        Assert.Equal(new ConversationListRequest(), request);
        Assert.Equal(new PageRequest(25) { Page = 1 }, request.ToPage());
    }

    [Fact]
    public void List_WithEverything_IsRead()
    {
        var request = ResourceReading.List(
            Json.ConversationListRequest, "?order_by=updated_at&space_id=9&external_object_id=session:a/b&per_page=10&after=1795293226123-000007").Value!;

        Assert.Equal((ConversationOrder.UpdatedAt, 9L, "session:a/b"), (request.OrderBy!.Value, request.SpaceId!.Value, request.ExternalObjectId));
        Assert.Equal(new PageRequest(10) { After = new CatalogCursor(1_795_293_226_123, "000007") }, request.ToPage());
    }

    [Theory]
    [InlineData("?per_page=1", null)]
    [InlineData("?per_page=0", "$.per_page")]
    [InlineData("?per_page=100&page=100", null)]
    [InlineData("?per_page=100&page=101", "$.page")]
    [InlineData("?per_page=101", "$.per_page")]
    [InlineData("?per_page=99999999999", "$.per_page")]
    [InlineData("?per_page=x", "$.per_page")]
    [InlineData("?per_page=", "$.per_page")]
    [InlineData("?page=1", null)]
    [InlineData("?page=0", "$.page")]
    [InlineData("?page=400", null)]
    [InlineData("?page=401", "$.page")]
    [InlineData("?page=2147483647", "$.page")]
    [InlineData("?page=1&after=1-1", "$.page")]
    [InlineData("?after=", "$.after")]
    [InlineData("?after=1", "$.after")]
    [InlineData("?after=1-", "$.after")]
    [InlineData("?after=-1-1", "$.after")]
    [InlineData("?after=1-%00", "$.after")]
    [InlineData("?after=99999999999999999999-1", "$.after")]
    [InlineData("?order_by=created_at", null)]
    [InlineData("?order_by=name", "$.order_by")]
    [InlineData("?order_by=1", "$.order_by")]
    [InlineData("?space_id=0", "$.space_id")]
    [InlineData("?space_id=9007199254740992", null)]
    [InlineData("?space_id=9007199254740993", "$.space_id")]
    [InlineData("?space_id=1&space_id=2", "$.space_id")]
    [InlineData("?external_object_id=", "$.external_object_id")]
    [InlineData("?spaceId=1", "$.spaceId")]
    [InlineData("?limit=1", "$.limit")]
    public void List_OfConversations_RefusesWithThePath(string query, string? path) =>
        AssertRefused(ResourceReading.List(Json.ConversationListRequest, query).Error, path);

    [Theory]
    [InlineData("?resource_type=conversation&resource_id=7", null)]
    [InlineData("?resource_id=7", "$.resource_type")]
    [InlineData("?resource_type=conversation", "$.resource_id")]
    [InlineData("?resource_type=task&resource_id=7", "$.resource_type")]
    [InlineData("?resource_type=conversation&resource_id=0", "$.resource_id")]
    public void List_OfComments_NeedsTheConversation(string query, string? path) =>
        AssertRefused(ResourceReading.List(Json.CommentListRequest, query).Error, path);

    [Theory]
    [InlineData("?include=participants", null)]
    [InlineData("?include=groups", "$.include")]
    [InlineData("?include=0", "$.include")]
    public void List_OfSpaces_IncludesParticipants(string query, string? path) =>
        AssertRefused(ResourceReading.List(Json.SpaceListRequest, query).Error, path);

    [Theory]
    [InlineData("?like=roof&space_id=9", null)]
    [InlineData("?like=", "$.like")]
    [InlineData("?space_id=0", "$.space_id")]
    public void List_OfGroupsAndUsers_TakesWhatTheyAreLike(string query, string? path)
    {
        AssertRefused(ResourceReading.List(Json.GroupListRequest, query).Error, path);
        AssertRefused(ResourceReading.List(Json.UserListRequest, query).Error, path);
    }

    private static void AssertRefused(Error? error, string? path) =>
        Assert.Equal((path, path is null ? null : ErrorCode.InvalidArgument), (ResourceReading.PathOf(error), error?.Code));
}
