using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Conversations;
using RealtimeSessions.Server.Api.Resources;
using RealtimeSessions.Server.Requests;

namespace RealtimeSessions.Server.Tests.Api.Resources;

public sealed class InputTests
{
    private static readonly ResourceRequestJson Json = ResourceRequestJson.Default;

    [Fact]
    public void Body_OfAConversation_IsReadWithWhatMeansNothing()
    {
        var request = ResourceReading.Body(
            Json.ConversationChangeRequest,
            """
            {"conversations":[{"id":5,"name":"n","href":"h","details":"","space_id":9,"creator_id":1,"participants":[{"user_id":14,"role":1},{"user_id":15,"role":null}],
            "groups":[{"group_id":11}],"stakeholder":0,"default_role":3,"tags":["a"],"initial_comment":"c",
            "external_objects":[{"id":"x","name":"y","url":"https://example.com/a?b"}],"created_at":1,"updated_at":2}]}
            """).Value!;

        var input = Assert.Single(request.Conversations);
        Assert.Equal(7, request.Id);
        Assert.Equal(("n", "", 9L, "c"), (input.Name, input.Details, input.SpaceId!.Value, input.InitialComment));
        Assert.Equal([new UserEntry(14, ConversationRole.Editor), new UserEntry(15)], input.Participants!);
        Assert.Equal([new GroupEntry(11)], input.Groups!);
        Assert.Equal((Stakeholder.JustMe, ConversationRole.CollaborationComplete), (input.Stakeholder!.Value, input.DefaultRole!.Value));
        Assert.Equal("https://example.com/a?b", Assert.Single(input.ExternalObjects!).Url);
    }

    [Theory]
    [InlineData("""{"name":"n","details":null,"participants":null}""", null)]
    [InlineData("""{}""", "name")]
    [InlineData("""{"name":null}""", "name")]
    [InlineData("""{"name":""}""", "name")]
    [InlineData("""{"name":7}""", "name")]
    [InlineData("""{"name":"n","Name":"m"}""", "Name")]
    [InlineData("""{"name":"n","nmae":1}""", "nmae")]
    [InlineData("""{"name":"n","space_id":0}""", "space_id")]
    [InlineData("""{"name":"n","space_id":9007199254740993}""", "space_id")]
    [InlineData("""{"name":"n","space_id":"9"}""", "space_id")]
    [InlineData("""{"name":"n","stakeholder":3}""", "stakeholder")]
    [InlineData("""{"name":"n","stakeholder":"group"}""", "stakeholder")]
    [InlineData("""{"name":"n","default_role":0}""", "default_role")]
    [InlineData("""{"name":"n","default_role":4}""", "default_role")]
    [InlineData("""{"name":"n","participants":[null]}""", "participants[0]")]
    [InlineData("""{"name":"n","participants":[{}]}""", "participants[0].user_id")]
    [InlineData("""{"name":"n","participants":[{"user_id":1},{"user_id":0}]}""", "participants[1].user_id")]
    [InlineData("""{"name":"n","participants":[{"user_id":1,"role":4}]}""", "participants[0].role")]
    [InlineData("""{"name":"n","participants":[{"user_id":1,"rol":1}]}""", "participants[0].rol")]
    [InlineData("""{"name":"n","groups":[{"group_id":1,"role":0}]}""", "groups[0].role")]
    [InlineData("""{"name":"n","groups":[null]}""", "groups[0]")]
    [InlineData("""{"name":"n","groups":{}}""", "groups")]
    [InlineData("""{"name":"n","initial_comment":""}""", "initial_comment")]
    [InlineData("""{"name":"n","external_objects":[{"id":""}]}""", "external_objects[0].id")]
    [InlineData("""{"name":"n","external_objects":[{"name":"x"}]}""", "external_objects[0].id")]
    [InlineData("""{"name":"n","external_objects":[{"id":null}]}""", "external_objects[0].id")]
    [InlineData("""{"name":"n","external_objects":[{"id":"x","name":""}]}""", "external_objects[0].name")]
    [InlineData("""{"name":"n","external_objects":[{"id":"x","url":"/a"}]}""", "external_objects[0].url")]
    [InlineData("""{"name":"n","external_objects":[{"id":"x","url":"javascript:alert(1)"}]}""", "external_objects[0].url")]
    [InlineData("""{"name":"n","external_objects":[null]}""", "external_objects[0]")]
    [InlineData("""{"name":"n","external_object":{"id":"x"}}""", null)]
    [InlineData("""{"name":"n","external_object":{"id":""}}""", "external_object.id")]
    [InlineData("""{"name":"n","external_object":{"id":"x"},"external_objects":[]}""", "external_object")]
    [InlineData("""{"name":"n","tags":[null]}""", "tags")]
    public void Body_OfANewConversation_RefusesWithThePath(string conversation, string? path) => AssertRefused(
        ResourceReading.Body(Json.NewConversationsRequest, $$"""{"conversations":[{{conversation}}]}""").Error, path is null ? null : $"$.conversations[0].{path}");

