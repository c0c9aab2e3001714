using System.Net;
using System.Text.Json;
using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Conversations;
using RealtimeSessions.Server.Api;
using RealtimeSessions.Server.Api.Resources;

namespace RealtimeSessions.Server.Tests.Api.Resources;

/// <summary>Calls over the wire to operations whose services are played.</summary>
public sealed class ResourceCallTests : IAsyncLifetime
{
    private static readonly Conversation Roof = new()
    {
        ConversationId = 7,
        Name = "Leak",
        CreatorId = 3,
        Participants = [new UserEntry(14, ConversationRole.Editor), new UserEntry(15)],
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(1_795_293_226_123),
        UpdatedAt = DateTimeOffset.FromUnixTimeMilliseconds(1_795_293_226_456),
    };

    private ResourceServer _server = null!;

    public async Task InitializeAsync() => _server = await ResourceServer.StartAsync(
        new ApiOperation<ConversationListRequest, ConversationList>("GET", "/conversations", "List")
        {
            Summary = "List",
            Description = "Page 1 has a next one.",
            Request = ResourceRequestJson.Default.ConversationListRequest,
            Answer = ResourceAnswerJson.Default.ConversationList,
            Handle = (call, request) =>
            {
                call.Next = request.After is null ? new CatalogCursor(1_795_293_226_123, "7") : null;
                return Task.FromResult<Result<ConversationList>>(ConversationList.Of([Roof], call));
            },
        },
        new ApiOperation<NewConversationsRequest, ConversationList>("POST", "/conversations", "Create")
        {
            Summary = "Make",
            Description = "Whatever is asked for breaks a rule but one name.",
            Request = ResourceRequestJson.Default.NewConversationsRequest,
            Answer = ResourceAnswerJson.Default.ConversationList,
            Status = 201,
            LocationOf = (_, made) => Addresses.Conversation(made.Conversations[0].Id),
            Handle = (call, request) => Task.FromResult<Result<ConversationList>>(request.Conversations[0].Name == "Leak"
                ? ConversationList.Of([Roof], call)
                : new Error(ErrorCode.RuleBroken, "$.conversations[0].stakeholder: needs a space.")),
        },
        new ApiOperation<ResourceRequest, Empty>("DELETE", "/conversations/{id}", "Delete")
        {
            Summary = "Delete",
            Description = "The storage is away.",
            Request = ResourceRequestJson.Default.ResourceRequest,
            Answer = ProtocolJsonContext.Default.Empty,
            Status = 204,
            Handle = (_, request) => request.Id == 7 ? Task.FromResult<Result<Empty>>(Empty.Value) : throw new EngineUnavailableException("gone"),
        });

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Get_AList_IsWrittenInSnakeCaseAndContinued()
    {
        using var answer = await _server.CallAsync("GET", "api/v1/conversations?per_page=1&space_id=9");
        var conversation = JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync()).GetProperty("conversations")[0];

        Assert.Equal(
            $$"""{"id":7,"name":"Leak","href":"{{_server.Address}}api/v1/conversations/7","details":"","creator_id":3,"participants":[{"user_id":14,"role":1},{"user_id":15}],"groups":[],"stakeholder":1,"default_role":2,"tags":[],"external_objects":[],"created_at":1795293226123,"updated_at":1795293226456}""",
            conversation.GetRawText());
        Assert.Equal(
            $"<{_server.Address}api/v1/conversations?per_page=1&space_id=9&after=1795293226123-7>; rel=\"next\"", Assert.Single(answer.Headers.GetValues("Link")));
    }

    [Fact]
    public async Task Get_TheNextPage_IsWhereTheLinkLeads()
    {
        using var first = await _server.CallAsync("GET", "api/v1/conversations");
        using var next = await _server.CallAsync("GET", new Uri(first.Headers.GetValues("Link").Single().Split('<', '>')[1]).PathAndQuery);

        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
        Assert.False(next.Headers.Contains("Link"));
    }

    [Fact]
    public async Task Post_OfWhatIsMade_HasItsAddress()
    {
        using var answer = await _server.CallAsync("POST", "api/v1/conversations", """{"conversations":[{"name":"Leak"}]}""");

        Assert.Equal((HttpStatusCode.Created, $"{_server.Address}api/v1/conversations/7"), (answer.StatusCode, answer.Headers.Location?.ToString()));
    }

    [Fact]
    public async Task Delete_OfWhatIsThere_AnswersNothing()
    {
        using var answer = await _server.CallAsync("DELETE", "api/v1/conversations/7");

        Assert.Equal((HttpStatusCode.NoContent, ""), (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task Post_OfWhatBreaksARule_TellsIt() => await ResourceServer.AssertProblemAsync(
        await _server.CallAsync("POST", "api/v1/conversations", """{"conversations":[{"name":"x"}]}"""), ErrorCode.RuleBroken,
        "$.conversations[0].stakeholder: needs a space.");

    [Fact]
    public async Task Call_WithoutAToken_IsUnauthenticated() =>
        await ResourceServer.AssertProblemAsync(await _server.CallWithoutTokenAsync("api/v1/conversations"), ErrorCode.Unauthenticated);

    [Theory]
    [InlineData("GET", "api/v1/conversations/7/nothing", "not_found")]
    [InlineData("GET", "api/v1/userinfo/x", "not_found")]
    [InlineData("PATCH", "api/v1/conversations", "method_not_allowed")]
    [InlineData("GET", "api/v1/conversations?limit=1", "invalid_argument")]
    [InlineData("DELETE", "api/v1/conversations/x", "invalid_argument")]
    [InlineData("DELETE", "api/v1/conversations/0", "invalid_argument")]
    [InlineData("DELETE", "api/v1/conversations/8", "unavailable")]
    public async Task Call_ThatCannotBe_IsAnErrorInItsForm(string method, string path, string code) =>
        await ResourceServer.AssertProblemAsync(await _server.CallAsync(method, path), ErrorCode.Find(code)!);

    [Fact]
    public async Task Post_OfABodyThatIsNone_IsAnErrorInItsForm()
    {
        await ResourceServer.AssertProblemAsync(await _server.CallAsync("POST", "api/v1/conversations", "{"), ErrorCode.InvalidArgument);
        await ResourceServer.AssertProblemAsync(await _server.CallAsync("POST", "api/v1/conversations", "{}", "text/plain"), ErrorCode.UnsupportedMediaType);
        await ResourceServer.AssertProblemAsync(
            await _server.CallAsync("POST", "api/v1/conversations", $$"""{"conversations":[{"name":"{{new string('x', 2_000)}}"}]}"""), ErrorCode.PayloadTooLarge);
        await ResourceServer.AssertProblemAsync(
            await _server.CallAsync("POST", "api/v1/conversations", """{"conversations":[{"details":"d"}]}"""), ErrorCode.InvalidArgument,
            "$.conversations[0].name: is missing.");
    }

    [Fact]
    public async Task Get_OfAnyOtherAddress_IsAProblemDocument()
    {
        using var answer = await _server.CallAsync("GET", "api/v1/nowhere");

        Assert.Equal((HttpStatusCode.NotFound, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
    }
}
