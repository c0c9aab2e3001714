using RealtimeSessions.EventLog.Redis;
using RealtimeSessions.Testing;
using static RealtimeSessions.EventLog.Tests.Redis.RedisTest;

namespace RealtimeSessions.EventLog.Tests.Redis;

/// <summary>Tails across engines that share a server: announcements, subscriptions, epochs.</summary>
public sealed class RedisTailTests
{
    [Fact]
    public async Task ReadAsync_AppendsOfAnotherEngine_ComeByAnnouncement()
    {
        await using var server = await RedisServer.StartAsync();
        await using var one = await server.OpenAsync(NoChecks);
        await using var two = await server.OpenAsync(NoChecks);
        var start = await one.EventLog.AppendAsync(Log, Append("first", mustBeNew: true));

        await using var tail = two.EventLog.OpenTail(Log, start);
        var last = start;
        for (var i = 0; i < 200; i++)
        {
            var writer = i % 2 == 0 ? one : two;
            last = await writer.EventLog.AppendAsync(Log, Append($"event {i}"));
        }

        var (events, _) = await tail.TakeAsync(200);
        Assert.Equal(201, last.Sequence);
        Assert.Equal(Enumerable.Range(2, 200), events.Select(e => (int)e.Sequence));
        Assert.Equal(Enumerable.Range(0, 200).Select(i => $"event {i}"), events.Select(RedisTest.Text));
    }

    [Fact]
    public async Task ReadAsync_PayloadTooLargeToAnnounce_IsReadFromTheLog()
    {
        await using var server = await RedisServer.StartAsync();
        await using var one = await server.OpenAsync(NoChecks);
        await using var two = await server.OpenAsync(NoChecks);
        var start = await one.EventLog.AppendAsync(Log, Append(mustBeNew: true));
        await using var tail = two.EventLog.OpenTail(Log, start);

        var payload = new byte[4 * 1024 * 1024];
        Random.Shared.NextBytes(payload);
        await one.EventLog.AppendAsync(Log, Append(payload));

        var (events, _) = await tail.TakeAsync(1);
        Assert.Equal(payload, events[0].Payload.ToArray());
    }

    [Fact]
    public async Task OpenTail_AgainAndAgain_SubscribesWhileATailIsOpen()
    {
        await using var server = await RedisServer.StartAsync();
        await using var engine = await server.OpenAsync(NoChecks);
        var position = await engine.EventLog.AppendAsync(Log, Append(mustBeNew: true));
        for (var i = 0; i < 100; i++)
        {
            var tail = engine.EventLog.OpenTail(Log, position);
            if (i % 2 == 0)
            {
                position = await engine.EventLog.AppendAsync(Log, Append());
                Assert.Single((await tail.TakeAsync(1)).Events);
            }

            await tail.DisposeAsync();
        }

        var channel = (string)new RedisKeys("rs").LogChannel(Log)!;
        using var patience = new CancellationTokenSource(Patience);
        while (await server.SendAsync($"PUBLISH {channel} x") != ":0")
        {
            await Task.Delay(20, patience.Token);
        }
    }

    [Fact]
    public async Task ReadAsync_OfAnOldEpoch_ResetsOnEveryEngine()
    {
        await using var server = await RedisServer.StartAsync();
        await using var one = await server.OpenAsync(NoChecks);
        await using var two = await server.OpenAsync(NoChecks);
        var start = await one.EventLog.AppendAsync(Log, Append(mustBeNew: true));
        await using var honest = one.EventLog.OpenTail(Log, start);
        var waiting = honest.TakeAsync(1);

        // Two read an event that then was lost.
        await using var ahead = two.EventLog.OpenTail(Log, start with { Sequence = 2 });

        Assert.Equal(TailBatchKind.Reset, (await ahead.TakeAsync(1)).Kind);
        Assert.Equal(TailBatchKind.Reset, (await waiting).Kind);
        var page = await one.EventLog.ReadAsync(Log, 0, 10);
        Assert.NotEqual(start.Epoch, page!.Head.Position.Epoch);
        Assert.Matches("^[a-z0-9]{1,32}$", page.Head.Position.Epoch);
    }

    [Fact]
    public async Task DeleteAsync_ByAnotherEngine_EndsTheTail()
    {
        await using var server = await RedisServer.StartAsync();
        await using var one = await server.OpenAsync(NoChecks);
        await using var two = await server.OpenAsync(NoChecks);
        var start = await one.EventLog.AppendAsync(Log, Append(mustBeNew: true));
        await using var tail = two.EventLog.OpenTail(Log, start);
        var waiting = tail.TakeAsync(1);

        Assert.True(await one.EventLog.DeleteAsync(Log));
        Assert.False(await one.EventLog.DeleteAsync(Log));

        Assert.Equal(TailBatchKind.Deleted, (await waiting).Kind);
        var late = (await two.EventLog.AppendAsync(Log, [Append(mustBeNew: true)]))[0];
        Assert.Equal(new AppendResult(AppendOutcome.Deleted, "", 0, 0), late);
        Assert.Equal(":1", await server.SendAsync("DBSIZE"));
    }
}
