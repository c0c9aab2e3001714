using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using RealtimeSessions.Server.Api.Binding;

namespace RealtimeSessions.Server.Tests.Api;

public sealed class PathTextTests
{
    [Theory]
    [InlineData("/api/roles/Viewer", "Viewer", "Viewer")]
    [InlineData("/api/roles/a%2Fb", "a%2Fb", "a/b")]
    [InlineData("/api/roles/a%2fb", "a%2fb", "a/b")]
    [InlineData("/api/roles/a%252Fb", "a%2Fb", "a%2Fb")]
    [InlineData("/api/roles/a%252fb%2Fc", "a%2fb%2Fc", "a%2fb/c")]
    [InlineData("/api/roles/a%252Fb/", "a%2Fb", "a%2Fb")]
    [InlineData("/api/roles/a%252Fb?name=/x/y", "a%2Fb", "a%2Fb")]
    [InlineData("/in/front/api/roles/a%252Fb", "a%2Fb", "a%2Fb")]
    [InlineData("http://localhost/api/roles/a%252Fb", "a%2Fb", "a%2Fb")]
    [InlineData("/api/roles/%C3%A9%252F", "é%2F", "é%2F")]
    public void Of_WithWhatReadsLikeASlash_IsWhatWasSent(string target, string value, string expected) =>
        Assert.Equal(expected, PathText.Of(Request(target, value), "name"));

    [Theory]
    [InlineData("/api/roles/a%252Fb/x/..")]
    [InlineData("/")]
    [InlineData("*")]
    public void Of_WithATargetThatFitsNoMore_TakesItForASlash(string target) => Assert.Equal("a/b", PathText.Of(Request(target, "a%2Fb"), "name"));

    private static HttpRequest Request(string target, string value)
    {
        var context = new DefaultHttpContext();
        context.Features.Get<IHttpRequestFeature>()!.RawTarget = target;
        context.SetEndpoint(new RouteEndpoint(_ => Task.CompletedTask, RoutePatternFactory.Parse("/api/roles/{name}"), 0, null, null));
        context.Request.RouteValues["name"] = value;
        return context.Request;
    }
}
