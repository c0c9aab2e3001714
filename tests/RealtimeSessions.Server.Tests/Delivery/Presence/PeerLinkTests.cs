using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Delivery.Presence;
using RealtimeSessions.Server.Delivery.Presence.Peers;
using RealtimeSessions.Server.Requests;
using RealtimeSessions.Server.Tests.Support;
using RealtimeSessions.Testing;

namespace RealtimeSessions.Server.Tests.Delivery.Presence;

/// <summary>Messages on their way between two servers.</summary>
public sealed class PeerLinkTests : IAsyncLifetime
{
    private static readonly LogId Topic = new("session/demo/board");

    private readonly RecordedLogs _logs = new();
    private readonly TestStorage _storage = new(new LogOptions(), redis: null);
    private readonly ConcurrentQueue<(string Server, PeerMessage Message)> _taken = new();
    private IMessageBus _bus = null!;
    private PresenceServices _here = null!;
    private PresenceServices _there = null!;
    private int _resumes;

    public async Task InitializeAsync()
    {
        _bus = (await _storage.OpenAsync()).Bus;
        (_here, _there) = (Services(), Services());
    }

    public async Task DisposeAsync()
    {
        await _storage.DisposeAsync();
        Assert.Empty(_logs.Errors);
    }

    [Fact]
    public async Task Send_AnyMessage_ArrivesAsItWasAtOthersOnly()
    {
        using var here = Link(_here);
        using var there = new PeerLink(Topic, _there, (_, _) => Assert.Fail("Its own message."), () => { });
        PeerMessage[] messages =
        [
            new PeerChange(1L << 40, Make.Tree("""{"bob":null,"carol":{"c1":{"n":12345678901234567890}}}""")),
            new PeerWhole(2, 0, 3, Make.Tree("{}")),
            new PeerAlive(3),
            new PeerRequest(null),
            new PeerRequest("abc"),
            new PeerSignal(4, new RawJson("""{"é":[null,{"a":1.10}]}"""u8.ToArray()), "bob"),
            new PeerSignal(5, new RawJson("{}"u8.ToArray())),
        ];

        foreach (var message in messages)
        {
            there.Send(message);
        }

        await Wait.UntilAsync(() => _taken.Count == messages.Length);
        Assert.Equal(messages.Select(Text), _taken.Select(taken => Text(taken.Message)));
        Assert.All(_taken, taken => Assert.Equal(_there.ServerId, taken.Server));
        Assert.NotEqual(_here.ServerId, _there.ServerId);
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("0123456789abcdef")]
    [InlineData("0123456789abcdef{")]
    [InlineData("0123456789abcdef{\"k\":\"of a newer server\"}")]
    [InlineData("0123456789abcdef{\"k\":\"c\",\"version\":\"x\"}")]
    [InlineData("0123456789abcdef{\"k\":\"c\",\"version\":1}")]
    [InlineData("0123456789abcdefnull")]
    public async Task Message_OfAnotherForm_IsPassedOver(string message)
    {
        using var here = Link(_here);

        _bus.Publish(Topic, Encoding.UTF8.GetBytes(message));
        using var there = new PeerLink(Topic, _there, (_, _) => { }, () => { });
        there.Send(new PeerAlive(1));

        await Wait.UntilAsync(() => !_taken.IsEmpty);
        Assert.Equal(new PeerAlive(1), Assert.Single(_taken).Message);
    }

    [Fact]
    public async Task Messages_MoreThanWait_AreLostAndThatIsSaid()
    {
        using var taking = new ManualResetEventSlim();
        using var gate = new ManualResetEventSlim();
        using var here = new PeerLink(
            Topic,
            _here,
            (server, message) =>
            {
                taking.Set();
                gate.Wait();
                _taken.Enqueue((server, message));
            },
            () => _resumes++);
        await Wait.UntilAsync(() => _resumes == 1);
        using var there = new PeerLink(Topic, _there, (_, _) => { }, () => { });

        // One is being taken; of the others 1,024 wait.
        there.Send(new PeerAlive(0));
        await Task.Run(taking.Wait).WaitAsync(TimeSpan.FromSeconds(30));
        for (var i = 1; i <= 3_000; i++)
        {
            there.Send(new PeerAlive(i));
        }

        gate.Set();
        await Wait.UntilAsync(() => _taken.Count == 1_025);
        Assert.Equal(2, _resumes);
        Assert.Equal(Enumerable.Range(0, 1_025).Select(i => Text(new PeerAlive(i))), _taken.Select(taken => Text(taken.Message)));
    }

    private PresenceServices Services() =>
        new(_bus, Options.Create(new LimitsOptions()), new VirtualTime(), _logs.CreateLogger<PresenceServices>());

    private PeerLink Link(PresenceServices services) => new(Topic, services, (server, message) => _taken.Enqueue((server, message)), () => _resumes++);

    private static string Text(PeerMessage message) =>
        message is PeerSignal signal ? $"{signal.Number} {signal.To} {Encoding.UTF8.GetString(signal.Signal.Utf8.Span)}" : message.ToString();
}
