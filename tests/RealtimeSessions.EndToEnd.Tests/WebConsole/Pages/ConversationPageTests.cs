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

        // What is typed stays while one looks at something else.
        var opener = Alice.Page.GetByRole(AriaRole.Button, new() { Name = "Which tiles?" });
        await opener.ClickAsync();
        await Assertions.Expect(Alice.Page.GetByLabel("Your comment")).ToBeHiddenAsync();
        await opener.ClickAsync();
        await Alice.Page.GetByLabel("Your comment").PressAsync("Control+Enter");
        await Assertions.Expect(Said(Bob, "Grey it is.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Dialog_Closed_GivesTheFocusBack()
    {
        using var api = await RestClient.SignInAsync(First, "alice");
        await Alice.GoToAsync($"/spaces/{await AddSpaceAsync(api, "bob@example.com")}");
        var opener = Alice.Page.GetByRole(AriaRole.Button, new() { Name = "New group" });
        var dialog = Alice.Page.GetByRole(AriaRole.Dialog);
        await opener.ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Assertions.Expect(dialog).ToHaveCountAsync(0);
        await Assertions.Expect(opener).ToBeFocusedAsync();
        await Alice.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(dialog.GetByLabel("Name")).ToBeFocusedAsync();
        await Alice.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(dialog).ToHaveCountAsync(0);
        await Assertions.Expect(opener).ToBeFocusedAsync();

        await opener.ClickAsync();
        await dialog.GetByLabel("Name").FillAsync("Roofers");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Make it" }).ClickAsync();
        await Assertions.Expect(dialog).ToHaveCountAsync(0);
        await Assertions.Expect(opener).ToBeFocusedAsync();
        var delete = Alice.Page.GetByRole(AriaRole.Button, new() { Name = "Delete the group Roofers" });
        await delete.ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Delete it" }).ClickAsync();
        await Assertions.Expect(delete).ToHaveCountAsync(0);
        await Assertions.Expect(Alice.Page.Locator("#main")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Dialog_CallUnderWay_CannotBeClosed()
    {
        using var api = await RestClient.SignInAsync(First, "alice");
        await Alice.GoToAsync($"/spaces/{await AddSpaceAsync(api, "bob@example.com")}");
        var goOn = new TaskCompletionSource();
        await Alice.Page.RouteAsync("**/api/v1/groups", async route =>
        {
            await goOn.Task;
            await route.ContinueAsync();
        });
        await Alice.Page.GetByRole(AriaRole.Button, new() { Name = "New group" }).ClickAsync();
        var dialog = Alice.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Name").FillAsync("Roofers");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Make it" }).ClickAsync();
        await Assertions.Expect(dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel" })).ToBeDisabledAsync();
        await Alice.Page.Keyboard.PressAsync("Escape");
        // A browser lets the second one through where it is only told that the dialog does not want it.
        await Alice.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(dialog).ToBeVisibleAsync();
        goOn.SetResult();
        await Assertions.Expect(dialog).ToHaveCountAsync(0);
        await Assertions.Expect(Alice.Page.GetByText("Roofers")).ToBeVisibleAsync();
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
