using System.Collections.Concurrent;
using System.Text;
using System.Threading.Channels;
using RealtimeSessions.EventLog.Tests.Support;

namespace RealtimeSessions.EventLog.Tests.Conformance;

/// <summary>Messages reach whoever listens at the moment, on every server, and nobody else.</summary>
public abstract class MessageBusConformance(IEngineFixture fixture) : EngineConformance(fixture)
{
    private static readonly LogId Topic = new("session/demo/board-1");
    private static readonly LogId OtherTopic = new("session/demo/board-2");

    private IMessageBus Bus => Storage.Engine.Bus;

    [Fact]
    public async Task Publish_WithListenersOnTwoServers_ReachesEachOfThemOnce()
    {
        var other = (await OtherServerAsync()).Bus;
        using var here = await Listener.StartAsync(Bus, Topic);
        using var besides = await Listener.StartAsync(Bus, Topic);
        using var there = await Listener.StartAsync(other, Topic);
        using var elsewhere = await Listener.StartAsync(other, OtherTopic);

        Bus.Publish(Topic, Bytes("from here"));
        other.Publish(OtherTopic, Bytes("beside it"));
        foreach (var listener in (Listener[])[here, besides, there])
        {
            Assert.Equal("from here", await listener.NextAsync());
        }

        other.Publish(Topic, Bytes("from there"));
        foreach (var listener in (Listener[])[here, besides, there])
        {
            Assert.Equal("from there", await listener.NextAsync());
            Assert.True(listener.IsEmpty);
        }

        Assert.Equal("beside it", await elsewhere.NextAsync());
        Assert.True(elsewhere.IsEmpty);
    }

    [Fact]
    public async Task Publish_ManyFromTwoServers_AllArrive()
    {
        const int count = 2_000;
        var other = (await OtherServerAsync()).Bus;
        using var here = await Listener.StartAsync(Bus, Topic);
        using var there = await Listener.StartAsync(other, Topic);

        await Task.WhenAll(
            Task.Run(() => PublishAll(Bus, "a", count)),
            Task.Run(() => PublishAll(other, "b", count)));

        var expected = Enumerable.Range(0, count).SelectMany(i => (string[])[$"a{i}", $"b{i}"]).Order(StringComparer.Ordinal);
        foreach (var listener in (Listener[])[here, there])
        {
            Assert.Equal(expected, (await listener.NextAsync(2 * count)).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task Publish_AnyBytesUpToTheLimit_ArrivesAsItIs()
    {
        using var there = await Listener.StartAsync((await OtherServerAsync()).Bus, Topic);
        foreach (var message in (byte[][])[[], [0, 255, 13, 10, 0], Some.Bytes(8 * 1024), Some.Bytes(IMessageBus.MaximumBytes)])
        {
            Bus.Publish(Topic, message);
            Assert.Equal(message, await there.NextBytesAsync());
        }

        Assert.Throws<ArgumentException>(() => Bus.Publish(Topic, new byte[IMessageBus.MaximumBytes + 1]));
        Assert.True(there.IsEmpty);
    }

    [Fact]
    public async Task Publish_WithoutListeners_ReachesNobodyWhoComesLater()
    {
        Bus.Publish(Topic, Bytes("unheard"));
        using var later = await Listener.StartAsync((await OtherServerAsync()).Bus, Topic);
        Bus.Publish(Topic, Bytes("heard"));

        Assert.Equal("heard", await later.NextAsync());
        Assert.True(later.IsEmpty);
    }

    [Fact]
    public async Task Dispose_OfOneSubscription_EndsThatOneOnly()
    {
        var other = (await OtherServerAsync()).Bus;
        using var stays = await Listener.StartAsync(other, Topic);
        var leaves = await Listener.StartAsync(other, Topic);
        Bus.Publish(Topic, Bytes("both"));
        Assert.Equal(["both", "both"], [await stays.NextAsync(), await leaves.NextAsync()]);

        leaves.Dispose();
        leaves.Dispose();
        Bus.Publish(Topic, Bytes("one"));

        Assert.Equal("one", await stays.NextAsync());
        Assert.True(leaves.IsEmpty);
    }

    [Fact]
    public async Task Subscribe_AgainAndAgain_HearsWhatIsPublishedWhileItStands()
    {
        var other = (await OtherServerAsync()).Bus;
        for (var i = 0; i < 50; i++)
        {
            using var listener = await Listener.StartAsync(other, Topic);
            Bus.Publish(Topic, Bytes($"message {i}"));
            Assert.Equal($"message {i}", await listener.NextAsync());
            Assert.True(listener.IsEmpty);
        }
    }

    [Fact]
    public async Task Subscriptions_WhoseConnectionBreaks_AreToldAndHearAgain()
    {
        var other = (await OtherServerAsync()).Bus;
        using var listener = await Listener.StartAsync(other, Topic);
        var told = listener.Resumes;

        await Storage.BreakConnectionsAsync();

        await listener.PublishUntilHeardAsync(Bus);
        if (!ReferenceEquals(other, Bus))
        {
            await listener.ResumedAsync(told + 1);
        }
    }

    private static void PublishAll(IMessageBus bus, string name, int count)
    {
        for (var i = 0; i < count; i++)
        {
            bus.Publish(Topic, Bytes($"{name}{i}"));
        }
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>Takes what it is handed.</summary>
    private sealed class Listener : IDisposable
    {
        private readonly Channel<byte[]> _messages = Channel.CreateUnbounded<byte[]>();
        private readonly ConcurrentQueue<bool> _resumes = new();
        private readonly SemaphoreSlim _resumed = new(0);
        private IDisposable? _subscription;

        public int Resumes => _resumes.Count;

        public bool IsEmpty => !_messages.Reader.TryPeek(out _);

        /// <summary>Listens, and waits until the subscription stands.</summary>
        public static async Task<Listener> StartAsync(IMessageBus bus, LogId topic)
        {
            var listener = new Listener();
            listener._subscription = bus.Subscribe(topic, message => listener._messages.Writer.TryWrite(message.ToArray()), listener.Resume);
            await listener.ResumedAsync(1);
            return listener;
        }

        public async Task ResumedAsync(int times)
        {
            while (Resumes < times)
            {
                Assert.True(await _resumed.WaitAsync(EventLogSteps.Patience), "Nobody was told that the subscription stands.");
            }
        }

        public async Task<byte[]> NextBytesAsync() => await _messages.Reader.ReadAsync().AsTask().WaitAsync(EventLogSteps.Patience);

        public async Task<string> NextAsync() => Encoding.UTF8.GetString(await NextBytesAsync());

        public async Task<List<string>> NextAsync(int count)
        {
            var messages = new List<string>();
            while (messages.Count < count)
            {
                messages.Add(await NextAsync());
            }

            return messages;
        }

        /// <summary>While connections come back, messages are lost.</summary>
        public async Task PublishUntilHeardAsync(IMessageBus bus)
        {
            using var patience = new CancellationTokenSource(EventLogSteps.Patience);
            while (IsEmpty)
            {
                bus.Publish(Topic, Bytes("again"));
                await Task.Delay(20, patience.Token);
            }
        }

        public void Dispose() => _subscription?.Dispose();

        private void Resume()
        {
            _resumes.Enqueue(true);
            _resumed.Release();
        }
    }
}
