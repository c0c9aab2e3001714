using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;
using RealtimeSessions.Server.Api;
using RealtimeSessions.Server.Api.OpenApi;
using RealtimeSessions.Server.Hubs;
using RealtimeSessions.Server.Proxy;
using RealtimeSessions.Server.Storage;
using RealtimeSessions.Server.WebConsole;

namespace RealtimeSessions.Server.Observability;

/// <summary>What the server says when it is ready: where it is, where it stores, and what to do next.</summary>
internal sealed class StartupBanner(
    IHostApplicationLifetime lifetime, IServer server, EngineHost engine, ConsoleFiles console, IHostEnvironment environment, IOptions<ProxyOptions> proxy)
    : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(() => Console.Out.Write(Text()));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private string Text()
    {
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        var address = (addresses.FirstOrDefault() ?? "(no address)") + proxy.Value.BasePath;
        var lines = new List<string>
        {
            $"RealtimeSessions {ServerVersion.Text} listens on {string.Join(" and ", addresses)}",
            $"  hub      {address}{HubSetup.Path} (SignalR, WebSockets)",
            $"  API      {address}{ApiSetup.Path} (described at {address}{DocumentSetup.Path})",
            $"  storage  {engine.Engine.Description}",
        };
        if (console.AreServed)
        {
            lines.Add($"  console  {address}{ConsoleSetup.Path}");
        }
        else if (console.Problem is { } problem)
        {
            lines.Add($"  console  is not there. {problem}");
        }

        if (environment.IsDevelopment())
        {
            lines.Add($"  sign in  curl {address}/dev/sign-in -H 'Content-Type: application/json' -d '{{\"user\": \"alice\"}}'");
            lines.Add($"  try it   {address}{DocumentSetup.PagePath} (every operation of the API, in the browser)");
            lines.Add("  next     the walk in README.md: a second terminal, twenty lines of JavaScript. Ctrl-C stops the server.");
        }

        return string.Join(Environment.NewLine, lines) + Environment.NewLine;
    }
}
