using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using RealtimeSessions.EndToEnd.Tests.Browser;
using RealtimeSessions.Testing;

namespace RealtimeSessions.EndToEnd.Tests.WebConsole;

/// <summary>The console as the server gives it to browsers.</summary>
public sealed partial class ConsoleTests
{
    private const string Bearer = "Authentication__Schemes__Bearer__";
    private const string Issuer = "https://login.example.com/realms/one";

    [Theory]
    [InlineData("", "/console/")]
    [InlineData("/realtime", "/realtime/console/")]
    public async Task Root_InDevelopment_LeadsToTheConsole(string basePath, string console)
    {
        await using var server = await StartAsync(("Proxy__BasePath", basePath));
        using var http = Client(server);

        foreach (var path in (string[])[$"{basePath}/", $"{basePath}/console"])
        {
            using var led = await http.GetAsync(path);
            Assert.Equal((HttpStatusCode.Found, console), (led.StatusCode, led.Headers.Location?.ToString()));
        }

        // An issuer's answer goes along.
        using var returned = await http.GetAsync($"{basePath}/console?code=1&state=2");
        Assert.Equal($"{console}?code=1&state=2", returned.Headers.Location?.ToString());
        Assert.Contains("<div id=\"root\">", await http.GetStringAsync($"{console}?code=1&state=2"), StringComparison.Ordinal);
        await server.StopAsync();
        Assert.Contains($"console  {server.Address.GetLeftPart(UriPartial.Authority)}{console}", server.Output, StringComparison.Ordinal);
        server.AssertNoErrors();
    }

    [Fact]
    public async Task Files_AreKeptByBrowsers_AsLongAsTheirNamesSay()
    {
        await using var server = await StartAsync();
        using var http = Client(server);

        using var page = await http.GetAsync("console/");
        var script = Script().Match(await page.Content.ReadAsStringAsync()).Groups[1].Value;
        using var asset = await http.GetAsync($"console/{script}");
        using var again = new HttpRequestMessage(HttpMethod.Get, "console/") { Headers = { { "If-None-Match", page.Headers.ETag!.ToString() } } };
        using var unchanged = await http.SendAsync(again);

        Assert.Equal("no-cache", page.Headers.CacheControl?.ToString());
        Assert.Equal("public, max-age=31536000, immutable", asset.Headers.NonValidated["Cache-Control"].ToString());
        Assert.Equal("text/javascript", asset.Content.Headers.ContentType?.MediaType);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
    }

    [Fact]
    public async Task Files_ToWhoeverReadsGzip_AreCompressed()
    {
        await using var server = await StartAsync();
        using var http = Client(server);
        http.DefaultRequestHeaders.Add("Accept-Encoding", "gzip");

        using var page = await http.GetAsync("console/");

        Assert.Equal("gzip", Assert.Single(page.Content.Headers.ContentEncoding));
    }

