using System.Diagnostics;
using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.EndToEnd.Tests.Hostile.Run;
using RealtimeSessions.Testing;
using Xunit.Abstractions;

namespace RealtimeSessions.EndToEnd.Tests.Hostile;

/// <summary>
/// Whatever is sent is refused with a code, harms nobody else and leaves nothing behind. <see cref="HostileScale"/> says how to send more, or
/// one alone.
/// </summary>
public abstract class HostileTests(ITestOutputHelper output)
{
    // Caches, and what the server keeps of its own figures, still grow a little after everything has been seen once.
    private const long HeapTolerance = 16 * 1024;

    // So much, in KiB, the runtime may keep for itself, depending on the machine and the moment. In the long run a leak of one kilobyte a request would be more.
    private const long PrivateTolerance = 128 * 1024;

    // Longer than sessions that nobody uses stay in memory.
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(2.5);

    private readonly Stopwatch _watch = Stopwatch.StartNew();

    private protected async Task PlayAsync(IReadOnlyList<ServerProcess> servers)
    {
        // What a server says of its settings when it starts.
        var warnings = servers.Select(server => ServerLog.Warnings(server.Output)).ToArray();
        var run = new HostileRun(servers, Report);
        await using var neighbours = await Neighbours.StartAsync(servers);
        var seed = HostileScale.FirstSeed;
        var memory = new List<ServerMemory[]>();
        foreach (var count in HostileScale.Parts)
        {
            await run.PlayAsync(seed, count);
            seed += count;
            await Task.Delay(Rest);
            memory.Add(await Task.WhenAll(servers.Select(ServerMemory.MeasureAsync)));
            Report($"{count} requests; then the servers hold {string.Join(" and ", memory[^1])}");
        }

        Report(run.Outcomes.ToString());
        var events = await neighbours.StopAsync();
        Report($"{events} events to each neighbour, the slowest change after {neighbours.LongestWait.TotalMilliseconds:f0} ms");
        run.Outcomes.AssertNoFailures();
        Assert.All(servers, server => server.AssertNoErrors());
        Assert.Equal(warnings, servers.Select(server => ServerLog.Warnings(server.Output)));
        for (var i = 0; i < servers.Count; i++)
        {
            Assert.InRange(memory[^1][i].Heap, 0, memory[0][i].Heap + HeapTolerance);
            Assert.InRange(memory[^1][i].Private, 0, memory[0][i].Private + PrivateTolerance);
        }
    }

    private void Report(string text) => output.WriteLine($"{_watch.Elapsed:hh\\:mm\\:ss} {text}");
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
        await using var storage = await RedisStorage.StartAsync();
        var settings = storage.Settings.AddRange(HostileServers.Settings);
        await using var first = await ServerProcess.StartAsync(settings);
        await using var second = await ServerProcess.StartAsync(settings);
        await PlayAsync([first, second]);
    }
}
