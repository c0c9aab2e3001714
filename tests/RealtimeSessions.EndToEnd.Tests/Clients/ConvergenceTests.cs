using System.Globalization;
using System.Text.Json.Nodes;
using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.Testing;
using Xunit.Abstractions;

namespace RealtimeSessions.EndToEnd.Tests.Clients;

/// <summary>
/// Ten clients of both libraries over both protocols on two servers patch and undo at random, while connections are cut and held and Redis restarts. When all is quiet, all
/// hold the same as the server. The variable <c>REALTIME_CONVERGENCE_RUNS</c> may ask for more runs, <c>REALTIME_CONVERGENCE_SEED</c> for others.
/// </summary>
public sealed class ConvergenceTests(ITestOutputHelper output)
{
    private const int UsualRuns = 5;
    private const int Clients = 10;
    private const int Steps = 150;
    private static readonly TimeSpan LongestHold = TimeSpan.FromMilliseconds(60);

    private static int Setting(string name, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : usual;

    [Fact]
    public async Task Replicas_AfterRandomPatchesUndosAndFaults_EqualTheServers()
    {
        await using var storage = await RedisStorage.StartDurableAsync();
        await using var one = await ServerProcess.StartAsync(storage.Settings);
        await using var two = await ServerProcess.StartAsync(storage.Settings);
        await using var observer = await HubClient.ConnectAsync(one.Address, await one.SignInAsync("alice"));
        await using var cast = await Cast.OpenAsync([one, two], Clients);
        var (runs, seed) = (Setting("REALTIME_CONVERGENCE_RUNS", UsualRuns), Setting("REALTIME_CONVERGENCE_SEED", 1));
        for (var run = 0; run < runs; run++)
        {
            var random = new Random(seed + run);
            var session = await observer.CreateSessionAsync();
            await Task.WhenAll(cast.Actors.Select(actor => actor.JoinAsync(session)));
            var faults = await RunAsync(cast, random, storage.Redis);
            await observer.UntilAvailableAsync(session);
            var views = await cast.QuietAsync(async () => (await observer.CallAsync("GetSessionData", session.With())).Sequence());

            var data = JsonNode.Parse((await observer.GetDataAsync(session)).GetRawText());
            Assert.All(cast.Actors.Zip(views), member =>
            {
                var (actor, view) = member;
                var seeded = $"Run with seed {seed + run}, {actor}";
                Assert.True(JsonNode.DeepEquals(data, view.Data), $"{seeded} holds {view.Data.ToJsonString()}, the server {data!.ToJsonString()}");
                Assert.True(JsonNode.DeepEquals(data, view.Confirmed), $"{seeded} has confirmed {view.Confirmed.ToJsonString()}, the server {data!.ToJsonString()}");
                Assert.True(view is { Disorder: null, Failures.Count: 0, Resets: 0 }, $"{seeded}: {view}");
            });
            output.WriteLine($"Seed {seed + run}: {views[0].Sequence} events, {faults}.");
            await Task.WhenAll(cast.Actors.Select(actor => actor.LeaveAsync()));
        }

        one.AssertNoErrors();
        two.AssertNoErrors();
    }

    private static async Task<string> RunAsync(Cast cast, Random random, RedisServer redis)
    {
        var (cuts, holds, restart) = (0, 0, Task.CompletedTask);
        var restartAt = random.Next(Steps);
        for (var step = 0; step < Steps; step++)
        {
            var which = random.Next(Clients);
            var (actor, gate) = (cast.Actors[which], cast.Gates[which]);
            if (step == restartAt)
            {
                restart = redis.RestartAsync();
            }

            switch (random.Next(20))
            {
                case 0:
                    gate.Cut();
                    cuts++;
                    break;
                case 1:
                    _ = random.Next(2) == 0 ? gate.HoldAnswers() : gate.HoldRequests();
                    _ = ReleaseAsync(gate, LongestHold * random.NextDouble());
                    holds++;
                    break;
                case < 6:
                    await actor.UndoAsync();
                    break;
                default:
                    await actor.PatchAsync(RandomPatches.Next(random));
                    break;
            }

            if (random.Next(4) == 0)
            {
                await Task.Delay(random.Next(10));
            }
        }

        await restart;
        return $"{cuts} cuts, {holds} delays, a restart of Redis";
    }

    private static async Task ReleaseAsync(TcpGate gate, TimeSpan hold)
    {
        await Task.Delay(hold);
        gate.Release();
    }
}
