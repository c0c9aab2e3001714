using System.Text.Json;
using RealtimeSessions.EndToEnd.Tests.Deployments;
using static RealtimeSessions.EndToEnd.Tests.Deployments.Callbacks;

namespace RealtimeSessions.EndToEnd.Tests.Delivery;

/// <summary>One order for everyone.</summary>
public abstract class OrderTests(Deployment deployment) : HubTest(deployment)
{
    private const int Calls = 200;

    [Fact]
    public async Task Calls_ManyInFlight_ArriveInTheOrderTheyWereSent()
    {
        var alice = await ConnectAsync("alice");
        var bob = await ConnectAsync("bob", Second);
        var session = await alice.CreateSessionAsync(null, "bob");
        await alice.JoinAsync(session);
        var start = (await bob.JoinAsync(session)).Sequence();
        await bob.NextAsync("SessionReset");

        var calls = Enumerable.Range(0, Calls).Select(i => i % 3 == 0
            ? alice.PatchAsync(session, new Dictionary<string, int> { ["i"] = i, [$"k{i % 7}"] = i })
            : alice.SendEventAsync(session, "step", new { i })).ToArray();
        var answers = await Task.WhenAll(calls);

        Assert.Equal(Range(start + 1, start + Calls), answers.Select(answer => answer.Sequence()));
        var received = await bob.TakeAsync(Calls);
        Assert.Equal(Range(start + 1, start + Calls), received.Sequences());
        Assert.Equal(Enumerable.Range(0, Calls), received.Select(callback => Step(callback.Argument)));
        Assert.Equal(Enumerable.Range(0, Calls), (await bob.ListEventsAsync(session, start)).Select(Step));
        Assert.Equal(Calls - 2, (await bob.GetDataAsync(session)).GetProperty("i").GetInt32());
    }

    [Fact]
    public async Task Calls_OfSeveralWritersOnEveryServer_ReachEveryMemberInOneOrder()
    {
        const int perWriter = 150;
        var alice = await ConnectAsync("alice");
        var bob = await ConnectAsync("bob", Second);
        var session = await alice.CreateSessionAsync(null, "bob", "carol");
        var readers = new[] { await ConnectAsync("carol"), await ConnectAsync("carol", Second) };
        foreach (var reader in readers)
        {
            await reader.JoinAsync(session);
            await reader.NextAsync("SessionReset");
        }

        var writing = new[] { alice, bob }.SelectMany(writer =>
            Enumerable.Range(0, perWriter).Select(i => writer.SendEventAsync(session, "step", new { i }))).ToArray();
        await Task.WhenAll(writing);

        var log = await alice.ListEventsAsync(session);
        Assert.Equal(Range(1, 1 + (2 * perWriter)), log.Select(Callbacks.Sequence));
        foreach (var reader in readers)
        {
            var received = await reader.TakeAsync(2 * perWriter);
            Assert.Equal(log.Skip(1).Select(Identity), received.Select(callback => Identity(callback.Argument)));
        }

        foreach (var user in (string[])["alice", "bob"])
        {
            Assert.Equal(Enumerable.Range(0, perWriter), log.Skip(1).Where(next => next.GetProperty("userId").GetString() == user).Select(Step));
        }
    }

    private static int Step(JsonElement next) => next.GetProperty("data").GetProperty("i").GetInt32();

    private static (long Sequence, Guid EventId) Identity(JsonElement next) => (next.Sequence(), next.GetProperty("eventId").GetGuid());

    [Collection(EmbeddedDeployment.Name)]
    public sealed class Embedded(EmbeddedDeployment deployment) : OrderTests(deployment);

    [Collection(RedisDeployment.Name)]
    public sealed class Redis(RedisDeployment deployment) : OrderTests(deployment);
}
