using System.Text.Json;
using RealtimeSessions.EndToEnd.Tests.Browser;
using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.Testing;

namespace RealtimeSessions.EndToEnd.Tests.WebConsole.Pages;

/// <summary>A test with the console in browsers: alice's on one server of the deployment, bob's on another. It fails if anything went wrong on one of the pages.</summary>
public abstract class ConsoleTest(Deployment deployment) : HubTest(deployment)
{
    private Chromium _browser = null!;

    private protected ConsolePage Alice { get; private set; } = null!;

    private protected ConsolePage Bob { get; private set; } = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _browser = await Chromium.StartAsync();
        Alice = await ConsolePage.OpenAsync(_browser, First, "alice");
        Bob = await ConsolePage.OpenAsync(_browser, Second, "bob");
    }

    public override async Task DisposeAsync()
    {
        await Alice.DisposeAsync();
        await Bob.DisposeAsync();
        await _browser.DisposeAsync();
        Alice.AssertClean();
        Bob.AssertClean();
        await base.DisposeAsync();
    }

    /// <summary>The server's data at a sequence, as the tree shows them: values by their pointers.</summary>
    private protected static async Task<IReadOnlyDictionary<string, string>> DataAsync(HubClient observer, SessionRef session, long? atSequence = null)
    {
        var values = new Dictionary<string, string>();
        var answer = await observer.CallAsync("GetSessionData", session.With(new { atSequence }));
        Collect("", answer.GetProperty("data"));
        return values;

        void Collect(string pointer, JsonElement value)
        {
            if (value.ValueKind == JsonValueKind.Object && value.EnumerateObject().Any())
            {
                foreach (var member in value.EnumerateObject())
                {
                    Collect($"{pointer}/{member.Name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}", member.Value);
                }
            }
            else if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0)
            {
                foreach (var (index, element) in value.EnumerateArray().Index())
                {
                    Collect($"{pointer}/{index}", element);
                }
            }
            else if (pointer.Length > 0)
            {
                values[pointer] = value.GetRawText();
            }
        }
    }

    /// <summary>Both pages show what the server has.</summary>
    private protected async Task AssertAllEqualAsync(HubClient observer, SessionRef session)
    {
        foreach (var page in (ConsolePage[])[Alice, Bob])
        {
            await page.UntilStatusAsync("Synchronized");
        }

        var stored = (await DataAsync(observer, session)).OrderBy(value => value.Key, StringComparer.Ordinal).ToArray();
        foreach (var page in (ConsolePage[])[Alice, Bob])
        {
            using var patience = new CancellationTokenSource(Callbacks.Patience);
            while (!(await page.TreeAsync()).OrderBy(value => value.Key, StringComparer.Ordinal).SequenceEqual(stored))
            {
                Assert.False(patience.IsCancellationRequested, $"{page.User} sees {JsonSerializer.Serialize(await page.TreeAsync())} of {JsonSerializer.Serialize(stored)}");
                await Task.Delay(TimeSpan.FromMilliseconds(50));
            }
        }
    }
}
