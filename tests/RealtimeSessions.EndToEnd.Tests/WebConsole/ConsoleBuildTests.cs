using System.Diagnostics;
using System.Net;
using System.Runtime.Versioning;
using RealtimeSessions.EndToEnd.Tests.Walk;
using RealtimeSessions.Testing;

namespace RealtimeSessions.EndToEnd.Tests.WebConsole;

/// <summary>Building the console with the server, on machines with another npm than this one's, or none.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ConsoleBuildTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly TemporaryFolder _programs = new();
    private readonly TemporaryFolder _objects = new();
    private readonly TemporaryFolder _output = new();

    public ConsoleBuildTests() => File.CreateSymbolicLink(Path.Combine(_programs.Path, "sh"), "/bin/sh");

    private string Missing => Path.Combine(_objects.Path, "missing.txt");

    private string Calls => Path.Combine(_objects.Path, "calls");

    [Theory]
    [InlineData(null, "Node.js was not found")]
    [InlineData("[ $1 = --version ]", "Its build failed")]
    public async Task Build_WithoutTheConsole_GivesAServerThatSaysSoInOneLine(string? npm, string problem)
    {
        await BuildAsync(npm);
        LayOutServer();
        await using var server = await ServerProcess.StartAsync(assembly: Path.Combine(_output.Path, "RealtimeSessions.Server.dll"));
        using var http = new HttpClient { BaseAddress = server.Address };

        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("console/")).StatusCode);
        Assert.NotEmpty(await server.SignInAsync("alice"));
        await server.StopAsync();
        var said = Assert.Single(server.Output.Split('\n'), line => line.Contains("console", StringComparison.OrdinalIgnoreCase));
        Assert.StartsWith($"  console  is not there. {problem}", said, StringComparison.Ordinal);
        server.AssertNoErrors();
    }

    [Fact]
    public async Task Build_Again_RunsNothing()
    {
        await BuildAsync("true");
        var first = await File.ReadAllTextAsync(Calls);
        await BuildAsync("true");

        Assert.Contains("run build --prefix", first, StringComparison.Ordinal);
        Assert.Equal(first, await File.ReadAllTextAsync(Calls));
        Assert.False(File.Exists(Missing));
    }

    [Fact]
    public async Task Build_AfterOneThatFailed_TriesAgain()
    {
        await BuildAsync("[ $1 = --version ]");
        Assert.True(File.Exists(Missing));
        await BuildAsync("true");

        Assert.Equal(2, (await File.ReadAllLinesAsync(Calls)).Count(call => call == "--version"));
    }

    public void Dispose()
    {
        _programs.Dispose();
        _objects.Dispose();
        _output.Dispose();
    }

    /// <summary>Runs what the build does for the console, where nothing of it is kept.</summary>
    /// <param name="npm">What npm does, as a line of a shell, when it has noted its arguments; null: there is none.</param>
    private async Task BuildAsync(string? npm)
    {
        if (npm is not null)
        {
            var program = Path.Combine(_programs.Path, "npm");
            await File.WriteAllTextAsync(program, $"#!/bin/sh\necho \"$@\" >> '{Calls}'\n{npm}\n");
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
        }

        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])
            [
                "msbuild", Path.Combine(Readme.Root, "server", "RealtimeSessions.Server"), "-target:BuildConsole", "-nodeReuse:false", "-verbosity:quiet",
                $"-property:ConsoleObj={_objects.Path}/", $"-property:OutDir={_output.Path}/",
            ])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["PATH"] = _programs.Path;
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(Patience);
        Assert.True(process.ExitCode == 0, $"{await output}{await errors}");
    }

    /// <summary>The server as it would have been built: with the word that was left instead of the console.</summary>
    private void LayOutServer()
    {
        foreach (var entry in new DirectoryInfo(AppContext.BaseDirectory).EnumerateFileSystemInfos().Where(entry => entry.Name != "console"))
        {
            var place = Path.Combine(_output.Path, entry.Name);
            if (entry is FileInfo { Name: var name } file && name.StartsWith("RealtimeSessions.Server.", StringComparison.Ordinal))
            {
                file.CopyTo(place);
            }
            else
            {
                File.CreateSymbolicLink(place, entry.FullName);
            }
        }

        File.Copy(Missing, Path.Combine(Directory.CreateDirectory(Path.Combine(_output.Path, "console")).FullName, "missing.txt"));
    }
}
