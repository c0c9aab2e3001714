using Microsoft.Playwright;
using RealtimeSessions.Testing;

namespace RealtimeSessions.EndToEnd.Tests.Browser;

/// <summary>A real browser: the system's Chromium, without a window.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private readonly IPlaywright _playwright;

    private Chromium(IPlaywright playwright, IBrowser browser) => (_playwright, Instance) = (playwright, browser);

    public IBrowser Instance { get; }

    public static async Task<Chromium> StartAsync()
    {
        Assert.True(File.Exists(ChromiumProgram.Path), "Chromium is missing; install it with: apt-get install chromium");
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = ChromiumProgram.Path,
            Headless = false,
            Args = ChromiumProgram.Arguments,
        });
        return new Chromium(playwright, browser);
    }

    public async ValueTask DisposeAsync()
    {
        await Instance.DisposeAsync();
        _playwright.Dispose();
    }
}
