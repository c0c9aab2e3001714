using System.Text.RegularExpressions;
using Microsoft.Playwright;
using RealtimeSessions.EndToEnd.Tests.Deployments;

namespace RealtimeSessions.EndToEnd.Tests.WebConsole.Pages;

/// <summary>A session in the console, in two real browsers.</summary>
public abstract class SessionPageTests(Deployment deployment) : ConsoleTest(deployment)
{
    [Fact]
    public async Task Session_EditedInTwoPages_ShowsEachWhatTheOtherDoesAndWhereHeIs()
    {
        var session = await Alice.CreateSessionAsync("Plans");
        await Bob.OpenSessionAsync(session);
        await Alice.UntilPeopleAsync("alice", "bob");
        await Bob.UntilPeopleAsync("alice", "bob");

        await Alice.AddAsync("title", "Plans");
        await Bob.UntilValueAsync("/title", "\"Plans\"");
        await Alice.PatchAsync(new { shopping = new { milk = 2, list = new object[] { 1, "two" } } });
        var lit = Alice.LightsUpAsync("/shopping/milk", "3", "bob");
        await Bob.EditAsync("/shopping/milk", "3");
        await lit;
        await Assertions.Expect(Alice.Row("/shopping/milk").GetByRole(AriaRole.Img, new() { Name = "bob, is here" })).ToBeVisibleAsync();
        await Bob.RenameAsync("/title", "heading");
        await Alice.UntilValueAsync("/heading", "\"Plans\"");
        await Alice.EditAsync("/shopping/list/1", "{\"deep\": true}");
        await Bob.UntilValueAsync("/shopping/list/1", "{ 1 }");
        await Bob.RemoveAsync("/heading");
        await Assertions.Expect(Alice.Row("/heading")).ToHaveCountAsync(0);
        await Bob.SendEventAsync("greeting", new { text = "hello" });
        await Assertions.Expect(Alice.Events("greeting {\"text\":\"hello\"}")).ToBeVisibleAsync();

        foreach (var console in (ConsolePage[])[Alice, Bob])
        {
            await console.Row("/shopping/list/1").ClickAsync();
            await console.Page.Keyboard.PressAsync("ArrowRight");
        }

        await AssertAllEqualAsync(await ConnectAsync("alice"), session);
    }

    [Fact]
    public async Task Session_ChangedWithoutAConnection_HasAllOfItAfterwards()
    {
        var session = await Alice.CreateSessionAsync("Offline", properties: "room = blue");
        await Alice.PatchAsync(new { a = new { x = 1, y = 1 }, b = "kept" });
        await Bob.OpenSessionAsync(session);
        await Bob.UntilValueAsync("/b", "\"kept\"");

        await Bob.CutAsync();
        await Bob.EditAsync("/a/x", "2");
        await Bob.AddAsync("c", "from the train");
        await Bob.RemoveAsync("/b");
        await Alice.UntilPeopleAsync("alice");
        await Alice.EditAsync("/a/y", "3");
        await Alice.AddAsync("d", "from the desk");
        await Bob.UntilStatusAsync("Offline, 3 to send");
        await Bob.UntilValueAsync("/c", "\"from the train\"");
        await Bob.ReconnectAsync();

        await Alice.UntilPeopleAsync("alice", "bob");
        await Bob.UntilValueAsync("/d", "\"from the desk\"");
        await AssertAllEqualAsync(await ConnectAsync("alice"), session);
        Assert.Equal(["/a/x", "/a/y", "/c", "/d"], (await Alice.TreeAsync()).Keys.Order());
    }

