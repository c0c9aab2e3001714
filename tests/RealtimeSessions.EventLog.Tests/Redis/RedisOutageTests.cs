using RealtimeSessions.Testing;
using static RealtimeSessions.EventLog.Tests.Redis.RedisTest;

namespace RealtimeSessions.EventLog.Tests.Redis;

/// <summary>Servers that go, come back, forget, or were never there.</summary>
public sealed class RedisOutageTests
{
    [Fact]
    public async Task ReadAsync_AfterARestartWithAppendOnlyFile_GoesOn()
    {
        await using var server = await RedisServer.StartAsync("--appendonly", "yes", "--appendfsync", "always");
        await using var one = await server.OpenAsync(NoChecks);
        await using var two = await server.OpenAsync(NoChecks);
        var start = await one.EventLog.AppendAsync(Log, Append("kept", mustBeNew: true));
        await using var tail = two.EventLog.OpenTail(Log, start);
        await one.EventLog.AppendAsync(Log, Append("before"));
        Assert.Single((await tail.TakeAsync(1)).Events);

        await server.RestartAsync();
        var after = await one.EventLog.AppendPatientlyAsync(Log, Append("after"));

        var (events, kind) = await tail.TakeAsync(1);
        Assert.Equal(TailBatchKind.Events, kind);
        Assert.Equal("after", events[0].Text());
        Assert.Equal(start.Epoch, after.Epoch);
    }

    [Fact]
    public async Task ReadAsync_AfterARestartFromAnOlderDump_ResetsAndChangesTheEpoch()
    {
        await using var server = await RedisServer.StartAsync();
        await using var one = await server.OpenAsync(NoChecks);
        await using var two = await server.OpenAsync(NoChecks);
        var start = await one.EventLog.AppendAsync(Log, Append("kept", mustBeNew: true));
        Assert.Equal("+OK", await server.SendAsync("SAVE"));
        await using var tail = two.EventLog.OpenTail(Log, start);
        var lost = await one.EventLog.AppendAsync(Log, Append("lost"));
        Assert.True(await one.EventLog.WriteSnapshotAsync(Log, new LogSnapshot(lost, new byte[] { 1 })));
        Assert.Equal("lost", (await tail.TakeAsync(1)).Events[0].Text());

        await server.RestartAsync();
        await one.EventLog.AppendPatientlyAsync(Log, Append("another under the same sequence"));

        Assert.Equal(TailBatchKind.Reset, (await tail.TakeAsync(1)).Kind);
        var page = await one.EventLog.ReadAsync(Log, 0, 10);
        Assert.NotEqual(start.Epoch, page!.Head.Position.Epoch);
        Assert.Equal(["kept", "another under the same sequence"], page.Events.Select(RedisTest.Text));
        Assert.Null(await one.EventLog.ReadSnapshotAsync(Log));
    }

    [Fact]
    public async Task ReadAsync_AfterEverythingWasLost_EndsAsDeleted()
    {
        await using var server = await RedisServer.StartAsync();
        await using var engine = await server.OpenAsync(new LogOptions { TailCheckInterval = TimeSpan.FromMilliseconds(50) });
        var start = await engine.EventLog.AppendAsync(Log, Append(mustBeNew: true));
        await using var tail = engine.EventLog.OpenTail(Log, start);

        Assert.Equal("+OK", await server.SendAsync("FLUSHALL"));

        Assert.Equal(TailBatchKind.Deleted, (await tail.TakeAsync(1)).Kind);
        Assert.Null(await engine.EventLog.ReadAsync(Log, 0, 10));
    }

    [Fact]
    public async Task AppendAsync_WithoutServer_IsUnavailable()
    {
        await using var server = await RedisServer.StartAsync();
        await using var engine = await server.OpenAsync();
        await engine.EventLog.AppendAsync(Log, Append(mustBeNew: true));

        await server.KillAsync();

        var e = await Assert.ThrowsAsync<EngineUnavailableException>(() => engine.EventLog.AppendAsync(Log, Append()).WaitAsync(Patience));
        Assert.DoesNotContain("127.0.0.1", e.Message);
        await Assert.ThrowsAsync<EngineUnavailableException>(() => engine.Catalog.GetVersionAsync("scope").WaitAsync(Patience));
    }

    [Fact]
    public async Task Problem_WhileTheServerIsAway_NamesTheConnection()
    {
        await using var server = await RedisServer.StartAsync();
        await using var engine = await server.OpenAsync(NoChecks);
        await engine.EventLog.AppendAsync(Log, Append(mustBeNew: true));

        await server.KillAsync();
        await Assert.ThrowsAsync<EngineUnavailableException>(() => engine.Catalog.GetVersionAsync("scope").WaitAsync(Patience));
        await UntilAsync(() => engine.Problem is not null);
        Assert.Contains("connection to Redis at 127.0.0.1:", engine.Problem, StringComparison.Ordinal);

        await server.RestartAsync();
        await UntilAsync(() => engine.Problem is null);
    }

    /// <summary>The client tells of its connections on a thread of its own, which may be later than a call on them fails.</summary>
    private static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!condition())
        {
            await Task.Delay(20, patience.Token);
        }
    }

    [Fact]
    public async Task AppendAsync_ServerThatDoesNotAnswer_IsUnavailableInTime()
    {
        await using var server = await RedisServer.StartAsync();
        await using var engine = await server.OpenAsync();
        await engine.EventLog.AppendAsync(Log, Append(mustBeNew: true));

        Assert.Equal("+OK", await server.SendAsync("CLIENT PAUSE 60000 WRITE"));

        await Assert.ThrowsAsync<EngineUnavailableException>(() => engine.EventLog.AppendAsync(Log, Append()).WaitAsync(Patience));

        Assert.Equal("+OK", await server.SendAsync("CLIENT UNPAUSE"));

        // It was not lost: that is what unknown means.
        Assert.Equal(2, (await engine.EventLog.ReadAsync(Log, 0, 10))!.Head.Position.Sequence);
    }

    [Fact]
    public async Task OpenAsync_WithoutServer_SaysWhere()
    {
        var e = await Assert.ThrowsAsync<EngineUnavailableException>(
            () => RedisTest.OpenAsync("127.0.0.1:1,password=hush,connectTimeout=500,connectRetry=1").WaitAsync(Patience));
        Assert.Contains("127.0.0.1:1", e.Message);
        Assert.DoesNotContain("hush", e.ToString());
    }

    [Fact]
    public async Task OpenAsync_WithPassword_DescribesTheServerWithoutIt()
    {
        await using var server = await RedisServer.StartAsync();
        await server.SendAsync("CONFIG SET requirepass hush");
        await using var engine = await RedisTest.OpenAsync(server.ConnectionString + ",password=hush");

        Assert.Contains($"127.0.0.1:{server.Port}", engine.Description);
        Assert.Contains("appendonly no", engine.Description);
        Assert.DoesNotContain("hush", engine.Description);
    }
}
