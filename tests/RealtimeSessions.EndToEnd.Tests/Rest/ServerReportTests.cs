using System.Net;
using System.Text.Json;
using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.Testing;

namespace RealtimeSessions.EndToEnd.Tests.Rest;

/// <summary>How the server does, as its administrators are told.</summary>
public sealed class ServerReportTests
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    [Fact]
    public async Task Server_ByWhoeverIsNoAdministrator_IsForbidden()
    {
        await using var server = await ServerProcess.StartAsync();
        using var bob = await RestClient.SignInAsync(server, "bob");
        using var http = new HttpClient();

        using var anonymous = await http.GetAsync(new Uri(server.Address, "api/v1/server"));

        Assert.Equal("forbidden", (await bob.CallAsync("GET", "server")).Code);
        Assert.Equal(HttpStatusCode.Unauthorized, anonymous.StatusCode);
    }

    [Fact]
    public async Task Server_UnderLoad_ShowsIt()
    {
        await using var server = await ServerProcess.StartAsync();
        using var alice = await RestClient.SignInAsync(server, "alice");
        await using var writer = await HubClient.ConnectAsync(server.Address, await server.SignInAsync("alice"));
        await using var member = await HubClient.ConnectAsync(server.Address, await server.SignInAsync("bob"));
        await using var watcher = await HubClient.ConnectAsync(server.Address, await server.SignInAsync("bob"));
        var session = await writer.CreateSessionAsync(new { n = 0 }, "bob");
        await writer.JoinAsync(session);
        await member.JoinAsync(session);
        await watcher.CallAsync("WatchApplication", new { applicationId = SessionRef.ApplicationId });

        var before = await alice.DoAsync("GET", "server");
        var loaded = await UntilAsync(
            alice,
            async () =>
            {
                await writer.PatchAsync(session, new { n = Guid.NewGuid() });
                await writer.CallAsync("GetSession", new SessionRef("nowhere").With()).RefusedAsync();
            },
            report => Samples(report).Any(IsOfTheLoad));

        var sample = Samples(loaded).Last(IsOfTheLoad);
        Assert.Equal(
            (3, 2, 1, 1), (Number(sample, "connections"), Number(sample, "members"), Number(sample, "watchers"), Number(sample, "sessions")));
        Assert.True(Number(sample, "callsPerSecond") >= 2 * Number(sample, "refusalsPerSecond"));
        foreach (var name in (string[])["deliveryLag", "append"])
        {
            var durations = sample.GetProperty(name);
            Assert.True(Number(durations, "p50") <= Number(durations, "p99") && Number(durations, "p99") <= Number(durations, "max"), $"{name}: {durations}");
        }

        Assert.True(Number(sample, "cpu") > 0 && Number(sample, "heap") > 0 && Number(sample, "workingSet") > 0);
        var engine = loaded.GetProperty("engine");
        Assert.Equal(("embedded", "healthy"), (engine.GetProperty("kind").GetString(), engine.GetProperty("status").GetString()));
        Assert.False(engine.TryGetProperty("problem", out _));
        Assert.Equal(before.GetProperty("serverId").GetString(), loaded.GetProperty("serverId").GetString());
        Assert.Equal(before.GetProperty("startedAt").GetString(), loaded.GetProperty("startedAt").GetString());
        server.AssertNoErrors();

        // Between two samples some of a change may be in the one and some in the other, and a member may be behind just then.
        static bool IsOfTheLoad(JsonElement sample) =>
            Number(sample, "lagging") == 0
            && ((string[])["callsPerSecond", "eventsPerSecond", "deliveriesPerSecond", "refusalsPerSecond"]).All(rate => Number(sample, rate) > 0)
            && ((string[])["deliveryLag", "append", "engineLatency"]).All(duration => sample.TryGetProperty(duration, out _));
    }

    [Fact]
    public async Task Server_AfterATime_TellsWhatIsNewer()
    {
        await using var server = await ServerProcess.StartAsync();
        using var alice = await RestClient.SignInAsync(server, "alice");
        var two = await UntilAsync(alice, () => Task.CompletedTask, report => Samples(report).Count >= 2);
        var last = Samples(two)[^1].GetProperty("at").GetString();

        var newer = await alice.DoAsync("GET", $"server?after={Samples(two)[^2].GetProperty("at").GetString()}");
        var wrong = await alice.CallAsync("GET", "server?after=yesterday");

        Assert.Equal(2, two.GetProperty("interval").GetInt32());
        Assert.Equal(last, Samples(newer)[0].GetProperty("at").GetString());
        Assert.Equal("invalid_argument", wrong.Code);
    }

    [Fact]
    public async Task Server_WhileRedisIsAway_SaysSoUntilItIsBack()
    {
        await using var storage = await RedisStorage.StartDurableAsync();
        await using var server = await ServerProcess.StartAsync(storage.Settings);
        using var alice = await RestClient.SignInAsync(server, "alice");
        var before = await UntilAsync(alice, () => Task.CompletedTask, report => Status(report) == "healthy");

        await storage.Redis.KillAsync();
        var away = await UntilAsync(alice, () => Task.CompletedTask, report => Status(report) == "unavailable");
        await storage.Redis.RestartAsync();
        await UntilAsync(alice, () => Task.CompletedTask, report => Status(report) == "healthy");

        Assert.Equal("redis", before.GetProperty("engine").GetProperty("kind").GetString());
        Assert.Contains("Redis", away.GetProperty("engine").GetProperty("problem").GetString(), StringComparison.Ordinal);
    }

    private static async Task<JsonElement> UntilAsync(RestClient client, Func<Task> act, Func<JsonElement, bool> condition)
    {
        using var patience = new CancellationTokenSource(Callbacks.Patience);
        while (true)
        {
            await act();
            if (await client.DoAsync("GET", "server") is var report && condition(report))
            {
                return report;
            }

            await Task.Delay(Pause, patience.Token);
        }
    }

    private static List<JsonElement> Samples(JsonElement report) => [.. report.GetProperty("samples").EnumerateArray()];

    private static string? Status(JsonElement report) => report.GetProperty("engine").GetProperty("status").GetString();

    private static double Number(JsonElement element, string name) => element.GetProperty(name).GetDouble();
}
