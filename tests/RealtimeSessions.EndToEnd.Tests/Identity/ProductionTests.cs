using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using RealtimeSessions.Testing;

namespace RealtimeSessions.EndToEnd.Tests.Identity;

/// <summary>Outside Development nobody signs himself in.</summary>
public sealed class ProductionTests
{
    private const string Bearer = "Authentication__Schemes__Bearer__";
    private const string Issuer = "https://issuer.example.com";
    private const string Audience = "realtime";

    [Fact]
    public async Task Start_WithoutIssuerOrKey_IsRefusedWithWhatToSet()
    {
        var refused = await Assert.ThrowsAsync<ServerNotStartedException>(() => ServerProcess.StartAsync(environment: "Production"));

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("Authentication:Schemes:Bearer:Authority", refused.Output, StringComparison.Ordinal);
        Assert.Contains("Authentication:Schemes:Bearer:SigningKeys", refused.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", refused.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithASigningKey_AcceptsItsTokensOnly()
    {
        var key = RandomNumberGenerator.GetBytes(32);
        var settings = ImmutableDictionary<string, string>.Empty
            .Add(Bearer + "ValidIssuer", Issuer)
            .Add(Bearer + "ValidAudiences__0", Audience)
            .Add(Bearer + "SigningKeys__0__Issuer", Issuer)
            .Add(Bearer + "SigningKeys__0__Value", Convert.ToBase64String(key));
        await using var server = await ServerProcess.StartAsync(settings, "Production");
        var later = DateTime.UtcNow.AddHours(1);

        await using var client = await HubClient.ConnectAsync(server.Address, TestTokens.Sign(key, Issuer, Audience, later));
        var error = await Assert.ThrowsAsync<HubCallException>(() => client.CallAsync("ListSessions", new { applicationId = "demo" }));
        Assert.Equal("application_not_found", error.Code);
        foreach (var token in (string[])
            [
                TestTokens.Sign(RandomNumberGenerator.GetBytes(32), Issuer, Audience, later),
                TestTokens.Sign(key, TestTokens.DevelopmentIssuer, TestTokens.DevelopmentIssuer, later),
            ])
        {
            await Assert.ThrowsAsync<HubRefusedException>(() => HubClient.ConnectAsync(server.Address, token));
        }

        using var http = new HttpClient();
        using var signIn = await http.PostAsJsonAsync(new Uri(server.Address, "dev/sign-in"), new { user = "alice" });
        Assert.Equal(HttpStatusCode.NotFound, signIn.StatusCode);
        server.AssertNoErrors();
    }
}
