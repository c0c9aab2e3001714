using System.Collections.Immutable;
using System.Diagnostics;
using RealtimeSessions.EndToEnd.Tests.Hostile.Run;
using RealtimeSessions.Testing;

namespace RealtimeSessions.EndToEnd.Tests.Hostile;

/// <summary>A connection that calls too often harms itself.</summary>
public sealed class FloodTests
{
    private const int CallsPerSecond = 50;
    private const int Burst = 100;
    private const int Calls = 350;

    private static readonly ImmutableDictionary<string, string> Settings = ImmutableDictionary<string, string>.Empty
        .Add("Limits__CallsPerSecond", $"{CallsPerSecond}")
        .Add("Limits__CallBurst", $"{Burst}")
        .Add("Limits__CallPatience", "00:00:01");

    [Fact]
    public async Task Connection_ThatFloods_IsSlowedThenRefusedAndItsNeighboursFeelNothing()
    {
        await using var server = await ServerProcess.StartAsync(Settings);
        await using var neighbours = await Neighbours.StartAsync([server]);
        await using var flooder = await HubClient.ConnectAsync(server.Address, await server.SignInAsync("mallory"));
        var watch = Stopwatch.StartNew();

        var codes = await Task.WhenAll(Enumerable.Range(0, Calls).Select(_ => CodeAsync(flooder)));

        var made = codes.Count(code => code is null);
        Assert.All(codes, code => Assert.True(code is null or "rate_limited", code));
        Assert.InRange(made, Burst + CallsPerSecond, Calls - 1);
        Assert.True(made <= Burst + (CallsPerSecond * (watch.Elapsed.TotalSeconds + 1)), $"{made} calls in {watch.Elapsed}");

        await neighbours.StopAsync();
        Assert.False(flooder.Closed.IsCompleted);
        server.AssertNoErrors();
    }

    private static async Task<string?> CodeAsync(HubClient client)
    {
        try
        {
            await client.CallAsync("ListApplications", new { });
            return null;
        }
        catch (HubCallException exception)
        {
            return exception.Code;
        }
    }
}
