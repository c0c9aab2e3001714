using System.Collections.Immutable;
using System.Diagnostics;
using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.Testing;
using static RealtimeSessions.EndToEnd.Tests.Deployments.Callbacks;

namespace RealtimeSessions.EndToEnd.Tests.Errors;

/// <summary>Who calls too often is read more slowly, keeps the order of his calls, and is refused only when he goes on and on.</summary>
public sealed class PacingTests
{
    [Fact]
    public async Task Calls_BeyondTheRate_AreSlowerAndInOrder()
    {
        await using var server = await StartAsync(perSecond: 100, burst: 20, patience: TimeSpan.FromMinutes(1));
        await using var client = await HubClient.ConnectAsync(server.Address, await server.SignInAsync("alice"));
        var session = await client.CreateSessionAsync();
        var clock = Stopwatch.StartNew();

        var acks = await Task.WhenAll(Enumerable.Range(1, 120).Select(n => client.SendEventAsync(session, $"n{n}")));

        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(0.9), Patience);
        Assert.Equal(Range(2, 121), acks.Select(ack => ack.Sequence()));
        server.AssertNoErrors();
    }

    [Fact]
    public async Task Calls_BeyondPatience_AreRefusedUntilTheClientSlackens()
    {
        await using var server = await StartAsync(perSecond: 50, burst: 5, patience: TimeSpan.FromMilliseconds(300));
        await using var client = await HubClient.ConnectAsync(server.Address, await server.SignInAsync("alice"));
        var session = await client.CreateSessionAsync();

        var calls = Enumerable.Range(1, 100).Select(n => client.SendEventAsync(session, $"n{n}")).ToArray();
        var refused = await Assert.ThrowsAsync<HubCallException>(() => calls[^1]);
        Assert.Equal("rate_limited", refused.Code);
        Assert.Equal(1, refused.Details.GetProperty("retryAfter").GetInt32());

        await Task.Delay(TimeSpan.FromSeconds(1.5));
        await client.SendEventAsync(session, "again");
        await Task.WhenAll(calls.Select(call => call.ContinueWith(_ => { }, TaskScheduler.Default)));
        server.AssertNoErrors();
    }

    [Fact]
    public async Task Connection_ThatEndsWhileCallsWait_LeavesNothingBehind()
    {
        await using var server = await StartAsync(perSecond: 1, burst: 1, patience: TimeSpan.FromMinutes(10));
        for (var i = 0; i < 3; i++)
        {
            await using var client = await HubClient.ConnectAsync(server.Address, await server.SignInAsync("alice"));
            var calls = Enumerable.Range(1, 100).Select(_ => client.CallAsync("ListSessions", new { applicationId = "demo" })).ToArray();
            await calls[0];
            client.Cut();
            await Assert.ThrowsAnyAsync<Exception>(() => Task.WhenAll(calls));
        }

        Assert.Equal(0, await server.StopAsync());
        server.AssertNoErrors();
    }

    private static Task<ServerProcess> StartAsync(int perSecond, int burst, TimeSpan patience) =>
        ServerProcess.StartAsync(ImmutableDictionary<string, string>.Empty
            .Add("Limits__CallsPerSecond", $"{perSecond}").Add("Limits__CallBurst", $"{burst}").Add("Limits__CallPatience", $"{patience}"));
}
