using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using RealtimeSessions.EndToEnd.Tests.Browser;
using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.Testing;

namespace RealtimeSessions.EndToEnd.Tests.WebConsole.Pages;

/// <summary>The web console in a browser, with what a person does there.</summary>
internal sealed class ConsolePage : IAsyncDisposable
{
    /// <summary>The values of the tree by their pointers, as they are written; of a comparison with the present, those of the past.</summary>
    private const string ReadTree = """
        () => JSON.stringify(Object.fromEntries([...document.querySelectorAll(".data-row:not(.added)")]
          .map(row => [row.dataset.pointer, row.querySelector(".value")])
          .filter(([, value]) => value && (!value.classList.contains("within") || /^(\[\]|\{\})$/.test(value.textContent)))
          .map(([pointer, value]) => [pointer, value.textContent])))
        """;

    /// <summary>Resolves when a row shows a value and is lit in a person's colour, however shortly.</summary>
    private const string SeeLit = """
        ([pointer, value, user]) => new Promise(resolve => {
          const avatar = [...document.querySelectorAll(".avatar")].find(one => one.ariaLabel === user);
          const look = () => {
            const row = [...document.querySelectorAll(".data-row")].find(one => one.dataset.pointer === pointer);
            const light = row?.querySelector(".lit");
            if (light && row.querySelector(".value")?.textContent === value
              && getComputedStyle(light).borderLeftColor === getComputedStyle(avatar).backgroundColor) resolve();
          };
          new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
        })
        """;

    private readonly GatedPage _page;

    static ConsolePage() => Assertions.SetDefaultExpectTimeout((float)Callbacks.Patience.TotalMilliseconds);

    private ConsolePage(GatedPage page, string user) => (_page, User) = (page, user);

    public string User { get; }

    public IPage Page => _page.Page;

    /// <summary>Opens the console and signs in.</summary>
    public static async Task<ConsolePage> OpenAsync(Chromium browser, ServerProcess server, string user, BrowserNewContextOptions? options = null)
    {
        var console = new ConsolePage(await GatedPage.OpenAsync(browser, server, options), user);
        await console.Page.GotoAsync(console._page.Server.ToString());
        await console.Page.GetByLabel("Your name").FillAsync(user);
        await console.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await Assertions.Expect(console.Page.Locator(".light")).ToHaveTextAsync("Connected");
        return console;
    }

    /// <summary>Opens a page by its address's fragment.</summary>
    public Task GoToAsync(string place) => Page.EvaluateAsync("place => { location.hash = place; }", place);

    public async Task OpenSessionAsync(SessionRef session)
    {
        await GoToAsync($"/applications/{SessionRef.ApplicationId}/sessions/{session.SessionId}");
        await UntilStatusAsync("Synchronized");
    }

    /// <summary>Makes a session by the dialog, which opens it.</summary>
    public async Task<SessionRef> CreateSessionAsync(string name, string participants = "group:everyone", string properties = "", string description = "")
    {
        await GoToAsync($"/applications/{SessionRef.ApplicationId}");
        await Page.GetByRole(AriaRole.Button, new() { Name = "New session" }).ClickAsync();
        var dialog = Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Name").FillAsync(name);
        await dialog.GetByLabel("Participants").FillAsync(participants);
        await dialog.GetByLabel("Properties").FillAsync(properties);
        await dialog.GetByText("More").ClickAsync();
        await dialog.GetByLabel("Description").FillAsync(description);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Create" }).ClickAsync();
        await UntilStatusAsync("Synchronized");
        return new SessionRef(new Uri(Page.Url).Fragment.Split('/')[^1]);
    }

    /// <summary>Adds a name to the document.</summary>
    public async Task AddAsync(string name, string value)
    {
        await Page.GetByLabel("New name").FillAsync(name);
        await Page.GetByLabel("New value").FillAsync(value);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
    }

    /// <summary>Edits a value in its place.</summary>
    public async Task EditAsync(string pointer, string value)
    {
        await Row(pointer).DblClickAsync();
        await Row(pointer).GetByRole(AriaRole.Textbox).FillAsync(value);
        await Page.Keyboard.PressAsync("Enter");
    }

