using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using RealtimeSessions.Testing;

namespace RealtimeSessions.EndToEnd.Tests.Rest;

/// <summary>Behind a proxy, addresses are those that clients see; whom the server does not trust cannot change them.</summary>
public sealed class ProxyTests
{
    [Fact]
    public async Task Location_BehindATrustedProxy_IsWhatTheClientSees()
    {
        await using var server = await StartAsync(("Proxy__BasePath", "/realtime"));

        var location = await LocationAsync(server, "/realtime");

        Assert.Equal("https://hub.example.com/realtime/api/v1/applications/demo/sessions/s1", location);
        server.AssertNoErrors();
    }

    [Fact]
    public async Task Location_WithoutAProxysHeaders_IsTheServersOwn()
    {
        await using var server = await StartAsync(("Proxy__BasePath", "/realtime"));

        Assert.Equal($"{server.Address}realtime/api/v1/applications/demo/sessions/s1", await LocationAsync(server, "/realtime", forwarded: false));
        Assert.Equal($"{server.Address}api/v1/applications/demo/sessions/s2", await LocationAsync(server, "", forwarded: false, "s2"));
    }

    [Fact]
    public async Task Location_BehindMoreProxies_IsBelievedAsFarAsTheyAreTrusted()
    {
        await using var trusting = await StartAsync(("Proxy__Trusted__0", "10.0.0.0/8"));
        await using var wary = await StartAsync();

        // The one nearest to the server is this machine; the one before it is 10.1.2.3, and what that one says of itself comes first.
        Assert.Equal("https://outer.example.com/api/v1/applications/demo/sessions/s1", await LocationAsync(trusting, "", hops: true));
        Assert.Equal("http://inner.example.com/api/v1/applications/demo/sessions/s1", await LocationAsync(wary, "", hops: true));
    }

    [Fact]
    public async Task Banner_WithABasePath_ShowsIt()
    {
        await using var server = await StartAsync(("Proxy__BasePath", "/realtime"));
        await server.StopAsync();

        Assert.Contains($"{server.Address}realtime/hub", server.Output, StringComparison.Ordinal);
        Assert.Contains($"{server.Address}realtime/dev/api", server.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithSettingsThatAreWrong_NamesThemAll()
    {
        var refused = await Assert.ThrowsAsync<ServerNotStartedException>(() =>
            StartAsync(("Proxy__BasePath", "realtime/"), ("Proxy__Trusted__0", "everyone"), ("Limits__MaximumDepth", "61"), ("Limits__CallBurst", "0")));

        foreach (var name in (string[])["Proxy:BasePath", "Proxy:Trusted", "Limits:MaximumDepth", "Limits:CallBurst"])
        {
            Assert.Contains(name, refused.Output, StringComparison.Ordinal);
        }
    }

    private static Task<ServerProcess> StartAsync(params (string Name, string Value)[] settings) =>
        ServerProcess.StartAsync(settings.ToImmutableDictionary(setting => setting.Name, setting => setting.Value));

    private static async Task<string?> LocationAsync(
        ServerProcess server, string basePath, bool forwarded = true, string session = "s1", bool hops = false)
    {
        using var http = new HttpClient { BaseAddress = new Uri($"{server.Address.GetLeftPart(UriPartial.Authority)}{basePath}/") };
        using var signIn = await http.PostAsJsonAsync("dev/sign-in", new { user = "alice" });
        var token = (await signIn.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("accessToken").GetString();
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/v1/applications/demo/sessions")
        {
            Content = JsonContent.Create(new { sessionId = session, name = "A session" }),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (hops)
        {
            request.Headers.Add("X-Forwarded-For", "203.0.113.9, 10.1.2.3");
            request.Headers.Add("X-Forwarded-Proto", "https, http");
            request.Headers.Add("X-Forwarded-Host", "outer.example.com, inner.example.com");
        }
        else if (forwarded)
        {
            request.Headers.Add("X-Forwarded-For", "203.0.113.9");
            request.Headers.Add("X-Forwarded-Proto", "https");
            request.Headers.Add("X-Forwarded-Host", "hub.example.com");
        }

        using var response = await http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return response.Headers.Location?.ToString();
    }
}
