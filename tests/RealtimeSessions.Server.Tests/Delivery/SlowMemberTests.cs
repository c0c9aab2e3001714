using RealtimeSessions.Protocol.Requests;
using RealtimeSessions.Server.Tests.Support;

namespace RealtimeSessions.Server.Tests.Delivery;

/// <summary>Members that read slowly, or not at all.</summary>
public sealed class SlowMemberTests : DeliveryTest
{
    private const int Small = 8 * 1024;
    private const int Lag = 50;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly string Filler = $$"""{"filler":"{{new string('x', 2 * Small)}}"}""";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Parts.DeliveryOptions.MaximumLag = Lag;
    }

    [Fact]
    public async Task Member_FallsBackTooFar_IsToldSoAndDisconnected()
    {
        var client = await BlockedAsync();
        await PatchAsync(Lag + 10);

        var last = (await client.NextAsync()).Sequence;
        var frame = await client.NextFrameAsync();
        for (; frame["arguments"]![0]!["sequence"] is { } sequence; frame = await client.NextFrameAsync())
        {
            Assert.Equal(++last, sequence.GetValue<long>());
        }

        Assert.Equal(
            ("SessionLeft", "too_slow"), (frame["target"]!.GetValue<string>(), frame["arguments"]![0]!["reason"]!.GetValue<string>()));
        var close = await client.NextFrameAsync();
        Assert.Equal(
            (7, "too_slow", true), (close["type"]!.GetValue<int>(), close["error"]!.GetValue<string>(), close["allowReconnect"]!.GetValue<bool>()));
        await WaitForEndAsync(client);
        Assert.Null(client.Connection.Sessions.Find(Board));
        await AssertResumesAsync(last);
    }

    [Fact]
    public async Task Member_FallsBackAsFarAsItMay_GetsEverything()
    {
        var client = await BlockedAsync();

        await PatchAsync(Lag);

        Assert.Equal(Enumerable.Range(2, Lag + 1), (await client.NextAsync(Lag + 1)).Select(next => (int)next.Sequence));
    }

    [Fact]
    public async Task Member_ThatComesBackFromFarBehind_GetsEverything()
    {
        await PatchAsync(3 * Lag);

        await AssertResumesAsync(1);
    }

    [Fact]
    public async Task Member_ThatConflates_MayFallBackAnyFar()
    {
        var client = await BlockedAsync(conflate: true);
        await PatchAsync(3 * Lag);

        Assert.Equal(2, (await client.NextAsync()).Sequence);
        Assert.Equal(2 + (3 * Lag), (await client.NextAsync()).Sequence);
    }

    [Fact]
    public async Task ManyMembers_BehindAtTheSamePlace_ShareTheReadsOfTheLog()
    {
        const int Events = 3_000;
        await PatchAsync(Events);
        var epoch = (await JoinAsync(new TestClient(ServerParts.Alice))).Position.Epoch;
        var reads = 0;
        Parts.Log.OnRead = () =>
        {
            Interlocked.Increment(ref reads);
            return Task.CompletedTask;
        };

        var clients = Enumerable.Range(0, 40).Select(_ => new TestClient(ServerParts.Alice)).ToArray();
        await Task.WhenAll(clients.Select(client => JoinAsync(client, since: new ResumePosition(epoch, 1))));

        foreach (var client in clients)
        {
            Assert.Equal(Enumerable.Range(2, Events), (await client.NextAsync(Events)).Select(next => (int)next.Sequence));
        }

        // Each looks once whether its position is kept; the pages are read about once for all of them.
        Assert.InRange(reads, clients.Length, 3 * clients.Length);
    }

    private async Task AssertResumesAsync(long after)
    {
        var head = (int)(await Parts.EventsAsync(Board))[^1].Sequence;
        var watcher = new TestClient(ServerParts.Alice);
        var epoch = (await JoinAsync(watcher)).Position.Epoch;
        var client = new TestClient(ServerParts.Alice);
        Assert.True((await JoinAsync(client, since: new ResumePosition(epoch, after))).Recovered);

        Assert.Equal(
            Enumerable.Range((int)after + 1, head - (int)after), (await client.NextAsync(head - (int)after)).Select(next => (int)next.Sequence));
    }

    private async Task PatchAsync(int count)
    {
        AssertAppended(await Task.WhenAll(Pipeline(count)));
        await SettleAsync(Board);
    }

    /// <summary>A member to whom the event at 2 is being written: what comes next waits.</summary>
    private async Task<TestClient> BlockedAsync(bool conflate = false)
    {
        var client = new TestClient(ServerParts.Alice, Small);
        await JoinAsync(client, conflate: conflate);
        Assert.Equal("SessionReset", (await client.NextAsync()).Target);
        await UntilAtTheHeadAsync(client);
        Assert.Null((await Parts.PatchAsync(Board, Filler)).Error);
        await SettleAsync(Board);
        return client;
    }

    private static async Task WaitForEndAsync(TestClient client)
    {
        var ended = new TaskCompletionSource();
        using var registration = client.Context.ConnectionAborted.Register(ended.SetResult);
        await ended.Task.WaitAsync(Patience);
    }
}