    [Fact]
    public async Task Session_LeftAndComeBackToWithoutAConnection_HasWhatIsUnsentAndSendsIt()
    {
        var session = await Alice.CreateSessionAsync("Away");
        await Bob.OpenSessionAsync(session);

        await Bob.CutAsync();
        await Bob.AddAsync("c", "from the train");
        await Bob.Page.RouteAsync("**/session-conversations*.js", route => route.AbortAsync());
        await Bob.OpenTabAsync("Conversations");
        await Assertions.Expect(Bob.Page.GetByRole(AriaRole.Button, new() { Name = "Load again" })).ToBeVisibleAsync();
        await Bob.UntilValueAsync("/c", "\"from the train\"");
        await Bob.GoToAsync("/");
        await Assertions.Expect(Bob.Row("/c")).ToHaveCountAsync(0);
        await Bob.GoToAsync($"/applications/{SessionRef.ApplicationId}/sessions/{session.SessionId}");
        await Bob.UntilStatusAsync("Offline, 1 to send");
        await Bob.UntilValueAsync("/c", "\"from the train\"");
        await Bob.Page.UnrouteAllAsync();
        await Bob.ReconnectAsync();

        await Alice.UntilValueAsync("/c", "\"from the train\"");
        await Bob.OpenTabAsync("Conversations");
        await Assertions.Expect(Bob.Page.GetByText("There is no conversation about this session")).ToBeVisibleAsync();
        await AssertAllEqualAsync(await ConnectAsync("alice"), session);
    }

    [Fact]
    public async Task Tree_ChangedByAnotherWhileARowIsEdited_KeepsWhatIsTypedAndWhereTheKeyboardIs()
    {
        var session = await Alice.CreateSessionAsync("Both at once");
        var writer = await ConnectAsync("bob");
        await writer.PatchAsync(session, new { b = 1, c = 2, d = new { e = 3 } });
        await Alice.UntilValueAsync("/d/e", "3");
        await Alice.Row("/c").DblClickAsync();
        var editor = Alice.Page.GetByLabel("Value of c");
        await editor.FillAsync("20");

        await writer.PatchAsync(session, new { a = 0, b = (int?)null, b2 = 1 });
        await Alice.UntilValueAsync("/b2", "1");
        await Assertions.Expect(editor).ToBeFocusedAsync();
        await Assertions.Expect(editor).ToHaveValueAsync("20");

        await writer.PatchAsync(session, new { c = (int?)null });
        await Assertions.Expect(editor).ToHaveCountAsync(0);
        await Assertions.Expect(Alice.Page.GetByRole(AriaRole.Tree)).ToBeFocusedAsync();
        await Assertions.Expect(Alice.Row("/d")).ToHaveAttributeAsync("aria-selected", "true");
        await Alice.Page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(Alice.Row("/d/e")).ToHaveAttributeAsync("aria-selected", "true");
        await Assertions.Expect(Alice.Page.Locator(".editor")).ToHaveCountAsync(0);

        await Alice.Page.Keyboard.PressAsync("Delete");
        await Assertions.Expect(Alice.Row("/d")).ToHaveAttributeAsync("aria-selected", "true");
        await Alice.RenameAsync("/d", "z");
        await Assertions.Expect(Alice.Row("/z")).ToHaveAttributeAsync("aria-selected", "true");
        await Bob.OpenSessionAsync(session);
        await AssertAllEqualAsync(writer, session);
    }

