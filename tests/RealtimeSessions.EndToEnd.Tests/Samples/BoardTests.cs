using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using RealtimeSessions.EndToEnd.Tests.Browser;
using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.EndToEnd.Tests.JavaScript;

namespace RealtimeSessions.EndToEnd.Tests.Samples;

/// <summary>The samples as they are built: the board in two real browsers, one over each protocol, and the worker, in one session.</summary>
public abstract class BoardTests(Deployment deployment) : HubTest(deployment)
{
    private const string Hostile = "<img src=x onerror=\"document.title='broken'\">{{7*7}} \u202eevil 😀";
    private readonly SessionRef _session = SessionRef.New();
    private PageServer _pages = null!;
    private Chromium _browser = null!;
    private BoardPage _alice = null!;
    private BoardPage _bob = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _pages = PageServer.Start(Path.Combine(Node.Package("samples/board", "dist/index.html"), "dist"));
        _browser = await Chromium.StartAsync();
        _alice = await BoardPage.OpenAsync(_browser, _pages.Address, First, _session, "alice", "json");
        _bob = await BoardPage.OpenAsync(_browser, _pages.Address, Second, _session, "bob", "messagepack");
    }

    public override async Task DisposeAsync()
    {
        await _alice.DisposeAsync();
        await _bob.DisposeAsync();
        await _browser.DisposeAsync();
        await _pages.DisposeAsync();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task Board_WithTwoPeopleAndTheWorker_ShowsEachWhatTheOthersDo()
    {
        await using var worker = WorkerProcess.Start(First.Address, _session);
        await _alice.UntilPeopleAsync("alice (you)", "bob", "worker");
        await _bob.UntilPeopleAsync("alice", "bob (you)", "worker");

        await _alice.AddAsync("yellow", "milk");
        await _bob.FindAsync("milk");
        await _bob.AddAsync("pink", "bread");
        await _bob.AddAsync("yellow", Hostile);
        await _alice.UntilSummaryAsync("3 notes21");
        await (await _alice.FindAsync("bread")).GetByLabel("green").ClickAsync();
        await _bob.UntilNotesAsync(notes => notes.Any(note => note is { Text: "bread", Color: "green" }));

        await _alice.Page.GetByText("Tidy").ClickAsync();
        // Colour by colour: what was beside the first note comes first.
        (string, double, double)[] places = [("milk", 270, 40), ("bread", 40, 40), (Hostile, 500, 40)];
        var tidy = await _bob.UntilNotesAsync(AreTidy);
        await _alice.UntilNotesAsync(AreTidy);
        await DragWithUndoAsync(tidy[0]);

        await (await _bob.FindAsync("bread")).GetByLabel("Delete").ClickAsync();
        await _alice.UntilSummaryAsync("2 notes2");
        await AssertAllEqualAsync(2);
        Assert.Equal((false, true), (_alice.HearsMessagePack, _bob.HearsMessagePack));
        Assert.Equal((0, "Board", 0), (await _alice.Page.Locator("img").CountAsync(), await _alice.Page.TitleAsync(), await _bob.Page.Locator("img").CountAsync()));

        var (exitCode, output) = await worker.StopAsync();
        Assert.True(exitCode == 0 && output.Contains("Tidied for alice.", StringComparison.Ordinal) && !output.Contains("fail:", StringComparison.Ordinal), output);
        await _alice.UntilPeopleAsync("alice (you)", "bob");
        await Assertions.Expect(_alice.Page.GetByText("Tidy")).ToBeDisabledAsync();

        bool AreTidy(IReadOnlyList<ShownNote> notes) => notes.Select(note => (note.Text, note.X, note.Y)).SequenceEqual(places);
    }

    [Fact]
    public async Task Board_ChangedWithoutAConnection_HasAllOfItAfterwards()
    {
        await _alice.AddAsync("yellow", "milk");
        await _alice.AddAsync("blue", "bread");
        await _bob.FindAsync("bread");

        await _bob.CutAsync();
        await _bob.AddAsync("purple", "from the train");
        await _bob.WriteAsync(await _bob.FindAsync("milk"), "oat milk");
        await _bob.GrabAsync(await _bob.FindAsync("bread"));
        await _bob.MoveAsync(150, 90);
        await _bob.DropAsync();
        await _alice.WriteAsync(await _alice.FindAsync("bread"), "rye bread");
        await _alice.AddAsync("green", "eggs");
        await _alice.UntilPeopleAsync("alice (you)");
        var moved = (await _bob.NotesAsync()).Single(note => note.Text == "bread");
        await _bob.UntilStatusAsync("Offline, 4 to send");
        await _bob.ReconnectAsync();

        await _alice.UntilNotesAsync(notes => notes.Select(note => note.Text).Order().SequenceEqual(["eggs", "from the train", "oat milk", "rye bread"]));
        Assert.Contains(moved with { Text = "rye bread" }, await AssertAllEqualAsync(4));
        await _alice.UntilPeopleAsync("alice (you)", "bob");
    }

    /// <summary>Bob sees the note on its way, and where it ends; undo takes back all of the way.</summary>
    private async Task DragWithUndoAsync(ShownNote before)
    {
        await _alice.GrabAsync(await _alice.FindAsync(before.Text));
        await _alice.MoveAsync(60, 120);
        await _bob.UntilNotesAsync(notes => notes.Contains(before with { X = before.X + 60, Y = before.Y + 120 }));
        await Assertions.Expect(_bob.Page.Locator(".cursor")).ToHaveTextAsync("alice");
        await _alice.MoveAsync(90, 130);
        await _alice.DropAsync();
        var after = before with { X = before.X + 90, Y = before.Y + 130 };
        await _bob.UntilNotesAsync(notes => notes.Contains(after));
        await _alice.Page.GetByText("Undo").ClickAsync();
        await _bob.UntilNotesAsync(notes => notes.Contains(before));
    }

    /// <summary>Both pages show what the server has.</summary>
    private async Task<IReadOnlyList<ShownNote>> AssertAllEqualAsync(int count)
    {
        var observer = await ConnectAsync("alice");
        var notes = JsonNode.Parse((await observer.GetDataAsync(_session)).GetRawText())!["notes"]!.AsObject();
        var stored = notes.OrderBy(note => note.Key, StringComparer.Ordinal).Select(note => note.Value.Deserialize<ShownNote>(JsonSerializerOptions.Web)!).ToArray();
        Assert.Equal(count, stored.Length);
        Assert.Equal(stored, await _alice.UntilNotesAsync(stored.SequenceEqual));
        Assert.Equal(stored, await _bob.UntilNotesAsync(stored.SequenceEqual));
        _alice.AssertClean();
        _bob.AssertClean();
        return stored;
    }

    [Collection(EmbeddedDeployment.Name)]
    public sealed class Embedded(EmbeddedDeployment deployment) : BoardTests(deployment);

    [Collection(RedisDeployment.Name)]
    public sealed class Redis(RedisDeployment deployment) : BoardTests(deployment);
}
