namespace RealtimeSessions.Testing;

/// <summary>The system's Chromium, as tests and benchmarks start it.</summary>
public static class ChromiumProgram
{
    /// <summary>Where it is.</summary>
    public const string Path = "/usr/bin/chromium";

    /// <summary>Without a window, and without any traffic of its own.</summary>
    public static IReadOnlyList<string> Arguments { get; } =
    [
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
        "--disable-sync",
    ];
}
