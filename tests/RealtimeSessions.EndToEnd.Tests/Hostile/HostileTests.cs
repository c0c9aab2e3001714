using System.Diagnostics;
using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.EndToEnd.Tests.Hostile.Run;
using RealtimeSessions.Testing;
using Xunit.Abstractions;

namespace RealtimeSessions.EndToEnd.Tests.Hostile;

/// <summary>Whatever is sent is refused with a code, harms nobody else and leaves nothing behind.</summary>
public abstract class HostileTests(ITestOutputHelper output)
{
    protected async Task PlayAsync(IReadOnlyList<ServerProcess> servers)
    {
        var watch = Stopwatch.StartNew();
        var run = new HostileRun(servers, Report);
        await using var neighbours = await Neighbours.StartAsync(servers);

        await run.PlayAsync(HostileScale.FirstSeed, HostileScale.Requests);

        Report(run.Outcomes.ToString());
        Report($"{await neighbours.StopAsync()} events to each neighbour");
        Report(servers[0].Output[^Math.Min(servers[0].Output.Length, 3000)..]); // TEMP
        run.Outcomes.AssertNoFailures();
        Assert.All(servers, server => server.AssertNoErrors());

        void Report(string text) => output.WriteLine($"{watch.Elapsed:mm\\:ss} {text}");
    }
}

/// <inheritdoc/>
public sealed class EmbeddedHostileTests(ITestOutputHelper output) : HostileTests(output)
{
    [Fact]
    public async Task HostileRequests_Embedded_HarmNobody()
    {
        await using var server = await ServerProcess.StartAsync(HostileServers.Settings);
        await PlayAsync([server]);
    }
}

/// <inheritdoc/>
public sealed class RedisHostileTests(ITestOutputHelper output) : HostileTests(output)
{
    [Fact]
    public async Task HostileRequests_Redis_HarmNobody()
    {
        using var folder = new TemporaryFolder();
        await using var redis = await RedisServer.StartAsync();
        var settings = RedisDeployment.Settings(redis.ConnectionString, folder).AddRange(HostileServers.Settings);
        await using var first = await ServerProcess.StartAsync(settings);
        await using var second = await ServerProcess.StartAsync(settings);
        await PlayAsync([first, second]);
    }
}
