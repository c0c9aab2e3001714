using System.Collections.Immutable;
using RealtimeSessions.Testing;

namespace RealtimeSessions.EndToEnd.Tests.Durability;

/// <summary>The embedded engine's folder belongs to one process.</summary>
public sealed class DataFolderTests
{
    [Fact]
    public async Task Start_WithAFolderInUse_IsRefusedUntilTheOtherEnds()
    {
        using var folder = new TemporaryFolder();
        var settings = ImmutableDictionary<string, string>.Empty.Add("Storage__Directory", folder.Path);
        await using var first = await ServerProcess.StartAsync(settings);

        var refused = await Assert.ThrowsAsync<ServerNotStartedException>(() => ServerProcess.StartAsync(settings));

        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains(folder.Path, refused.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", refused.Output, StringComparison.Ordinal);
        await first.SignInAsync("alice");
        first.AssertNoErrors();

        await first.KillAsync();
        await using var second = await ServerProcess.StartAsync(settings);
        await second.SignInAsync("alice");
        second.AssertNoErrors();
    }
}
