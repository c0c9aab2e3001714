using System.Text.Json;
using Microsoft.Playwright;
using RealtimeSessions.EndToEnd.Tests.Deployments;

namespace RealtimeSessions.EndToEnd.Tests.WebConsole.Pages;

/// <summary>Conversations in the console, in two real browsers.</summary>
public abstract class ConversationPageTests(Deployment deployment) : ConsoleTest(deployment)
{
    [Fact]
    public async Task Comment_BesideASession_ArrivesInTheOtherPage()
    {
        var session = await Alice.CreateSessionAsync("Roof");
        using var api = await RestClient.SignInAsync(First, "alice");
        var space = await AddSpaceAsync(api, "bob@example.com");
        await Alice.GoToAsync($"/spaces/{space}");
        await Alice.Page.GetByRole(AriaRole.Button, new() { Name = "New conversation" }).ClickAsync();
        var dialog = Alice.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Name").FillAsync("Which tiles?");
        await dialog.GetByLabel("First comment").FillAsync("Red or grey? #tiles");
        await dialog.GetByLabel("Who sees it").SelectOptionAsync("2");
        await dialog.GetByLabel("Application of a session").SelectOptionAsync(SessionRef.ApplicationId);
        await dialog.GetByLabel("Session", new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Value = session.SessionId });
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Begin it" }).ClickAsync();
        await Assertions.Expect(dialog).ToHaveCountAsync(0);

        await Bob.OpenSessionAsync(session);
        await Bob.OpenTabAsync("Conversations");
        await Bob.Page.GetByRole(AriaRole.Button, new() { Name = "Which tiles?" }).ClickAsync();
        await Assertions.Expect(Said(Bob, "Red or grey? #tiles")).ToBeVisibleAsync();
        await Alice.OpenSessionAsync(session);
        await Alice.OpenTabAsync("Conversations");
        await Alice.Page.GetByRole(AriaRole.Button, new() { Name = "Which tiles?" }).ClickAsync();
        await Bob.Page.GetByLabel("Your comment").FillAsync("Grey, I think.");
        await Bob.Page.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(Said(Alice, "Grey, I think.")).ToBeVisibleAsync();
        await Alice.Page.GetByLabel("Your comment").FillAsync("Grey it is.");
        await Alice.Page.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(Said(Bob, "Grey it is.")).ToBeVisibleAsync();
    }

    private static ILocator Said(ConsolePage console, string text) => console.Page.Locator(".said").Filter(new() { HasText = text });

    /// <summary>A space with another member.</summary>
    private static async Task<long> AddSpaceAsync(RestClient api, string member)
    {
        var space = (await api.CallAsync("POST", "spaces", new { spaces = new[] { new { name = "Building" } } })).Body.GetProperty("spaces")[0].GetProperty("id").GetInt64();
        var added = await api.CallAsync("POST", $"spaces/{space}/participants", new { participants = new[] { new { email = member } } });
        Assert.True(added.Code is null, JsonSerializer.Serialize(added.Body));
        return space;
    }

    [Collection(EmbeddedDeployment.Name)]
    public sealed class Embedded(EmbeddedDeployment deployment) : ConversationPageTests(deployment);

    [Collection(RedisDeployment.Name)]
    public sealed class Redis(RedisDeployment deployment) : ConversationPageTests(deployment);
}
