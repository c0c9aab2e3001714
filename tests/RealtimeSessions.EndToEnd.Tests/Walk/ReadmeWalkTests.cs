using System.Collections.Immutable;
using RealtimeSessions.EndToEnd.Tests.JavaScript;
using RealtimeSessions.Testing;

namespace RealtimeSessions.EndToEnd.Tests.Walk;

/// <summary>The README's walk, as it is written there.</summary>
public sealed class ReadmeWalkTests
{
    private const string WrittenAddress = "http://localhost:5080";
    private const string StartCommand = "dotnet run --project ";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Walk_OnAFreshServer_PrintsWhatTheReadmeSays()
    {
        var (script, expected) = Readme.ReadWalk();
        Assert.Contains(WrittenAddress, script, StringComparison.Ordinal);
        await using var server = await ServerProcess.StartAsync();

        var output = await RunAsync(script, server);

        // Each client hears in order; whose line is printed first is a race.
        Assert.Equal(expected.Order(StringComparer.Ordinal), output.Order(StringComparer.Ordinal));
        server.AssertNoErrors();
    }

    [Fact]
    public async Task Walk_AfterAKill_GoesOnAtTheNextSequence()
    {
        using var folder = new TemporaryFolder();
        var settings = ImmutableDictionary<string, string>.Empty.Add("Storage__Directory", folder.Path);
        var (script, expected) = Readme.ReadWalk();
        await using (var server = await ServerProcess.StartAsync(settings))
        {
            await RunAsync(script, server);
            await server.KillAsync();
            server.AssertNoErrors();
        }

        await using var again = await ServerProcess.StartAsync(settings);
        var output = await RunAsync(script, again);

        // The walk makes events 2 to 4; the server ends with the same data. Who of the two is told first is chance.
        Assert.Contains(output[..2], line => line.StartsWith("alice starts at 4 with", StringComparison.Ordinal));
        Assert.Contains(expected[^1], output);
        again.AssertNoErrors();
    }

    [Fact]
    public void Commands_ThatStartTheServer_NameAProjectThatIsThere()
    {
        var commands = Readme.ReadCommands().ToArray();
        var starts = commands.Where(command => command.StartsWith(StartCommand, StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(starts);
        Assert.All(starts, start => Assert.True(Directory.Exists(Path.Combine(Readme.Root, start[StartCommand.Length..].Split(' ')[0])), start));
        Assert.Contains("node walk.mjs", commands);
    }

    private static async Task<string[]> RunAsync(string script, ServerProcess server)
    {
        using var folder = new TemporaryFolder();
        Directory.CreateSymbolicLink(Path.Combine(folder.Path, "node_modules"), Node.Modules);
        await File.WriteAllTextAsync(
            Path.Combine(folder.Path, "walk.mjs"),
            script.Replace(WrittenAddress, server.Address.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal));
        return (await Node.RunAsync("walk.mjs", folder.Path, Patience)).TrimEnd().Split('\n');
    }
}
