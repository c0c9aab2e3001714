using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.Testing;
using static RealtimeSessions.EndToEnd.Tests.Deployments.Callbacks;

namespace RealtimeSessions.EndToEnd.Tests.Durability;

/// <summary>Redis goes and comes back under load; writers and members of both servers go on.</summary>
public sealed class RedisRestartTests
{
    private const int Restarts = 3;
    private static readonly TimeSpan Load = TimeSpan.FromMilliseconds(400);

    [Fact]
    public async Task Members_WhileRedisRestartsUnderLoad_EndWithEveryAcknowledgedEventInOrder()
    {
        await using var storage = await RedisStorage.StartDurableAsync();
        await using var one = await ServerProcess.StartAsync(storage.Settings);
        await using var two = await ServerProcess.StartAsync(storage.Settings);
        var token = await one.SignInAsync("alice");
        await using var writing = await HubClient.ConnectAsync(one.Address, token);
        await using var writingToo = await HubClient.ConnectAsync(two.Address, token);
        await using var member = await HubClient.ConnectAsync(one.Address, token);
        await using var memberToo = await HubClient.ConnectAsync(two.Address, token);
        var session = await writing.CreateSessionAsync();
        foreach (var reader in (HubClient[])[member, memberToo])
        {
            await reader.JoinAsync(session);
            await reader.NextAsync("SessionReset");
        }

        var stop = new TaskCompletionSource();
        LoadWriter[] writers = [new("a", numbered: true, session), new("b", numbered: true, session)];
        var load = Task.WhenAll(writers[0].WriteAsync(writing, stop.Task), writers[1].WriteAsync(writingToo, stop.Task));
        for (var i = 0; i < Restarts; i++)
        {
            await Task.Delay(Load);
            await storage.Redis.RestartAsync();
        }

        await Task.Delay(Load);
        stop.SetResult();
        Assert.All(await load.WaitAsync(Patience), Assert.True);
        await writing.SendEventAsync(session, "end");

        var log = await writing.ListEventsAsync(session);
        Assert.Equal(Range(1, log.Count), log.Select(Callbacks.Sequence));
        Assert.All(writers, writer => writer.AssertKeptIn(log));
        foreach (var reader in (HubClient[])[member, memberToo])
        {
            var received = await reader.TakeThroughAsync(log.Count);
            Assert.Equal(log.Skip(1).Select(next => next.GetRawText()), received.Select(callback => callback.Argument.GetRawText()));
        }

        one.AssertNoErrors();
        two.AssertNoErrors();
    }
}