    [Fact]
    public async Task Tree_LeftForAnotherFieldWhileARowIsEdited_LeavesTheKeyboardThere()
    {
        var session = await Alice.CreateSessionAsync("Elsewhere");
        await Alice.PatchAsync(new { list = new[] { "a", "b" } });
        await Alice.Row("/list/1").DblClickAsync();
        var editor = Alice.Page.Locator(".editor input");
        await editor.FillAsync("two words");
        await editor.DblClickAsync();
        await Assertions.Expect(Alice.Page.GetByLabel("Value of 1")).ToHaveValueAsync("two words");

        await Alice.Page.GetByLabel("Search the events").ClickAsync();
        await Assertions.Expect(editor).ToHaveCountAsync(0);
        await Assertions.Expect(Alice.Page.GetByLabel("Search the events")).ToBeFocusedAsync();
        await Alice.Page.Keyboard.PressAsync("Delete");
        await Alice.UntilValueAsync("/list/1", "\"b\"");

        await Alice.Row("/list/1").DblClickAsync();
        await editor.FillAsync("B");
        var writer = await ConnectAsync("bob");
        await writer.PatchAsync(session, new { list = new[] { "x", "a", "b" } });
        await Alice.UntilValueAsync("/list/0", "\"x\"");
        await Assertions.Expect(editor).ToBeFocusedAsync();
        await Alice.Page.Keyboard.PressAsync("Enter");
        await Alice.UntilValueAsync("/list/2", "\"B\"");
        await Bob.OpenSessionAsync(session);
        await AssertAllEqualAsync(writer, session);
        Assert.Equal(["\"x\"", "\"a\"", "\"B\""], (await Bob.TreeAsync()).OrderBy(value => value.Key).Select(value => value.Value));
    }

    [Fact]
    public async Task Tabs_LeftAndComeBackTo_HaveWhatWasTypedAndShowTheEnd()
    {
        var session = await Alice.CreateSessionAsync("Tabs");
        var writer = await ConnectAsync("alice");
        await Task.WhenAll(Enumerable.Range(0, 100).Select(n => writer.PatchAsync(session, new { n })));
        await Assertions.Expect(Alice.Events("/n = 99")).ToBeVisibleAsync();
        await Alice.Page.GetByLabel("Name of the event").FillAsync("half");

        await Alice.OpenTabAsync("Conversations");
        await Alice.Page.GetByRole(AriaRole.Button, new() { Name = "New conversation about this session" }).ClickAsync();
        var dialog = Alice.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Name").FillAsync("Which tab?");
        await dialog.GetByLabel("First comment").FillAsync("This one?");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Begin it" }).ClickAsync();
        await Alice.Page.GetByLabel("Your comment").FillAsync("Half a comment");
        var drawn = await Alice.Page.Locator(".event-list").EvaluateAsync<string>("list => list.innerHTML");
        await Task.WhenAll(Enumerable.Range(100, 100).Select(n => writer.PatchAsync(session, new { n })));
        await Alice.UntilValueAsync("/n", "199");
        await Assertions.Expect(Alice.Page.Locator(".past output")).ToHaveTextAsync("201 / 201");
        Assert.Equal(drawn, await Alice.Page.Locator(".event-list").EvaluateAsync<string>("list => list.innerHTML"));

        await Alice.OpenTabAsync("Timeline");
        await Assertions.Expect(Alice.Events("/n = 199")).ToBeInViewportAsync();
        await Assertions.Expect(Alice.Page.GetByLabel("Name of the event")).ToHaveValueAsync("half");
        await writer.PatchAsync(session, new { n = 200 });
        await Assertions.Expect(Alice.Events("/n = 200")).ToBeInViewportAsync();
        await Alice.Page.GetByRole(AriaRole.Listbox, new() { Name = "Events" }).FocusAsync();
        await Alice.Page.Keyboard.PressAsync("Home");
        await Assertions.Expect(Alice.Events("was created")).ToBeInViewportAsync();
        await Alice.OpenTabAsync("Details");
        await Alice.OpenTabAsync("Timeline");
        await Assertions.Expect(Alice.Events("was created")).ToBeInViewportAsync();
        await Alice.OpenTabAsync("Conversations");
        await Assertions.Expect(Alice.Page.GetByLabel("Your comment")).ToHaveValueAsync("Half a comment");
        await Assertions.Expect(Alice.Page.GetByRole(AriaRole.Tabpanel)).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Slider_AtEverySequence_ShowsTheStateOfThen()
    {
        var session = await Alice.CreateSessionAsync("History");
        var writer = await ConnectAsync("alice");
        object[] patches =
        [
            new { a = 1, b = new { c = "x" } }, new { a = 2 }, new { b = new { c = (string?)null, d = new[] { 1, 2 } } }, new { a = (int?)null }, new { b = "flat" },
            new { b = new { deep = new { er = true } } }, new { e = new { } },
        ];
        foreach (var patch in patches)
        {
            await writer.PatchAsync(session, patch);
        }

        var head = patches.Length + 1;
        await Assertions.Expect(Alice.Page.Locator(".past output")).ToHaveTextAsync($"{head} / {head}");
        for (var sequence = head - 1; sequence >= 1; sequence--)
        {
            await Alice.LookAtAsync(sequence);
            var stored = await DataAsync(writer, session, sequence);
            Assert.Equal(stored.OrderBy(each => each.Key), (await Alice.TreeAsync()).OrderBy(each => each.Key));
        }

        await Assertions.Expect(Alice.Page.Locator(".panel-head .badge")).ToHaveTextAsync("2 differences to now");
        await Assertions.Expect(Alice.Page.GetByLabel("New name")).ToBeHiddenAsync();
        await Alice.Events("/a = 1, /b/c").ClickAsync();
        await Alice.Page.GetByRole(AriaRole.Button, new() { Name = "Data at this event" }).ClickAsync();
        await Alice.UntilValueAsync("/b/c", "\"x\"");
        await Alice.Page.GetByRole(AriaRole.Button, new() { Name = "Now", Exact = true }).ClickAsync();
        await Alice.UntilValueAsync("/b/deep/er", "true");
    }

    [Fact]
    public async Task Timeline_WithThousandsOfEvents_ScrollsAndFindsOne()
    {
        var session = await Alice.CreateSessionAsync("Long");
        var writer = await ConnectAsync("alice");
        for (var round = 0; round < 30; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 100).Select(index => writer.PatchAsync(session, new { n = (round * 100) + index })));
        }

