using Microsoft.AspNetCore.Http;
using RealtimeSessions.EventLog;
using RealtimeSessions.Server.Api.Resources;

namespace RealtimeSessions.Server.Tests.Api.Resources;

public sealed class NextPageTests
{
    private static readonly CatalogCursor Here = new(1_795_293_226_123, "000007");

    [Theory]
    [InlineData("", "", "?after=1795293226123-000007")]
    [InlineData("", "?per_page=10&page=2", "?per_page=10&after=1795293226123-000007")]
    [InlineData("", "?after=1-1&space_id=9", "?space_id=9&after=1795293226123-000007")]
    [InlineData("/base", "?like=%3Ea%20%26%22%3E", "?like=%3Ea%20%26%22%3E&after=1795293226123-000007")]
    public void LinkOf_APage_IsTheSameListContinued(string basePath, string query, string continued)
    {
        var request = new DefaultHttpContext().Request;
        (request.Scheme, request.Host, request.PathBase, request.QueryString) = ("https", new HostString("hub.example.com"), basePath, new QueryString(query));

        Assert.Equal($"<https://hub.example.com{basePath}/api/v1/groups{continued}>; rel=\"next\"", NextPage.LinkOf(request, "/groups", Here));
    }

    [Fact]
    public void Write_ACursor_CanBeRead()
    {
        Assert.True(CursorConverter.TryRead(CursorConverter.Write(Here), out var read));
        Assert.Equal(Here, read);
    }
}
