using System.Net.WebSockets;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Features.Authentication;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RealtimeSessions.Server.Hubs;

namespace RealtimeSessions.Server.Tests.Hubs;

public sealed class ConnectionEntranceTests : IAsyncDisposable
{
    private const string Connected = "connected", Passed = "passed", Disposed = "disposed";

    private static readonly ClaimsPrincipal Alice = new(new ClaimsIdentity([new Claim("sub", "alice")], "test"));

    private readonly WebApplication _app;
    private readonly RequestDelegate _pipeline;
    private readonly List<string> _events = [];
    private Func<AuthenticateResult> _authenticate = () => AuthenticateResult.Success(new AuthenticationTicket(Alice, "test"));

    public ConnectionEntranceTests()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddScoped<IAuthenticationService>(_ => new Authentication(this));
        _app = builder.Build();
        _app.UseConnectionEntrance();
        _app.Run(_ =>
        {
            _events.Add(Passed);
            return Task.CompletedTask;
        });
        _pipeline = ((IApplicationBuilder)_app).Build();
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Connection_OfAKnownCaller_IsConnectedWithoutTheServicesThatKnewHim()
    {
        var context = Request();

        await _pipeline(context);

        Assert.Equal([Disposed, Connected], _events);
        Assert.Same(Alice, context.User);
        Assert.Same(Alice, context.Features.Get<IAuthenticateResultFeature>()!.AuthenticateResult!.Principal);
        Assert.Null(context.Features.Get<IServiceProvidersFeature>());
    }

    [Fact]
    public async Task Connection_OfNobody_GoesTheWayOfOtherRequests()
    {
        _authenticate = () => AuthenticateResult.Fail("expired");
        var context = Request();

        await _pipeline(context);

        Assert.Equal([Disposed, Passed], _events);
        Assert.Null(context.User.Identity!.AuthenticationType);
    }

    [Fact]
    public async Task Connection_WhoseCallerCannotBeFoundOut_GoesTheWayOfOtherRequests()
    {
        _authenticate = () => throw new TimeoutException();
        var context = Request();

        await _pipeline(context);

        Assert.Equal([Disposed, Passed], _events);
        Assert.Null(context.Features.Get<IServiceProvidersFeature>());
    }

    [Fact]
    public async Task Request_ThatIsNoConnection_GoesTheWayOfOtherRequests()
    {
        await _pipeline(Request(webSocket: false));
        await _pipeline(Request(metadata: [new HubMetadata(typeof(SessionHub)), new NegotiateMetadata()]));
        await _pipeline(Request(metadata: []));

        Assert.Equal([Passed, Passed, Passed], _events);
    }

    [Theory]
    [InlineData("/hub", StatusCodes.Status503ServiceUnavailable, "1")]
    [InlineData("/hub/negotiate", StatusCodes.Status503ServiceUnavailable, "1")]
    [InlineData("/api/v1/info", StatusCodes.Status200OK, "")]
    public async Task Request_WhileTheServerStops_IsRefusedAtTheHubOnly(string path, int status, string retryAfter)
    {
        _app.Lifetime.StopApplication();
        var context = Request(metadata: path == "/hub" ? null : []);
        context.Request.Path = path;

        await _pipeline(context);

        Assert.Equal(status, context.Response.StatusCode);
        Assert.Equal(retryAfter, context.Response.Headers.RetryAfter.ToString());
        Assert.Equal(status == StatusCodes.Status200OK ? [Passed] : [], _events);
    }

    [Fact]
    public void Release_AConnection_LeavesNothingOfItsToken()
    {
        var context = Request();
        context.Request.Headers.Authorization = "Bearer x";
        context.Request.QueryString = new QueryString("?access_token=x");
        Assert.Equal("x", context.Request.Query["access_token"]);
        context.User = Alice;
        context.Features.Set<IAuthenticateResultFeature>(new Authenticated());

        ConnectionEntrance.Release(context);

        Assert.Equal("", context.Request.Headers.Authorization.ToString());
        Assert.Null(context.Features.Get<IQueryFeature>());
        Assert.Null(context.Features.Get<IAuthenticateResultFeature>());
        Assert.Null(context.Features.Get<IHttpAuthenticationFeature>());
    }

    private DefaultHttpContext Request(bool webSocket = true, object[]? metadata = null)
    {
        var context = new DefaultHttpContext();
        context.Request.Path = "/hub";
        context.Features.Set<IHttpWebSocketFeature>(new WebSockets(webSocket));
        context.SetEndpoint(new Endpoint(
            _ =>
            {
                _events.Add(Connected);
                return Task.CompletedTask;
            },
            new EndpointMetadataCollection(metadata ?? [new HubMetadata(typeof(SessionHub))]), "hub"));
        return context;
    }

    private sealed class Authentication(ConnectionEntranceTests test) : IAuthenticationService, IDisposable
    {
        public Task<AuthenticateResult> AuthenticateAsync(HttpContext context, string? scheme) => Task.FromResult(test._authenticate());

        public void Dispose() => test._events.Add(Disposed);

        public Task ChallengeAsync(HttpContext context, string? scheme, AuthenticationProperties? properties) => throw new NotSupportedException();

        public Task ForbidAsync(HttpContext context, string? scheme, AuthenticationProperties? properties) => throw new NotSupportedException();

        public Task SignInAsync(HttpContext context, string? scheme, ClaimsPrincipal principal, AuthenticationProperties? properties) =>
            throw new NotSupportedException();

        public Task SignOutAsync(HttpContext context, string? scheme, AuthenticationProperties? properties) => throw new NotSupportedException();
    }

    private sealed class WebSockets(bool isAsked) : IHttpWebSocketFeature
    {
        public bool IsWebSocketRequest => isAsked;

        public Task<WebSocket> AcceptAsync(WebSocketAcceptContext context) => throw new NotSupportedException();
    }

    private sealed class Authenticated : IAuthenticateResultFeature
    {
        public AuthenticateResult? AuthenticateResult { get; set; }
    }
}
