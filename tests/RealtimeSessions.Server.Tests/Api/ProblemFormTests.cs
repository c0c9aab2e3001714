using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Api.Problems;

namespace RealtimeSessions.Server.Tests.Api;

public sealed class ProblemFormTests
{
    [Theory]
    [InlineData("/api/v1/conversations", true)]
    [InlineData("/api/v1/conversations/", true)]
    [InlineData("/api/v1/Conversations/7/nothing", true)]
    [InlineData("/API/v1/comments/x", true)]
    [InlineData("/api/v1/spaces/1/participants/2", true)]
    [InlineData("/api/v1/groups", true)]
    [InlineData("/api/v1/users", true)]
    [InlineData("/api/v1/userinfo", true)]
    [InlineData("/api/v1/userinfos", false)]
    [InlineData("/api/v1/applications/users", false)]
    [InlineData("/api/v1", false)]
    [InlineData("/api/v1/", false)]
    [InlineData("/api/v2/users", false)]
    [InlineData("/users", false)]
    [InlineData("/", false)]
    [InlineData("", false)]
    public void At_AnAddress_GoesByItsFirstSegment(string path, bool isResource) =>
        Assert.Equal(isResource ? ProblemForm.Resource : ProblemForm.Document, ProblemForm.At(path));

    [Fact]
    public async Task Write_AtAConversation_HasThreeMembers()
    {
        var context = new DefaultHttpContext { Request = { Path = "/api/v1/conversations" }, Response = { Body = new MemoryStream() } };

        await ProblemWriter.WriteAsync(context, Error.InvalidArgument("$.conversations[0].name", "is missing."));

        Assert.Equal((400, "application/json"), (context.Response.StatusCode, context.Response.ContentType));
        Assert.Equal(
            """{"problemType":"urn:realtime-sessions:error:invalid_argument","title":"Invalid argument","details":"$.conversations[0].name: is missing."}""",
            Encoding.UTF8.GetString(((MemoryStream)context.Response.Body).ToArray()));
    }

    [Fact]
    public async Task Write_AnOutageAtAConversation_TellsHowLongToWait()
    {
        var context = new DefaultHttpContext { Request = { Path = "/api/v1/users/3" }, Response = { Body = new MemoryStream() } };

        await ProblemWriter.WriteAsync(context, StatusErrors.Unavailable);

        Assert.Equal((503, "1"), (context.Response.StatusCode, context.Response.Headers.RetryAfter.ToString()));
        Assert.Equal(3, JsonDocument.Parse(((MemoryStream)context.Response.Body).ToArray()).RootElement.EnumerateObject().Count());
    }
}
