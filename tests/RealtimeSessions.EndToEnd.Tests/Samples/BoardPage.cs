using System.Text.Json;
using Microsoft.Playwright;
using RealtimeSessions.EndToEnd.Tests.Browser;
using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.Testing;

namespace RealtimeSessions.EndToEnd.Tests.Samples;

/// <summary>A note as a page shows it.</summary>
internal sealed record ShownNote(string Text, string Color, double X, double Y);

/// <summary>The sample board in a browser, behind a gate of its own, with what a person does there.</summary>
internal sealed class BoardPage : IAsyncDisposable
{
    private const char EndOfJson = '\u001e';

    private const string ReadNotes = """
        () => [...document.querySelectorAll(".note")].map(note => {
          const [x, y] = note.style.translate.split(" ").map(parseFloat);
          return { text: note.querySelector("textarea").value, color: note.classList[1], x, y: y ?? 0 };
        })
        """;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(25);
    private readonly GatedPage _page;
    private readonly Uri _own;
    private (float X, float Y) _grip;

    private BoardPage(GatedPage page, Uri own)
    {
        (_page, _own) = (page, own);
        Page.WebSocket += (_, socket) => socket.FrameReceived += (_, frame) => HearsMessagePack |= frame.Text?.EndsWith(EndOfJson) is not true;
    }

    public IPage Page => _page.Page;

    /// <summary>Whether anything has come that is no JSON of the hub.</summary>
    public bool HearsMessagePack { get; private set; }

    /// <summary>Opens the board and signs in.</summary>
    public static async Task<BoardPage> OpenAsync(Chromium browser, Uri page, ServerProcess server, SessionRef session, string user, string protocol)
    {
        var board = new BoardPage(await GatedPage.OpenAsync(browser, server), page);
        await board.Page.GotoAsync($"{page}?url={board._page.Server}&session={session.SessionId}&protocol={protocol}");
        await board.Page.GetByLabel("Your name").FillAsync(user);
        await board.Page.GetByText("Open the board").ClickAsync();
        await board.UntilStatusAsync("Synchronized");
        return board;
    }

    public async Task<IReadOnlyList<ShownNote>> NotesAsync() =>
        (await Page.EvaluateAsync<JsonElement>(ReadNotes)).Deserialize<ShownNote[]>(JsonSerializerOptions.Web)!;

    /// <summary>Waits until the notes are as wanted.</summary>
    public async Task<IReadOnlyList<ShownNote>> UntilNotesAsync(Func<IReadOnlyList<ShownNote>, bool> wanted)
    {
        using var patience = new CancellationTokenSource(Callbacks.Patience);
        IReadOnlyList<ShownNote> notes;
        while (!wanted(notes = await NotesAsync()))
        {
            Assert.False(patience.IsCancellationRequested, $"The page still shows {string.Join(", ", notes)}. {string.Join(" ", _page.Problems)}");
            await Task.Delay(Interval);
        }

        return notes;
    }

    public Task UntilStatusAsync(string label) => Assertions.Expect(Page.Locator(".status")).ToHaveTextAsync(label, new() { Timeout = Milliseconds });

    public Task UntilPeopleAsync(params string[] names) => Assertions.Expect(Page.Locator(".people")).ToMatchAriaSnapshotAsync(
        "- list \"Who is here\":\n" + string.Concat(names.Select(name => $"  - listitem \"{name}\"\n")), new() { Timeout = Milliseconds });

    public Task UntilSummaryAsync(string text) => Assertions.Expect(Page.Locator(".summary")).ToHaveTextAsync(text, new() { Timeout = Milliseconds });

    /// <summary>The note with a text.</summary>
    public async Task<ILocator> FindAsync(string text)
    {
        var notes = await UntilNotesAsync(notes => notes.Any(note => note.Text == text));
        return Page.Locator(".note").Nth(notes.TakeWhile(note => note.Text != text).Count());
    }

    /// <summary>Adds a note and writes on it.</summary>
    public async Task AddAsync(string color, string text)
    {
        await Page.GetByLabel($"Add a {color} note").ClickAsync();
        await WriteAsync(await FindAsync(""), text);
    }

    public async Task WriteAsync(ILocator note, string text)
    {
        await note.GetByLabel("Text").FillAsync(text);
        await note.GetByLabel("Text").BlurAsync();
    }

    /// <summary>Takes a note by its bar into the hand.</summary>
    public async Task GrabAsync(ILocator note)
    {
        // Waits until the note has stopped moving.
        await note.GetByLabel("Move").HoverAsync();
        var bar = (await note.GetByLabel("Move").BoundingBoxAsync())!;
        _grip = (bar.X + (bar.Width / 2), bar.Y + (bar.Height / 2));
        await Page.Mouse.DownAsync();
    }

    /// <summary>Moves the hand to so far from where it took the note.</summary>
    public Task MoveAsync(float x, float y) => Page.Mouse.MoveAsync(_grip.X + x, _grip.Y + y, new() { Steps = 5 });

    public Task DropAsync() => Page.Mouse.UpAsync();

    /// <summary>Cuts the connection; no other can be made until <see cref="ReconnectAsync"/>.</summary>
    public async Task CutAsync()
    {
        _page.Cut();
        await Assertions.Expect(Page.Locator(".status")).ToHaveTextAsync("Offline", new() { Timeout = Milliseconds });
    }

    public async Task ReconnectAsync()
    {
        _page.Release();
        await UntilStatusAsync("Synchronized");
        _page.Recovered();
    }

    /// <summary>Fails if something has gone wrong, or another host was asked for anything.</summary>
    public void AssertClean() => _page.AssertClean(_own);

    public ValueTask DisposeAsync() => _page.DisposeAsync();

    private static float Milliseconds => (float)Callbacks.Patience.TotalMilliseconds;
}
