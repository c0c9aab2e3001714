using RealtimeSessions.Testing;
using static RealtimeSessions.EventLog.Tests.Redis.RedisTest;

namespace RealtimeSessions.EventLog.Tests.Redis;

/// <summary>How appends reach Redis: in how many calls, and again when they were refused.</summary>
public sealed class RedisEventLogTests
{
    [Fact]
    public async Task AppendAsync_MoreThanOneCallHolds_KeepsTheOrder()
    {
        await using var server = await RedisServer.StartAsync();
        await using var engine = await server.OpenAsync();
        await engine.EventLog.AppendAsync(Log, Append(mustBeNew: true));

        // Four calls and more; the middle one alone is larger than a call should be.
        var appends = Enumerable.Range(2, 101).Select(i => Append(new byte[i == 50 ? 1_000_000 : 10_000])).ToArray();
        var results = await engine.EventLog.AppendAsync(Log, appends);

        Assert.Equal(Enumerable.Range(2, 101), results.Select(result => (int)result.Sequence));
        var page = await engine.EventLog.ReadAsync(Log, 49, 1);
        Assert.Equal(appends[48].Events[0].EventId, page!.Events[0].EventId);
    }

    [Fact]
    public async Task AppendAsync_AfterScriptsWereFlushed_LoadsThemAgain()
    {
        await using var server = await RedisServer.StartAsync();
        await using var engine = await server.OpenAsync();
        var start = await engine.EventLog.AppendAsync(Log, Append(mustBeNew: true));

        Assert.Equal("+OK", await server.SendAsync("SCRIPT FLUSH"));

        var appends = Enumerable.Range(0, 20).Select(_ => engine.EventLog.AppendAsync(Log, Append())).ToArray();
        var positions = await Task.WhenAll(appends);
        Assert.Equal(Enumerable.Range(2, 20), positions.Select(position => (int)position.Sequence).Order());
        Assert.Equal(start.Epoch, positions[0].Epoch);
    }

    [Fact]
    public async Task AppendAsync_WhileTheServerIsAReplica_WaitsForIt()
    {
        await using var server = await RedisServer.StartAsync();
        await using var engine = await server.OpenAsync();
        await engine.EventLog.AppendAsync(Log, Append(mustBeNew: true));
        await server.SendAsync("REPLICAOF 127.0.0.1 1");

        var append = engine.EventLog.AppendAsync(Log, Append());
        await server.SendAsync("REPLICAOF NO ONE");

        Assert.Equal(2, (await append).Sequence);
    }
}