    [Fact]
    public async Task Headers_OfTheConsole_KeepItToItsOwn()
    {
        await using var server = await StartAsync(
            ("Console__ClientId", "console"), ("Console__Authority", Issuer), ("Console__IssuerOrigins__0", "https://tokens.example.com:8443/"));
        using var http = Client(server);

        using var page = await http.GetAsync("console/");
        using var strange = new HttpRequestMessage(HttpMethod.Get, "console/");
        strange.Headers.TryAddWithoutValidation("Host", "a;script-src");
        using var stranger = await http.SendAsync(strange);

        Assert.Equal(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
            + $"connect-src 'self' ws://{server.Address.Authority} https://login.example.com https://tokens.example.com:8443; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
            + "require-trusted-types-for 'script'; trusted-types 'none'",
            Header(page, "Content-Security-Policy"));
        Assert.Equal("nosniff", Header(page, "X-Content-Type-Options"));
        Assert.Equal("no-referrer", Header(page, "Referrer-Policy"));
        Assert.Equal("same-origin", Header(page, "Cross-Origin-Opener-Policy"));
        Assert.Contains("camera=()", Header(page, "Permissions-Policy"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, stranger.StatusCode);
    }

    [Fact]
    public async Task Page_InABrowser_KeepsToItsPolicy()
    {
        await using var server = await StartAsync(("Proxy__BasePath", "/realtime"));
        await using var browser = await Chromium.StartAsync();
        var page = await browser.OpenPageAsync();
        var problems = new List<string>();
        var addresses = new List<Uri>();
        page.Console += (_, message) => problems.AddRange(message.Type is "error" or "warning" ? [message.Text] : []);
        page.PageError += (_, error) => problems.Add(error);
        page.Request += (_, request) => addresses.Add(new Uri(request.Url));

        await page.GotoAsync($"{server.Address}realtime/");
        await page.WaitForFunctionAsync("() => document.getElementById('root').childElementCount > 0");

        Assert.Equal("/realtime/console/", new Uri(page.Url).AbsolutePath);
        Assert.All(addresses, address => Assert.Equal(server.Address.Authority, address.Authority));
        Assert.Empty(problems);
    }

    [Fact]
    public async Task Settings_InDevelopment_NameTheDemoUsers()
    {
        await using var server = await StartAsync();
        using var http = Client(server);

        using var response = await http.GetAsync("console/settings.json");

        Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
        Assert.Equal(
            """{"version":"0.1.0","signIn":{"demoUsers":["alice","bob","carol"]}}""", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Settings_OutsideDevelopment_NameTheIssuerAlone()
    {
        await using var server = await StartAsync(
            "Production", (Bearer + "Authority", Issuer), (Bearer + "ValidAudiences__0", "realtime"), ("Console__Enabled", "true"), ("Console__ClientId", "console"));
        using var http = Client(server);

        var settings = await http.GetFromJsonAsync<JsonElement>("console/settings.json");

        Assert.Equal(
            $$$"""{"openIdConnect":{"authority":"{{{Issuer}}}","clientId":"console","scope":"openid profile email"}}""", settings.GetProperty("signIn").GetRawText());
    }

    [Theory]
    [InlineData("Development", "false")]
    [InlineData("Production", null)]
    public async Task Console_ThatIsNotWanted_IsNotThere(string environment, string? enabled)
    {
        await using var server = await StartAsync(environment, (Bearer + "Authority", Issuer), ("Console__Enabled", enabled ?? ""));
        using var http = Client(server);

        foreach (var path in (string[])["", "console", "console/", "console/index.html", "console/settings.json"])
        {
            using var response = await http.GetAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        }

        await server.StopAsync();
        Assert.DoesNotContain("  console  ", server.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Paths_OutOfTheConsole_LeadNowhere()
    {
        await using var server = await StartAsync();
        using var http = Client(server);

        foreach (var path in (string[])
            [
                "console/../appsettings.json", "console/%2e%2e/appsettings.json", "console/..%2fappsettings.json", "console/..%5cappsettings.json",
                "console/assets/..%2f..%2fappsettings.json", "console//etc/passwd", "console/%00", "console/assets/", "console/nothing.js",
            ])
        {
            // As it is, without what an address would be simplified to.
            var address = new Uri($"{server.Address}{path}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
            using var response = await http.GetAsync(address);
            Assert.Contains(response.StatusCode, (HttpStatusCode[])[HttpStatusCode.NotFound, HttpStatusCode.BadRequest]);
        }

        server.AssertNoErrors();
    }

    [Fact]
    public async Task Start_WithSettingsThatAreWrong_NamesThemAll()
    {
        var refused = await Assert.ThrowsAsync<ServerNotStartedException>(() => StartAsync(
            ("Console__Authority", "login.example.com"), ("Console__Scope", "profile"), ("Console__IssuerOrigins__0", "https://a.example.com/b; script-src *"), ("Limits__MaximumDepth", "61")));
        var alone = await Assert.ThrowsAsync<ServerNotStartedException>(() => StartAsync(("Console__ClientId", "console")));

        foreach (var name in (string[])["Console:Authority", "Console:IssuerOrigins", "Console:Scope", "Limits:MaximumDepth"])
        {
            Assert.Contains(name, refused.Output, StringComparison.Ordinal);
        }

        Assert.Contains("Console:ClientId", alone.Output, StringComparison.Ordinal);
    }

    private static Task<ServerProcess> StartAsync(params (string Name, string Value)[] settings) => StartAsync("Development", settings);

    private static Task<ServerProcess> StartAsync(string environment, params (string Name, string Value)[] settings) =>
        ServerProcess.StartAsync(settings.Where(setting => setting.Value.Length > 0).ToImmutableDictionary(setting => setting.Name, setting => setting.Value), environment);

    private static HttpClient Client(ServerProcess server) =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = server.Address };

    private static string Header(HttpResponseMessage response, string name) => Assert.Single(response.Headers.GetValues(name));

    [GeneratedRegex("src=\"\\./(assets/[^\"]+\\.js)\"")]
    private static partial Regex Script();
}