    [Theory]
    [InlineData("""{"conversations":[]}""", "$.conversations")]
    [InlineData("""{"conversations":[null]}""", "$.conversations[0]")]
    [InlineData("""{"conversations":[{},{}]}""", "$.conversations")]
    [InlineData("""{"conversations":{}}""", "$.conversations")]
    [InlineData("""{"conversations":null}""", "$.conversations")]
    [InlineData("""{"conversations":[[]]}""", "$.conversations[0]")]
    [InlineData("""{"conversation":[{}]}""", "$.conversation")]
    [InlineData("""{"conversations":[{}],"id":7}""", "$.id")]
    [InlineData("""{}""", "$.conversations")]
    [InlineData("""[]""", "$")]
    [InlineData("", "$")]
    [InlineData("""{"conversations":[{}]}""", null)]
    public void Body_OfAChange_HasExactlyOne(string body, string? path) => AssertRefused(ResourceReading.Body(Json.ConversationChangeRequest, body).Error, path);

    [Theory]
    [InlineData(1, null)]
    [InlineData(100, null)]
    [InlineData(101, "$.conversations")]
    public void Body_OfNewOnes_HasAHundredAtMost(int count, string? path) => AssertRefused(
        ResourceReading.Body(
            Json.NewConversationsRequest, $$"""{"conversations":[{{string.Join(',', Enumerable.Repeat("""{"name":"n"}""", count))}}]}""").Error, path);

    [Theory]
    [InlineData("""{"content":"c","resource_id":7}""", null)]
    [InlineData("""{"content":"c","resource_id":7,"resource_type":"conversation","priority":1,"mentions":[{"user_id":3}],"id":1,"href":"h","creator_id":1,"created_at":1}""", null)]
    [InlineData("""{"resource_id":7}""", "content")]
    [InlineData("""{"content":"c"}""", "resource_id")]
    [InlineData("""{"content":"","resource_id":7}""", "content")]
    [InlineData("""{"content":"c","resource_id":0}""", "resource_id")]
    [InlineData("""{"content":"c","resource_id":7,"resource_type":"task"}""", "resource_type")]
    [InlineData("""{"content":"c","resource_id":7,"priority":2}""", "priority")]
    [InlineData("""{"content":"c","resource_id":7,"mentions":[null]}""", "mentions[0]")]
    public void Body_OfAComment_RefusesWithThePath(string comment, string? path) => AssertRefused(
        ResourceReading.Body(Json.NewCommentsRequest, $$"""{"comments":[{{comment}}]}""").Error, path is null ? null : $"$.comments[0].{path}");

