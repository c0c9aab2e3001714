using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RealtimeSessions.Server.Api;
using RealtimeSessions.Server.Api.Problems;
using RealtimeSessions.Server.Applications;
using RealtimeSessions.Server.Conversations;
using RealtimeSessions.Server.Conversations.Following;
using RealtimeSessions.Server.Directory;
using RealtimeSessions.Server.Metrics;
using RealtimeSessions.Server.Monitoring;
using RealtimeSessions.Server.Requests;
using RealtimeSessions.Server.Sessions;
using RealtimeSessions.Server.Storage;
using RealtimeSessions.Testing;

namespace RealtimeSessions.Server.Tests.Api;

public sealed class ApiSetupTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(null, true)]
    [InlineData("true", true)]
    [InlineData("false", false)]
    public async Task MapApi_BySetting_HasConversations(string? enabled, bool isThere)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration["Storage:Directory"] = _folder.Path;
        if (enabled is not null)
        {
            builder.Configuration["Conversations:Enabled"] = enabled;
        }

        builder.Services.AddServerMetrics();
        builder.Services.AddStorage();
        builder.Services.AddRequests();
        builder.Services.AddDirectory();
        builder.Services.AddApplications();
        builder.Services.AddSessions();
        builder.Services.AddConversations(builder.Configuration);
        builder.Services.AddMonitoring();
        builder.Services.AddApi();
        await using var app = builder.Build();
        await app.OpenStorageAsync();

        app.MapApi();

        var patterns = ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints)
            .Select(endpoint => endpoint.Metadata.GetMetadata<ApiOperation>()?.Pattern).OfType<string>().ToArray();
        Assert.Contains("/applications", patterns);
        Assert.Equal(isThere ? 23 : 0, patterns.Count(pattern => ProblemForm.At(ApiSetup.Path + pattern) == ProblemForm.Resource));
        Assert.Equal(isThere, app.Services.GetServices<IHostedService>().OfType<SpaceSweeper>().Any());
    }
}
