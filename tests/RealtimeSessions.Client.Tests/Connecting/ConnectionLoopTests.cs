using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using RealtimeSessions.Client.Connecting;
using RealtimeSessions.Client.Tests.Sessions;
using RealtimeSessions.Testing;

namespace RealtimeSessions.Client.Tests.Connecting;

public sealed class ConnectionLoopTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly VirtualTime _time = new();
    private readonly ConcurrentQueue<ConnectionState> _states = new();
    private readonly RealtimeClientOptions _options = new() { MaximumReconnectDelay = TimeSpan.FromSeconds(4) };

    [Fact]
    public async Task Connected_ThenLostThenClosed_TellsEachStateInOrder()
    {
        var links = new ConcurrentQueue<FakeLink>();
        await using var loop = Loop(_ => Task.FromResult<IHubLink>(links.Append(new FakeLink())));

        var first = await loop.ConnectedAsync(CancellationToken.None).WaitAsync(Patience);
        ((FakeLink)first).End();
        await UntilAsync(() => links.Count == 2 && loop.State == ConnectionState.Connected, timeGoesOn: true);
        var second = await loop.ConnectedAsync(CancellationToken.None).WaitAsync(Patience);
        await loop.DisposeAsync();

        Assert.NotSame(first, second);
        Assert.All(links, link => Assert.True(link.IsDisposed));
        Assert.Equal(
            [ConnectionState.Connecting, ConnectionState.Connected, ConnectionState.Reconnecting, ConnectionState.Connected, ConnectionState.Closed], _states);
    }

    [Fact]
    public async Task Connect_ThatNeverSucceeds_FailsWhenItsTimeIsOverAndCanBeTriedAgain()
    {
        var works = false;
        await using var loop = Loop(cancellation => works ? Task.FromResult<IHubLink>(new FakeLink()) : NeverAsync(cancellation));

        var attempts = Enumerable.Range(0, 3).Select(_ => loop.ConnectedAsync(CancellationToken.None)).ToArray();
        await UntilAsync(() => _time.WaitingTimers == 2); // One of the whole, one of the attempt.
        _time.Advance(_options.ConnectTimeout);
        foreach (var attempt in attempts)
        {
            Assert.Equal(ClientErrors.ConnectionFailed, (await Assert.ThrowsAsync<RealtimeException>(() => attempt.WaitAsync(Patience))).Code);
        }

        works = true;
        await loop.ConnectedAsync(CancellationToken.None).WaitAsync(Patience);
        await UntilAsync(() => _states.Count == 4);
        Assert.Equal([ConnectionState.Connecting, ConnectionState.Disconnected, ConnectionState.Connecting, ConnectionState.Connected], _states);
    }

    [Fact]
    public async Task Reconnect_ThatHangs_IsGivenUpAndTriedAgain()
    {
        var opened = 0;
        await using var loop = Loop(cancellation => ++opened == 2 ? NeverAsync(cancellation) : Task.FromResult<IHubLink>(new FakeLink()));
        ((FakeLink)await loop.ConnectedAsync(CancellationToken.None).WaitAsync(Patience)).End();

        await UntilAsync(() => opened == 3, timeGoesOn: true);

        await loop.ConnectedAsync(CancellationToken.None).WaitAsync(Patience);
    }

    [Fact]
    public async Task Dispose_WhileConnecting_FailsThoseWhoWait()
    {
        var loop = Loop(async cancellation =>
        {
            await Record.ExceptionAsync(() => NeverAsync(cancellation));
            throw new IOException("What is cancelled may say so in words of its own.");
        });
        var waiting = loop.ConnectedAsync(CancellationToken.None);

        await Task.WhenAll(loop.DisposeAsync().AsTask(), loop.DisposeAsync().AsTask()).WaitAsync(Patience);

        Assert.Equal(ClientErrors.ConnectionFailed, (await Assert.ThrowsAsync<RealtimeException>(() => waiting)).Code);
        Assert.Equal(
            ClientErrors.ConnectionFailed, (await Assert.ThrowsAsync<RealtimeException>(() => loop.ConnectedAsync(CancellationToken.None))).Code);
        Assert.Equal([ConnectionState.Connecting, ConnectionState.Closed], _states);
    }

    [Fact]
    public async Task Connected_ByOneWhoGivesUp_GoesOnForTheOthers()
    {
        var gate = new TaskCompletionSource<IHubLink>();
        await using var loop = Loop(_ => gate.Task);
        using var impatience = new CancellationTokenSource();

        var impatient = loop.ConnectedAsync(impatience.Token);
        var patient = loop.ConnectedAsync(CancellationToken.None);
        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        gate.SetResult(new FakeLink());

        await patient.WaitAsync(Patience);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0.1)]
    [InlineData(2, 0.25)]
    [InlineData(3, 0.5)]
    [InlineData(6, 4)]
    [InlineData(7, 4)]
    [InlineData(int.MaxValue, 4)]
    public void LongestPause_OfAnAttempt_DoublesUpToTheLimit(int attempt, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), ConnectionLoop.LongestPause(attempt, TimeSpan.FromSeconds(4)));

    private static async Task<IHubLink> NeverAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        throw new InvalidOperationException("It never ends but by its token.");
    }

    private async Task UntilAsync(Func<bool> isSo, bool timeGoesOn = false)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!isSo())
        {
            patience.Token.ThrowIfCancellationRequested();
            _time.Advance(timeGoesOn ? TimeSpan.FromMilliseconds(50) : TimeSpan.Zero);
            await Task.Yield();
        }
    }

    private ConnectionLoop Loop(Func<CancellationToken, Task<IHubLink>> open) =>
        new(_options, open, _time, NullLogger.Instance) { Changed = (state, _) => _states.Enqueue(state) };
}

file static class Queues
{
    public static T Append<T>(this ConcurrentQueue<T> queue, T item)
    {
        queue.Enqueue(item);
        return item;
    }
}