        await Assertions.Expect(Alice.Events("/n = ").Last).ToBeVisibleAsync();
        await Assertions.Expect(Alice.Page.Locator(".event-row .sequence").Last).ToHaveTextAsync("3001");
        await Alice.Page.GetByRole(AriaRole.Listbox, new() { Name = "Events" }).FocusAsync();
        await Alice.Page.Keyboard.PressAsync("Home");
        await Assertions.Expect(Alice.Events("was created")).ToBeVisibleAsync();
        await Alice.Page.GetByLabel("Search the events").FillAsync("\"n\":1234}");
        await Assertions.Expect(Alice.Events("/n = 1234")).ToBeVisibleAsync();
        await Assertions.Expect(Alice.Page.Locator(".search-state")).ToHaveTextAsync(new Regex("^1 found$"));
    }

    [Fact]
    public async Task Timeline_LookedAtWithoutAConnection_ReadsWhatIsMissingAfterwards()
    {
        var session = await Alice.CreateSessionAsync("Cut");
        var writer = await ConnectAsync("alice");
        await Task.WhenAll(Enumerable.Range(0, 500).Select(n => writer.PatchAsync(session, new { n })));
        await Bob.OpenSessionAsync(session);
        await Assertions.Expect(Bob.Events("/n = 499")).ToBeVisibleAsync();

        await Bob.CutAsync();
        await Bob.Page.GetByRole(AriaRole.Listbox, new() { Name = "Events" }).EvaluateAsync("list => { list.scrollTop = list.scrollHeight / 2; }");
        await Assertions.Expect(Bob.Events("…")).Not.ToHaveCountAsync(0);
        await Bob.ReconnectAsync();

        await Assertions.Expect(Bob.Events("/n = 250")).ToBeVisibleAsync();
        await Assertions.Expect(Bob.Events("…")).ToHaveCountAsync(0);
    }

    [Collection(EmbeddedDeployment.Name)]
    public sealed class Embedded(EmbeddedDeployment deployment) : SessionPageTests(deployment);

    [Collection(RedisDeployment.Name)]
    public sealed class Redis(RedisDeployment deployment) : SessionPageTests(deployment);
}
