using System.Collections.Immutable;
using Microsoft.Playwright;
using RealtimeSessions.EndToEnd.Tests.Browser;
using RealtimeSessions.Testing;

namespace RealtimeSessions.EndToEnd.Tests.WebConsole.Pages;

/// <summary>The console of a server outside Development, to which an OpenID Connect issuer signs users in.</summary>
public sealed class IssuerSignInTests
{
    [Fact]
    public async Task SignIn_ByTheIssuer_HoldsUntilOneSignsOut()
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var server = await ServerProcess.StartAsync(SettingsFor(issuer), "Production");
        await using var browser = await Chromium.StartAsync();
        await using var page = await GatedPage.OpenAsync(browser, server);
        await page.Page.GotoAsync($"{page.Server}console/#/conversations");
        await Assertions.Expect(page.Page.GetByLabel("Your name")).ToHaveCountAsync(0);
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();

        await Assertions.Expect(page.Page.Locator(".light")).ToHaveTextAsync("Connected");
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Img, new() { Name = "Dora" })).ToBeVisibleAsync();
        await Assertions.Expect(page.Page).ToHaveURLAsync($"{page.Server}console/#/conversations");
        await page.Page.ReloadAsync();
        await Assertions.Expect(page.Page.Locator(".light")).ToHaveTextAsync("Connected");
        await page.Page.Locator(".menu summary").ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" })).ToBeVisibleAsync();
        await page.Page.ReloadAsync();
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" })).ToBeVisibleAsync();
        page.AssertClean(issuer.Address, issuer.TokenAddress);
        server.AssertNoErrors();
    }

    private static ImmutableDictionary<string, string> SettingsFor(TestIssuer issuer) => ImmutableDictionary<string, string>.Empty
        .Add("Authentication__Schemes__Bearer__Authority", issuer.Address.GetLeftPart(UriPartial.Authority))
        .Add("Authentication__Schemes__Bearer__RequireHttpsMetadata", "false")
        .Add("Authentication__Schemes__Bearer__ValidAudiences__0", TestIssuer.Audience)
        .Add("Console__Enabled", "true")
        .Add("Console__ClientId", TestIssuer.ClientId)
        .Add("Console__IssuerOrigins__0", issuer.TokenAddress.GetLeftPart(UriPartial.Authority));
}
