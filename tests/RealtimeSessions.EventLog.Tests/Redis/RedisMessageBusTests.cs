using RealtimeSessions.Testing;
using static RealtimeSessions.EventLog.Tests.Redis.RedisTest;

namespace RealtimeSessions.EventLog.Tests.Redis;

/// <summary>What the bus does while Redis is slow or away.</summary>
public sealed class RedisMessageBusTests
{
    private static readonly LogId Topic = new("session/demo/board-1");

    [Fact]
    public async Task Publish_MoreThanRedisTakes_DropsTheRestAndGoesOn()
    {
        const int count = 600;
        await using var server = await RedisServer.StartAsync();
        await using var one = await server.OpenAsync();
        await using var two = await server.OpenAsync();
        var (stands, last, heard) = (new TaskCompletionSource(), new TaskCompletionSource(), 0);
        using var subscription = two.Bus.Subscribe(
            Topic,
            message =>
            {
                if (message.Length == 1)
                {
                    last.TrySetResult();
                }
                else
                {
                    Interlocked.Increment(ref heard);
                }
            },
            () => stands.TrySetResult());
        await stands.Task.WaitAsync(Patience);

        Assert.Equal("+OK", await server.SendAsync("CLIENT PAUSE 60000 WRITE"));
        for (var i = 0; i < count; i++)
        {
            one.Bus.Publish(Topic, new byte[IMessageBus.MaximumBytes]);
        }

        Assert.Equal("+OK", await server.SendAsync("CLIENT UNPAUSE"));
        using var patience = new CancellationTokenSource(Patience);
        while (!last.Task.IsCompleted)
        {
            one.Bus.Publish(Topic, [1]);
            await Task.Delay(50, patience.Token);
        }

        // 16 MiB wait at most.
        Assert.InRange(heard, 256, count - 1);
    }

    [Fact]
    public async Task Publish_WithoutServer_IsLostWithoutAnError()
    {
        await using var server = await RedisServer.StartAsync();
        await using var engine = await server.OpenAsync();
        await server.KillAsync();

        for (var i = 0; i < 100; i++)
        {
            engine.Bus.Publish(Topic, [1]);
        }
    }
}