    public async Task RenameAsync(string pointer, string name)
    {
        await Row(pointer).ClickAsync();
        await Page.Keyboard.PressAsync("F2");
        await Row(pointer).GetByRole(AriaRole.Textbox).FillAsync(name);
        await Page.Keyboard.PressAsync("Enter");
    }

    public async Task RemoveAsync(string pointer)
    {
        await Row(pointer).ClickAsync();
        await Page.Keyboard.PressAsync("Delete");
    }

    /// <summary>Applies a merge patch that is written by hand.</summary>
    public async Task PatchAsync(object patch)
    {
        await Page.GetByRole(AriaRole.Button, new() { Name = "Raw patch" }).ClickAsync();
        await Page.GetByLabel("A JSON merge patch").FillAsync(JsonSerializer.Serialize(patch));
        await Page.GetByRole(AriaRole.Button, new() { Name = "Apply the patch" }).ClickAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Raw patch" }).ClickAsync();
    }

    public async Task SendEventAsync(string name, object data)
    {
        await OpenTabAsync("Timeline");
        await Page.GetByLabel("Name of the event").FillAsync(name);
        await Page.GetByLabel("Data of the event").FillAsync(JsonSerializer.Serialize(data));
        await Page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
    }

    /// <summary>Looks at a sequence.</summary>
    public async Task LookAtAsync(long sequence)
    {
        await Page.GetByRole(AriaRole.Slider).FillAsync(sequence.ToString());
        await Assertions.Expect(Page.GetByRole(AriaRole.Heading, new() { Name = $"Data at {sequence:N0}" })).ToBeVisibleAsync();
        await Assertions.Expect(Page.GetByLabel("Data", new() { Exact = true })).ToHaveAttributeAsync("aria-busy", "false");
    }

    public Task OpenTabAsync(string name) => Page.GetByRole(AriaRole.Tab, new() { Name = name }).ClickAsync();

    public ILocator Row(string pointer) => Page.Locator($".data-row[data-pointer='{pointer.Replace("\\", @"\\", StringComparison.Ordinal).Replace("'", @"\'", StringComparison.Ordinal)}']");

    /// <summary>The events of the timeline that have a text.</summary>
    public ILocator Events(string text) => Page.Locator(".event-row").Filter(new() { HasText = text });

    /// <summary>The values of the tree by their pointers, as JSON.</summary>
    public async Task<IReadOnlyDictionary<string, string>> TreeAsync() =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(await Page.EvaluateAsync<string>(ReadTree))!;

    /// <summary>Waits until a value is shown.</summary>
    public Task UntilValueAsync(string pointer, string value) => Assertions.Expect(Row(pointer).Locator(".value").First).ToHaveTextAsync(value);

    /// <summary>
    /// Sees that a value is lit in the colour of a person who is here. To be called before he changes it: the page itself looks, because it is over
    /// before a slow machine has asked.
    /// </summary>
    public Task LightsUpAsync(string pointer, string value, string user) =>
        Page.EvaluateAsync(SeeLit, new[] { pointer, value, user }).WaitAsync(Callbacks.Patience);

    public Task UntilStatusAsync(string status) => Assertions.Expect(Page.Locator(".sync-line [role=status]")).ToHaveTextAsync(new Regex($"^{status}"));

    /// <summary>Waits until exactly these are shown as being in the session.</summary>
    public async Task UntilPeopleAsync(params string[] users)
    {
        var faces = Page.GetByLabel("Who is here").GetByRole(AriaRole.Img);
        await Assertions.Expect(faces).ToHaveCountAsync(users.Length);
        foreach (var user in users)
        {
            await Assertions.Expect(Page.GetByLabel("Who is here").GetByRole(AriaRole.Img, new() { Name = user, Exact = true })).ToBeVisibleAsync();
        }
    }

    /// <summary>Cuts the connection; no other can be made until <see cref="ReconnectAsync"/>.</summary>
    public async Task CutAsync()
    {
        _page.Cut();
        await UntilStatusAsync("Offline");
    }

    public async Task ReconnectAsync()
    {
        _page.Release();
        await UntilStatusAsync("Synchronized");
        _page.Recovered();
    }

    /// <summary>Fails if something has gone wrong on the page, or another host was asked for anything.</summary>
    public void AssertClean() => _page.AssertClean();

    public ValueTask DisposeAsync() => _page.DisposeAsync();
}
