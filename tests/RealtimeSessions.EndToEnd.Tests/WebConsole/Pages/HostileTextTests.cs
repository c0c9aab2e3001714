using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using RealtimeSessions.EndToEnd.Tests.Deployments;

namespace RealtimeSessions.EndToEnd.Tests.WebConsole.Pages;

/// <summary>What somebody has typed stays text, wherever the console shows it.</summary>
[Collection(EmbeddedDeployment.Name)]
public sealed class HostileTextTests(EmbeddedDeployment deployment) : ConsoleTest(deployment)
{
    /// <summary>Where it were taken for anything but text, the page would have another title, or an image, a script or a frame.</summary>
    private const string Hostile = "\"><img src=x onerror=\"document.title='broken'\"><script>document.title='broken'</script>{{7*7}}${7*7} javascript:alert(1) \u202eevil";

    private static readonly JsonSerializerOptions AsJavaScript = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task HostileText_InEveryField_IsShownAsText()
    {
        var session = await Alice.CreateSessionAsync(Hostile, properties: $"{Hostile.Replace("=", "", StringComparison.Ordinal)} = {Hostile}", description: Hostile);
        await Bob.GoToAsync($"/applications/{SessionRef.ApplicationId}");
        await ShowsAsync(Bob);
        await Bob.OpenSessionAsync(session);

        var writer = await ConnectAsync("alice");
        await writer.PatchAsync(session, new JsonObject { [Hostile] = new JsonObject { [Hostile] = new JsonArray(Hostile) } });
        await writer.SendEventAsync(session, Hostile, new { text = Hostile });
        await writer.CallAsync("AddSessionParticipant", session.With(new { participant = new { id = Hostile } }));
        await writer.CallAsync("JoinSession", session.With(new { presence = new { state = Hostile } }));
        await writer.CallAsync("SendSignal", session.With(new { name = Hostile, data = new { x = 1, y = 2, text = Hostile } }));
        foreach (var tab in (string[])["Timeline", "People", "Details"])
        {
            await Bob.OpenTabAsync(tab);
            await ShowsAsync(Bob);
        }

        await Bob.OpenTabAsync("Timeline");
        await Bob.Events(Hostile[..20]).Last.ClickAsync();
        await ShowsAsync(Bob, Bob.Page.Locator(".event-details"));
        // What begins like a quoted text would have to be one.
        var typed = Hostile[1..];
        await Bob.AddAsync(typed[..30], typed);
        await Bob.EditAsync($"/{typed[..30]}", $"{typed}!");
        await Alice.UntilValueAsync($"/{typed[..30]}", JsonSerializer.Serialize($"{typed}!", AsJavaScript));
        await ConversationsShowAsync();
    }

    private async Task ConversationsShowAsync()
    {
        using var api = await RestClient.SignInAsync(First, "bob");
        var space = await CreateAsync(api, "spaces", new { name = Hostile, details = Hostile });
        await CreateAsync(api, "groups", new { name = Hostile, space_id = space });
        var conversation = await CreateAsync(api, "conversations", new
        {
            name = Hostile, details = Hostile, space_id = space, initial_comment = $"{Hostile} #tag",
            external_objects = new[] { new { id = Hostile, name = Hostile, url = "https://example.com/" + Uri.EscapeDataString(Hostile) } },
        });
        foreach (var place in (string[])["/conversations", $"/spaces/{space}", $"/conversations/{conversation}"])
        {
            await Bob.GoToAsync(place);
            await ShowsAsync(Bob);
        }

        await Bob.Page.GetByLabel("Your comment").FillAsync($"{Hostile} again");
        await Bob.Page.Keyboard.PressAsync("Control+Enter");
        await ShowsAsync(Bob, Bob.Page.Locator(".said").Filter(new() { HasText = "again" }));
    }

    private static async Task<long> CreateAsync(RestClient api, string what, object content)
    {
        var answer = await api.CallAsync("POST", what, new Dictionary<string, object> { [what] = new[] { content } });
        Assert.True(answer.Code is null, answer.Body.ToString());
        return answer.Body.GetProperty(what)[0].GetProperty("id").GetInt64();
    }

    /// <summary>The text is there, and nothing else came of it.</summary>
    private static async Task ShowsAsync(ConsolePage console, ILocator? place = null)
    {
        await Assertions.Expect((place ?? console.Page.Locator("#main")).GetByText("onerror").First).ToBeVisibleAsync();
        Assert.Equal(0, await console.Page.Locator("img, iframe, object, embed, #root script, [onerror], a[href^='javascript:']").CountAsync());
        Assert.NotEqual("broken", await console.Page.TitleAsync());
    }
}
