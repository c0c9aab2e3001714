using RealtimeSessions.Testing;
using static RealtimeSessions.EventLog.Tests.Redis.RedisTest;

namespace RealtimeSessions.EventLog.Tests.Redis;

/// <summary>The engine on a cluster of three nodes.</summary>
public sealed class RedisClusterTests
{
    [Fact]
    public async Task Logs_OnACluster_AreAppendedReadAndTailedOnEveryNode()
    {
        await using var cluster = await RedisCluster.StartAsync();
        await using var one = await RedisTest.OpenAsync(cluster.ConnectionString, NoChecks);
        await using var two = await RedisTest.OpenAsync(cluster.ConnectionString, NoChecks);
        for (var i = 0; i < 30; i++)
        {
            var log = new LogId($"session/demo/board-{i}");
            var start = await one.EventLog.AppendAsync(log, Append("first", mustBeNew: true));
            await using var tail = two.EventLog.OpenTail(log, start);
            await one.EventLog.AppendAsync(log, Append("second"));

            Assert.Equal("second", (await tail.TakeAsync(1)).Events[0].Text());
            var page = await two.EventLog.ReadAsync(log, 0, 10);
            Assert.Equal(["first", "second"], page!.Events.Select(RedisTest.Text));
            Assert.True(await two.EventLog.TrimAsync(log, new LogSnapshot(start, new byte[] { 1 })));
            Assert.True(await two.EventLog.WriteSnapshotAsync(log, new LogSnapshot(page.Head.Position, new byte[] { 2 })));
            Assert.Equal([2], (await one.EventLog.ReadSnapshotAsync(log))!.State.ToArray());
            Assert.True(i % 2 == 0 || await one.EventLog.DeleteAsync(log));
        }

        foreach (var node in cluster.Nodes)
        {
            Assert.NotEqual(":0", await node.SendAsync("DBSIZE"));
        }
    }

    [Fact]
    public async Task Catalog_OnACluster_WritesFindsAndAnnounces()
    {
        await using var cluster = await RedisCluster.StartAsync();
        await using var one = await RedisTest.OpenAsync(cluster.ConnectionString);
        await using var two = await RedisTest.OpenAsync(cluster.ConnectionString);
        for (var i = 0; i < 10; i++)
        {
            var scope = $"sessions/demo-{i}";
            var change = two.Catalog.WaitForChangeAsync(scope, 0, CancellationToken.None);
            var document = new CatalogDocument("a", new byte[] { 7 })
            {
                Terms = ["open"],
                Orders = new Dictionary<string, long> { ["at"] = i },
            };
            Assert.Equal(1, await one.Catalog.PutAsync(scope, document, 0));
            Assert.Equal(1, await change.WaitAsync(Patience));
            Assert.Equal([7], (await two.Catalog.GetAsync(scope, "a"))!.Body.ToArray());
            Assert.Single((await two.Catalog.QueryAsync(new CatalogQuery(scope, "at") { AllOf = ["open"] })).Entries);
            Assert.True(await two.Catalog.DeleteAsync(scope, "a", 1));
        }
    }

    [Fact]
    public async Task Messages_OnACluster_ReachEveryServer()
    {
        await using var cluster = await RedisCluster.StartAsync();
        await using var one = await RedisTest.OpenAsync(cluster.ConnectionString);
        await using var two = await RedisTest.OpenAsync(cluster.ConnectionString);
        for (var i = 0; i < 30; i++)
        {
            var topic = new LogId($"session/demo/board-{i}");
            var (stands, heard) = (new TaskCompletionSource(), new TaskCompletionSource<byte[]>());
            using var subscription = two.Bus.Subscribe(topic, message => heard.TrySetResult(message.ToArray()), () => stands.TrySetResult());
            await stands.Task.WaitAsync(Patience);

            one.Bus.Publish(topic, [(byte)i]);

            Assert.Equal([(byte)i], await heard.Task.WaitAsync(Patience));
        }
    }

    [Fact]
    public async Task AppendAsync_AfterASlotHasMoved_FindsItsNewNode()
    {
        await using var cluster = await RedisCluster.StartAsync();
        await using var engine = await RedisTest.OpenAsync(cluster.ConnectionString);
        await engine.EventLog.AppendAsync(Log, Append(mustBeNew: true));

        await MoveSlotAsync(cluster, $"{{rs:log:{Log}}}:meta");

        // The new owner has none of the keys here: what matters is that it answers.
        var result = (await engine.EventLog.AppendAsync(Log, [Append()]))[0];
        Assert.Equal(AppendOutcome.NotFound, result.Outcome);
    }

    /// <summary>Gives the slot of a key, without its keys, to another node.</summary>
    private static async Task MoveSlotAsync(RedisCluster cluster, string key)
    {
        var slot = (await cluster.Nodes[0].SendAsync($"CLUSTER KEYSLOT {key}"))!.TrimStart(':');
        RedisServer? owner = null;
        foreach (var node in cluster.Nodes)
        {
            owner = (await node.SendAsync($"CLUSTER COUNTKEYSINSLOT {slot}")) != ":0" ? node : owner;
        }

        var receiver = cluster.Nodes.First(node => node != owner);
        var receiverId = await receiver.SendAsync("CLUSTER MYID");
        Assert.Equal("+OK", await owner!.SendAsync("FLUSHALL"));
        foreach (var node in cluster.Nodes)
        {
            Assert.Equal("+OK", await node.SendAsync($"CLUSTER SETSLOT {slot} NODE {receiverId}"));
        }
    }
}