    [Theory]
    [InlineData("""{"user_id":3}""", null)]
    [InlineData("""{"email":"bob@example.com","role":1}""", null)]
    [InlineData("""{}""", "")]
    [InlineData("""{"user_id":3,"email":"bob@example.com"}""", "")]
    [InlineData("""{"user_id":0}""", ".user_id")]
    [InlineData("""{"email":""}""", ".email")]
    [InlineData("""{"user_id":3,"role":3}""", ".role")]
    [InlineData("null", "")]
    public void Body_OfASpaceParticipant_RefusesWithThePath(string participant, string? path)
    {
        AssertRefused(
            ResourceReading.Body(Json.NewSpaceParticipantsRequest, $$"""{"participants":[{{participant}}]}""").Error, path is null ? null : $"$.participants[0]{path}");
        AssertRefused(
            ResourceReading.Body(Json.NewSpacesRequest, $$"""{"spaces":[{"name":"n","participants":[{{participant}}]}]}""").Error,
            path is null ? null : $"$.spaces[0].participants[0]{path}");
    }

    [Theory]
    [InlineData("""{"name":"n","space_id":9,"user_ids":[1,2]}""", null)]
    [InlineData("""{"name":"n"}""", "space_id")]
    [InlineData("""{"space_id":9}""", "name")]
    [InlineData("""{"name":"n","space_id":9,"user_ids":[0]}""", "user_ids[0]")]
    [InlineData("""{"name":"n","space_id":9,"user_ids":[1,null]}""", "user_ids[1]")]
    public void Body_OfAGroup_RefusesWithThePath(string group, string? path) => AssertRefused(
        ResourceReading.Body(Json.NewGroupsRequest, $$"""{"groups":[{{group}}]}""").Error, path is null ? null : $"$.groups[0].{path}");

    [Fact]
    public void Body_OfASpace_IncludesByTheQuery()
    {
        var request = ResourceReading.Body(Json.SpaceChangeRequest, """{"spaces":[{"details":"d"}]}""", "?include=participants").Value!;

        Assert.Equal((SpaceInclude.Participants, null, "d"), (request.Include!.Value, request.Spaces[0].Name, request.Spaces[0].Details));
        AssertRefused(ResourceReading.Body(Json.SpaceChangeRequest, """{"spaces":[{}],"include":"participants"}""").Error, "$.include");
    }

    [Theory]
    [InlineData("""{"conversations":[{"name":"abcd"}]}""", "name")]
    [InlineData("""{"conversations":[{"details":"abcd"}]}""", "details")]
    [InlineData("""{"conversations":[{"initial_comment":"abcd"}]}""", "initial_comment")]
    [InlineData("""{"conversations":[{"participants":[{"user_id":1},{"user_id":2},{"user_id":3},{"user_id":4}]}]}""", "participants")]
    [InlineData("""{"conversations":[{"groups":[{"group_id":1},{"group_id":2},{"group_id":3},{"group_id":4}]}]}""", "groups")]
    public void Body_BeyondTheServersLimits_IsRefused(string body, string path)
    {
        var limits = new LimitsOptions { MaximumNameLength = 3, MaximumDescriptionLength = 3, MaximumCommentLength = 3, MaximumParticipants = 3 };

        AssertRefused(ResourceReading.Body(Json.ConversationChangeRequest, body, limits: limits).Error, $"$.conversations[0].{path}");
        AssertRefused(ResourceReading.Body(Json.ConversationChangeRequest, body).Error, null);
    }

    [Fact]
    public void Body_WithTooManyExternalObjects_IsRefused()
    {
        AssertRefused(Link(20), null);
        AssertRefused(Link(21), "$.conversations[0].external_objects");

        static Error? Link(int count) => ResourceReading.Body(
            Json.ConversationChangeRequest,
            $$"""{"conversations":[{"external_objects":[{{string.Join(',', Enumerable.Repeat("""{"id":"x"}""", count))}}]}]}""").Error;
    }

    [Fact]
    public void Body_WithAMemberTwice_IsRefused() => Assert.Equal(
        ErrorCode.InvalidArgument, ResourceReading.Body(Json.ConversationChangeRequest, """{"conversations":[{"name":"a","name":"b"}]}""").Error?.Code);

    private static void AssertRefused(Error? error, string? path)
    {
        Assert.Equal((path, path is null ? null : ErrorCode.InvalidArgument), (ResourceReading.PathOf(error), error?.Code));
        Assert.DoesNotContain("RealtimeSessions", error?.Text ?? "", StringComparison.Ordinal);
    }
}
