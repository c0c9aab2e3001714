using Microsoft.Extensions.Options;
using RealtimeSessions.Server.Api;
using RealtimeSessions.Server.Api.OpenApi;
using RealtimeSessions.Server.Applications;
using RealtimeSessions.Server.Conversations;
using RealtimeSessions.Server.Delivery;
using RealtimeSessions.Server.Development;
using RealtimeSessions.Server.Directory;
using RealtimeSessions.Server.Hubs;
using RealtimeSessions.Server.Identity;
using RealtimeSessions.Server.Metrics;
using RealtimeSessions.Server.Monitoring;
using RealtimeSessions.Server.Observability;
using RealtimeSessions.Server.Proxy;
using RealtimeSessions.Server.Requests;
using RealtimeSessions.Server.Sessions;
using RealtimeSessions.Server.Storage;
using RealtimeSessions.Server.WebConsole;

SharedBuffers.KeepMany();
try
{
    // Settings are read once, at the start; whoever watches their folder is woken by every write to the data beside them.
    var builder = WebApplication.CreateBuilder([.. args, "--hostBuilder:reloadConfigOnChange=false"]);

    builder.Services.AddProxy();
    builder.Services.AddServerMetrics();
    builder.Services.AddStorage();
    builder.Services.AddIdentity(builder.Configuration, builder.Environment, webSocketPath: HubSetup.Path);
    builder.Services.AddBrowserOrigins(builder.Environment);
    builder.Services.AddRequests();
    builder.Services.AddDirectory();
    builder.Services.AddApplications();
    builder.Services.AddSessions();
    builder.Services.AddConversations(builder.Configuration);
    builder.Services.AddDelivery();
    builder.Services.AddHubs();
    builder.Services.AddMonitoring();
    builder.Services.AddApi();
    builder.Services.AddWebConsole();
    builder.Services.AddObservability();
    if (builder.Environment.IsDevelopment())
    {
        builder.Services.AddDevelopment();
    }

    var app = builder.Build();

    app.Services.GetRequiredService<IStartupValidator>().Validate();
    await app.OpenStorageAsync();
    app.UseProxy();
    app.UseConnectionEntrance();
    app.UseProblemDocuments();
    app.UseCors();
    app.UseWebConsole();
    app.UseAuthentication();
    app.UseAuthorization();
    app.MapSessionHub();
    app.MapApi();
    if (app.Environment.IsDevelopment())
    {
        app.UseDocumentPage();
        app.MapDevelopmentSignIn();
    }

    await app.RunAsync();
    return 0;
}
catch (Exception exception) when (StartupFailure.Explain(exception) is { } explanation)
{
    await Console.Error.WriteLineAsync($"The server cannot start. {explanation}");
    return StartupFailure.ExitCode;
}
