using System.Globalization;
using RealtimeSessions.Testing;

namespace RealtimeSessions.EventLog.Tests.Redis;

/// <summary>Three masters that share the slots, as a real cluster on loopback.</summary>
internal sealed class RedisCluster : IAsyncDisposable
{
    private const int Slots = 16_384;

    private readonly List<RedisServer> _nodes = [];

    public IReadOnlyList<RedisServer> Nodes => _nodes;

    public string ConnectionString => string.Join(',', _nodes.Select(node => node.ConnectionString));

    public static async Task<RedisCluster> StartAsync(int nodes = 3)
    {
        var cluster = new RedisCluster();
        try
        {
            for (var i = 0; i < nodes; i++)
            {
                await cluster.AddAsync(i * Slots / nodes, ((i + 1) * Slots / nodes) - 1, epoch: i + 1);
            }

            await cluster.WaitUntilCompleteAsync();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }
    }

    private async Task AddAsync(int firstSlot, int lastSlot, int epoch)
    {
        // The usual bus port, 10,000 above the other, may lie beyond the highest there is.
        var busPort = LoopbackPort.Find();
        var node = await RedisServer.StartAsync(
            "--cluster-enabled", "yes", "--cluster-port", busPort.ToString(CultureInfo.InvariantCulture));
        _nodes.Add(node);
        Assert.Equal("+OK", await node.SendAsync($"CLUSTER ADDSLOTSRANGE {firstSlot} {lastSlot}"));
        Assert.Equal("+OK", await node.SendAsync($"CLUSTER SET-CONFIG-EPOCH {epoch}"));
        Assert.Equal("+OK", await _nodes[0].SendAsync($"CLUSTER MEET 127.0.0.1 {node.Port} {busPort}"));
    }

    /// <summary>Waits until every node serves, and has a connection to every other: what it publishes before is lost.</summary>
    private async Task WaitUntilCompleteAsync()
    {
        using var patience = new CancellationTokenSource(RedisTest.Patience);
        foreach (var node in _nodes)
        {
            while (!await IsCompleteAsync(node))
            {
                await Task.Delay(50, patience.Token);
            }
        }
    }

    private async Task<bool> IsCompleteAsync(RedisServer node)
    {
        var (info, nodes) = (await node.SendAsync("CLUSTER INFO"), await node.SendAsync("CLUSTER NODES"));
        return info!.Contains("cluster_state:ok", StringComparison.Ordinal)
            && nodes!.Split('\n', StringSplitOptions.RemoveEmptyEntries) is { } lines && lines.Length == _nodes.Count
            && lines.All(line => line.Contains(" connected ", StringComparison.Ordinal) && !line.Contains("handshake", StringComparison.Ordinal));
    }
}
