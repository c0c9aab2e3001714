using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using RealtimeSessions.Server.Api;
using RealtimeSessions.Server.Development;

namespace RealtimeSessions.Server.WebConsole;

/// <summary>What the console is told before anybody has signed in.</summary>
internal sealed class ConsoleSettings(IOptions<ConsoleOptions> options, IHostEnvironment environment)
{
    /// <summary>Its name beside the console's files.</summary>
    public const string FileName = "settings.json";

    private readonly ConsoleDocument _document = new(ServerVersion.Text, new ConsoleSignIn
    {
        DemoUsers = environment.IsDevelopment() ? DevelopmentTokens.DemoUsers : null,
        OpenIdConnect = options.Value is { ClientId.Length: > 0 } client ? new OpenIdConnectClient(client.Authority, client.ClientId, client.Scope) : null,
    });

    public Task WriteAsync(HttpContext context)
    {
        context.Response.Headers[HeaderNames.CacheControl] = "no-store";
        return context.Response.WriteAsJsonAsync(_document, ConsoleJsonContext.Default.ConsoleDocument);
    }
}

/// <summary>The document at <c>/console/settings.json</c>.</summary>
/// <param name="Version">The server's version.</param>
/// <param name="SignIn">How one signs in; with neither way, a token must be brought along.</param>
internal sealed record ConsoleDocument(string Version, ConsoleSignIn SignIn);

/// <summary>How one signs in.</summary>
internal sealed record ConsoleSignIn
{
    /// <summary>Users whom the development sign-in knows, in Development.</summary>
    public IReadOnlyList<string>? DemoUsers { get; init; }

    /// <summary>The issuer, if the console is known there.</summary>
    public OpenIdConnectClient? OpenIdConnect { get; init; }
}

/// <summary>The console as a client of an OpenID Connect issuer.</summary>
/// <param name="Authority">The issuer's address.</param>
/// <param name="ClientId">What it is called there.</param>
/// <param name="Scope">What it asks for.</param>
internal sealed record OpenIdConnectClient(string Authority, string ClientId, string Scope);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ConsoleDocument))]
internal sealed partial class ConsoleJsonContext : JsonSerializerContext;
