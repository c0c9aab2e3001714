using System.Diagnostics;
using RealtimeSessions.LoadTester.Tests.Support;
using RealtimeSessions.Testing;

namespace RealtimeSessions.LoadTester.Tests.Runs;

/// <summary>The program as it is started from a shell.</summary>
[Collection(LoadServer.Name)]
public sealed class ProcessTests(LoadServer server)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Soak_AskedToStop_EndsWithTheReportSoFar()
    {
        using var process = Start("soak", "--url", server.Url, "--connections", "10", "--sessions", "2", "--rate", "50", "--duration", "1h");
        var output = new List<string>();
        while (await process.StandardOutput.ReadLineAsync().WaitAsync(Patience) is { } line)
        {
            output.Add(line);
            if (line.StartsWith("Soaking", StringComparison.Ordinal))
            {
                UnixSignal.Terminate(process.Id);
            }
        }

        await process.WaitForExitAsync().WaitAsync(Patience);
        Assert.Contains(output, line => line.EndsWith(", interrupted", StringComparison.Ordinal));
        Assert.Equal("All checks held.", output[^1]);
        Assert.Equal(0, process.ExitCode);
    }

    [Fact]
    public async Task Replay_OfNoTrace_EndsWithTwo()
    {
        using var process = Start("replay", "there-is-no-such.trace.jsonl");

        Assert.Contains("cannot be read", await process.StandardError.ReadToEndAsync().WaitAsync(Patience), StringComparison.Ordinal);
        await process.WaitForExitAsync().WaitAsync(Patience);
        Assert.Equal(2, process.ExitCode);
    }

    private static Process Start(params string[] arguments) => Process.Start(
        new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "realtime-sessions-load.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
}
