using System.Diagnostics;
using System.Globalization;
using Microsoft.Playwright;
using RealtimeSessions.Benchmarks.Measure;
using RealtimeSessions.Testing;

namespace RealtimeSessions.Benchmarks;

/// <summary>
/// How the web console carries a large session, in a real browser: 100,000 events and 2,000 names. How long it takes to open, to scroll to another place of the
/// timeline, to look for an event through all of it, to see the state in the middle; and the longest task of the page while 200 patches a second come.
/// </summary>
internal static class ConsoleBenchmark
{
    private const int Names = 2_000;
    private const int PatchesPerSecond = 200;
    private const int CallsAtOnce = 100;
    private const string SessionId = "large";

    /// <summary>Notes how long the page's tasks take, those of 50 ms and more (W3C Long Tasks).</summary>
    private const string WatchTasks = """
        () => { window.tasks = []; new PerformanceObserver(list => tasks.push(...list.getEntries().map(task => task.duration))).observe({ type: "longtask" }); }
        """;

    private const string CountFrames = """
        seconds => new Promise(resolve => {
          const start = performance.now();
          let frames = 0;
          requestAnimationFrame(function next(now) {
            frames++;
            if (now - start < seconds * 1000) requestAnimationFrame(next);
            else resolve(frames / seconds);
          });
        })
        """;

    public static async Task RunAsync(Pace pace)
    {
        var (events, rounds, seconds) = pace == Pace.Quick ? (10_000, 1, 3) : (100_000, 5, 10);
        Console.WriteLine($"console: a session of {events:N0} events and {Names:N0} names in Chromium; {rounds} rounds, medians");
        await using var server = await ServerProcess.StartAsync();
        await using var writer = await HubClient.ConnectAsync(server.Address, await server.SignInAsync("alice"));
        await FillAsync(writer, events);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = ChromiumProgram.Path, Headless = false, Args = ChromiumProgram.Arguments });
        var figures = new Dictionary<string, List<double>>();
        for (var round = 0; round < rounds; round++)
        {
            var page = await SignInAsync(browser, server.Address);
            await page.EvaluateAsync(WatchTasks);
            Note("opening, ms", await OpenAsync(page));
            await page.EvaluateAsync("() => { tasks.length = 0; }");
            var frames = page.EvaluateAsync<double>(CountFrames, seconds);
            await WriteAsync(writer, seconds);
            Note($"frames per second at {PatchesPerSecond} patches a second", await frames);
            Note("longest task meanwhile, ms", await page.EvaluateAsync<double>("() => Math.max(0, ...tasks)"));
            Note("to another place of the timeline, ms", await ScrollAsync(page));
            Note("looking through all events, ms", await SearchAsync(page, events / 2));
            Note("the state in the middle, ms", await LookBackAsync(page, events / 2));
            Note("longest task of all of it, ms", await page.EvaluateAsync<double>("() => Math.max(0, ...tasks)"));
            await page.Context.CloseAsync();
        }

        var table = new Table("in the browser", "median", "worst");
        foreach (var (name, values) in figures)
        {
            var isMore = name.StartsWith("frames", StringComparison.Ordinal);
            table.Add(name, $"{Figures.Median(values):N0}", $"{(isMore ? values.Min() : values.Max()):N0}");
        }

        table.Print();

        void Note(string name, double value)
        {
            figures.TryAdd(name, []);
            figures[name].Add(value);
        }
    }

    private static async Task FillAsync(HubClient writer, int events)
    {
        await writer.CallAsync("CreateSession", new { applicationId = "demo", sessionId = SessionId, name = "Large" });
        for (var first = 0; first < events; first += CallsAtOnce)
        {
            await Task.WhenAll(Enumerable.Range(first, CallsAtOnce).Select(number => PatchAsync(writer, number)));
        }
    }

    private static Task PatchAsync(HubClient writer, int number) => writer.CallAsync("PatchSessionData", new
    {
        applicationId = "demo",
        sessionId = SessionId,
        data = new Dictionary<string, object> { [string.Create(CultureInfo.InvariantCulture, $"item{number % Names}")] = new { x = number, label = $"number {number}." } },
    });

    private static async Task<IPage> SignInAsync(IBrowser browser, Uri server)
    {
        var page = await (await browser.NewContextAsync(new() { ViewportSize = new() { Width = 1360, Height = 860 } })).NewPageAsync();
        await page.GotoAsync(server.ToString());
        await page.GetByRole(AriaRole.Button, new() { Name = "alice", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator(".light")).ToHaveTextAsync("Connected");
        return page;
    }

    private static Task<double> OpenAsync(IPage page) => TimeAsync(async () =>
    {
        await page.EvaluateAsync("id => { location.hash = `/applications/demo/sessions/${id}`; }", SessionId);
        await page.Locator(".data-row").First.WaitForAsync();
        await page.Locator(".event-row .sequence").First.WaitForAsync();
    });

    private static async Task WriteAsync(HubClient writer, int seconds)
    {
        var clock = Stopwatch.StartNew();
        for (var number = 0; number < PatchesPerSecond * seconds; number++)
        {
            await Task.Delay(TimeSpan.FromSeconds(Math.Max(0, (number / (double)PatchesPerSecond) - clock.Elapsed.TotalSeconds)));
            await PatchAsync(writer, number);
        }
    }

    private static Task<double> ScrollAsync(IPage page) => TimeAsync(async () =>
    {
        await page.GetByRole(AriaRole.Listbox, new() { Name = "Events" }).EvaluateAsync("list => { list.scrollTop = list.scrollHeight / 3; }");
        await page.WaitForFunctionAsync("() => { const rows = [...document.querySelectorAll('.event-row')]; return rows.length > 5 && rows.every(row => row.querySelector('.sequence')); }");
    });

    private static async Task<double> SearchAsync(IPage page, int number)
    {
        var time = await TimeAsync(async () =>
        {
            await page.GetByLabel("Search the events").FillAsync($"number {number}.");
            await page.WaitForFunctionAsync("() => /^1 found$/.test(document.querySelector('.search-state')?.textContent ?? '')");
        });
        await page.GetByLabel("Search the events").FillAsync("");
        return time;
    }

    private static Task<double> LookBackAsync(IPage page, int sequence) => TimeAsync(async () =>
    {
        await page.GetByRole(AriaRole.Slider).FillAsync(sequence.ToString(CultureInfo.InvariantCulture));
        await page.Locator(".data-panel[aria-busy=false] .panel-head .badge").WaitForAsync();
    });

    private static async Task<double> TimeAsync(Func<Task> act)
    {
        var clock = Stopwatch.StartNew();
        await act();
        return clock.Elapsed.TotalMilliseconds;
    }
}
