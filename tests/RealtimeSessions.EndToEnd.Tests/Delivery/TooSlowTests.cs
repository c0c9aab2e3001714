using System.Collections.Immutable;
using System.Text.Json;
using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.Testing;
using static RealtimeSessions.EndToEnd.Tests.Deployments.Callbacks;

namespace RealtimeSessions.EndToEnd.Tests.Delivery;

/// <summary>A member that reads too little is disconnected, comes back and has missed nothing.</summary>
public sealed class TooSlowTests : IAsyncLifetime
{
    private const int ReceiveBuffer = 16 * 1024;
    private const int Lag = 300;
    private const int InFlight = 64;

    // More than the system's buffers hold, so that what follows waits for the reader.
    private const int Events = 2_000;
    private static readonly string Text = new('x', 2_000);
    private static readonly TimeSpan Blocked = TimeSpan.FromSeconds(3);

    private ServerProcess _server = null!;
    private HubClient _alice = null!;
    private SessionRef _session = null!;
    private JsonElement _joined;

    public Task InitializeAsync() => Task.CompletedTask;

    private async Task StartAsync(TimeSpan blocked)
    {
        _server = await ServerProcess.StartAsync(ImmutableDictionary<string, string>.Empty
            .Add("Delivery__MaximumLag", $"{Lag}").Add("Delivery__MaximumBlocked", $"{blocked}"));
        _alice = await ConnectAsync("alice");
        _session = await _alice.CreateSessionAsync(null, "bob");
        _joined = await _alice.JoinAsync(_session);
        await _alice.NextAsync("SessionReset");
    }

    public async Task DisposeAsync()
    {
        await _alice.DisposeAsync();
        _server.AssertNoErrors();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Member_FarBehindThatReadsAgain_IsToldWhyAndResumes()
    {
        await StartAsync(Patience);
        await using var bob = await SlowAsync();

        await WriteAsync();
        bob.ResumeReading();

        var callbacks = new List<HubCallback>();
        await foreach (var callback in bob.Callbacks.ReadAllAsync().WithCancellation(new CancellationTokenSource(Patience).Token))
        {
            callbacks.Add(callback);
        }

        Assert.Equal(("SessionLeft", "too_slow"), (callbacks[^1].Name, callbacks[^1].Argument.GetProperty("reason").GetString()));
        Assert.Equal("too_slow", await bob.Closed);
        var seen = callbacks.SkipLast(1).Sequences().ToList();
        Assert.InRange(seen.Count, 1, Events - Lag);
        Assert.Equal(Range(_joined.Sequence() + 1, seen[^1]), seen);
        await AssertResumesAsync(seen[^1]);
    }

    [Fact]
    public async Task Member_ThatReadsNothingForTooLong_IsCutOffAndResumes()
    {
        await StartAsync(Blocked);
        await using var bob = await SlowAsync();
        await WriteAsync();

        // A client that does not read cannot see that it was given up; it takes the server up to half of the time more to notice.
        await Task.Delay(3 * Blocked);
        bob.ResumeReading();

        Assert.Null(await bob.Closed.WaitAsync(Patience));
        var seen = _joined.Sequence();
        await foreach (var callback in bob.Callbacks.ReadAllAsync())
        {
            Assert.Equal((++seen, true), (callback.Argument.Sequence(), callback.Name == "SessionEventCreated"));
        }

        await AssertResumesAsync(seen);
    }

    private async Task<HubClient> SlowAsync()
    {
        var bob = await ConnectAsync("bob", ReceiveBuffer);
        await bob.JoinAsync(_session);
        await bob.NextAsync("SessionReset");
        bob.PauseReading();
        return bob;
    }

    private async Task WriteAsync()
    {
        var writing = new Queue<Task>();
        for (var i = 0; i < Events; i++)
        {
            writing.Enqueue(_alice.SendEventAsync(_session, "step", new { i, Text }));
            if (writing.Count > InFlight)
            {
                await writing.Dequeue();
            }
        }

        await Task.WhenAll(writing);
    }

    private async Task AssertResumesAsync(long after)
    {
        await using var bob = await ConnectAsync("bob");
        var joined = await bob.JoinAsync(_session, new { epoch = _joined.Epoch(), sequence = after });
        Assert.True(joined.GetProperty("recovered").GetBoolean());
        var last = _joined.Sequence() + Events;
        Assert.Equal(Range(after + 1, last), (await bob.TakeThroughAsync(last)).Sequences());
    }

    private async Task<HubClient> ConnectAsync(string user, int? receiveBuffer = null) =>
        await HubClient.ConnectAsync(_server.Address, await _server.SignInAsync(user), receiveBuffer);
}
