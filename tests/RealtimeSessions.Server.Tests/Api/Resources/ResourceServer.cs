using System.Net;
using System.Security.Claims;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Api;
using RealtimeSessions.Server.Api.Problems;
using RealtimeSessions.Server.Directory;
using RealtimeSessions.Server.Metrics;
using RealtimeSessions.Server.Monitoring;
using RealtimeSessions.Server.Requests;
using RealtimeSessions.Server.Storage;
using RealtimeSessions.Testing;

namespace RealtimeSessions.Server.Tests.Api.Resources;

/// <summary>A web server with some operations of the API, and nothing behind them but the directory of users on an engine of its own. Whoever has a token at
/// all is Alice.</summary>
internal sealed class ResourceServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _http;
    private readonly TemporaryFolder _folder;

    private ResourceServer(WebApplication app, TemporaryFolder folder) =>
        (_app, _http, _folder) = (app, new HttpClient { BaseAddress = new Uri(app.Urls.First()) }, folder);

    public Uri Address => _http.BaseAddress!;

    public static async Task<ResourceServer> StartAsync(params ApiOperation[] operations)
    {
        var folder = new TemporaryFolder();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration["Limits:MaximumBodyBytes"] = "1024";
        builder.Configuration["Storage:Directory"] = folder.Path;
        builder.Services.AddServerMetrics();
        builder.Services.AddStorage();
        builder.Services.AddRequests();
        builder.Services.AddDirectory();
        builder.Services.AddMonitoring();
        builder.Services.AddApi();
        builder.Services.AddAuthorization();
        builder.Services.AddAuthentication("test").AddScheme<AuthenticationSchemeOptions, AnyToken>("test", null);
        var app = builder.Build();
        await app.OpenStorageAsync();
        app.UseProblemDocuments();
        app.UseAuthentication();
        app.UseAuthorization();
        var api = app.MapGroup(ApiSetup.Path);
        foreach (var operation in operations)
        {
            api.MapOperation(operation);
        }

        await app.StartAsync();
        return new ResourceServer(app, folder);
    }

    /// <summary>Calls with a token.</summary>
    public async Task<HttpResponseMessage> CallAsync(string method, string path, string? body = null, string mediaType = "application/json")
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path.TrimStart('/'));
        request.Headers.Add("Authorization", "Bearer alice");
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, mediaType);
        return await _http.SendAsync(request);
    }

    public Task<HttpResponseMessage> CallWithoutTokenAsync(string path) => _http.GetAsync(new Uri(path.TrimStart('/'), UriKind.Relative));

    /// <summary>Checks that an answer is an error in the form of conversations.</summary>
    public static async Task AssertProblemAsync(HttpResponseMessage answer, ErrorCode code, string? details = null)
    {
        var problem = JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync());
        Assert.Equal(((HttpStatusCode)code.HttpStatus, "application/json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Equal(["details", "problemType", "title"], problem.EnumerateObject().Select(member => member.Name).Order());
        Assert.Equal(ProblemForm.TypePrefix + code.Name, problem.GetProperty("problemType").GetString());
        Assert.Equal(details ?? problem.GetProperty("details").GetString(), problem.GetProperty("details").GetString());
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
        _folder.Dispose();
    }

    private sealed class AnyToken(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(
            Request.Headers.Authorization.Count == 0
                ? AuthenticateResult.NoResult()
                : AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity([new Claim("sub", "alice")], "test")), "test")));
    }
}
