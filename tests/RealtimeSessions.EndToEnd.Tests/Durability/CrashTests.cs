using System.Collections.Immutable;
using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.Testing;
using static RealtimeSessions.EndToEnd.Tests.Deployments.Callbacks;

namespace RealtimeSessions.EndToEnd.Tests.Durability;

/// <summary>The embedded engine keeps what it has acknowledged, however the process ends.</summary>
public sealed class CrashTests
{
    private const int Kills = 22;
    private const int Stops = 4;
    private const int MaximumLoad = 500;

    [Fact]
    public async Task Log_AfterKillsAndRestartsUnderLoad_HoldsEveryAcknowledgedEventOnce()
    {
        using var folder = new TemporaryFolder();
        var settings = ImmutableDictionary<string, string>.Empty.Add("Storage__Directory", folder.Path);
        var random = new Random(20);
        List<LoadWriter> writers = [];
        for (var round = 0; round < Kills + Stops; round++)
        {
            await using var server = await ServerProcess.StartAsync(settings);
            var token = await server.SignInAsync("alice");
            await using var reader = await HubClient.ConnectAsync(server.Address, token);
            if (round == 0)
            {
                writers.AddRange(await MakeWritersAsync(reader));
            }

            await AssertKeptAsync(reader, writers);
            var clients = await Task.WhenAll(writers.Select(_ => HubClient.ConnectAsync(server.Address, token)));
            var load = Task.WhenAll(writers.Zip(clients, (writer, client) => writer.WriteAsync(client, Task.Delay(Timeout.Infinite))));
            await Task.Delay(random.Next(MaximumLoad));
            if (round % 6 == 5)
            {
                Assert.Equal(0, await server.StopAsync());
            }
            else
            {
                await server.KillAsync();
            }

            Assert.All(await load, isConnected => Assert.False(isConnected));
            await Task.WhenAll(clients.Select(client => client.DisposeAsync().AsTask()));
            server.AssertNoErrors();
        }

        await using var last = await ServerProcess.StartAsync(settings);
        await using var client = await HubClient.ConnectAsync(last.Address, await last.SignInAsync("alice"));
        foreach (var writer in writers)
        {
            Assert.True(await writer.WriteAsync(client, Task.CompletedTask));
        }

        await AssertKeptAsync(client, writers);
        await AssertDataAsync(client, writers);
        Assert.All(writers, writer => Assert.InRange(writer.Acknowledged.Count, Kills, int.MaxValue));
        last.AssertNoErrors();
    }

    private static async Task<LoadWriter[]> MakeWritersAsync(HubClient client)
    {
        var (one, two) = (await client.CreateSessionAsync(), await client.CreateSessionAsync());
        return
        [
            new("numbered-a", numbered: true, one), new("numbered-b", numbered: true, one), new("numbered-c", numbered: true, two),
            new("plain-a", numbered: false, one), new("plain-b", numbered: false, two),
        ];
    }

    private static async Task AssertKeptAsync(HubClient client, IReadOnlyList<LoadWriter> writers)
    {
        foreach (var session in writers.GroupBy(writer => writer.Session))
        {
            var log = await client.ListEventsAsync(session.Key);
            Assert.Equal(Range(1, log.Count), log.Select(Callbacks.Sequence));
            Assert.Equal(log.Count, log.Select(next => next.GetProperty("eventId").GetGuid()).Distinct().Count());
            Assert.All(session, writer => writer.AssertKeptIn(log));
        }
    }

    private static async Task AssertDataAsync(HubClient client, IEnumerable<LoadWriter> writers)
    {
        foreach (var writer in writers.Where(writer => writer.IsNumbered))
        {
            var data = await client.GetDataAsync(writer.Session);
            Assert.Equal(writer.Last - (writer.Last % 2), data.GetProperty(writer.Name).GetInt64());
        }
    }
}
