using RealtimeSessions.Server.Tests.Support;
using RealtimeSessions.Testing;

namespace RealtimeSessions.Server.Tests.Delivery.Presence;

/// <summary>Members of one session on two servers, which tell each other.</summary>
public sealed class TwoServerPresenceTests : PresenceTest
{
    private ServerParts _other = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _other = await Parts.StartOtherAsync();
    }

    [Fact]
    public async Task Members_OfTwoServers_SeeEachOther()
    {
        var bob = await EnterAsync(ServerParts.Bob, """{"n":1}""");
        await AssertComesToKnowAsync(bob, """{"bob":{"B":{"n":1}}}""", ("B", bob));

        var bert = await EnterAsync(ServerParts.Bert, server: _other);
        var alsoBob = await EnterAsync(ServerParts.Bob, server: _other);
        await using var clock = new Clock(Parts.Time);
        await AssertComesToKnowAsync(bert, """{"bob":{"B":{"n":1},"B2":{}},"bert":{"C":{}}}""", ("B", bob), ("B2", alsoBob), ("C", bert));
        Assert.Null(Update(bob, """{"n":2}""").Error);
        await AssertToldAsync(bert, "SessionPresenceUpdated", """{"bob":{"B":{"n":2}}}""", ("B", bob));

        bob.Connection.LeaveAll();
        await AssertToldAsync(bert, "SessionPresenceUpdated", """{"bob":{"B":null}}""", ("B", bob));
        alsoBob.Connection.LeaveAll();
        await AssertToldAsync(bert, "SessionPresenceUpdated", """{"bob":null}""");
    }

    [Fact]
    public async Task AServer_WhoseLastMembersLeaveAtOnce_TellsSoBeforeItsChannelEnds()
    {
        var bob = await EnterAsync(ServerParts.Bob);
        var others = new List<TestClient>();
        for (var i = 0; i < 10; i++)
        {
            others.Add(await EnterAsync(ServerParts.Bert, server: _other));
        }

        var all = $"{{\"bob\":{{\"B\":{{}}}},\"bert\":{{{string.Join(',', others.Select(client => $"\"{client.Context.ConnectionId}\":{{}}"))}}}}}";
        await using (new Clock(Parts.Time))
        {
            await AssertComesToKnowAsync(bob, all, ("B", bob));
        }

        // The clock stands still: by the rules of its pace, nothing of this may be told yet.
        others.ForEach(client => client.Connection.LeaveAll());
        var before = Parts.Time.GetUtcNow();
        await using var clock = new Clock(Parts.Time);
        for (var isThere = true; isThere;)
        {
            var people = (await bob.NextAsync()).Argument["people"]!.AsObject();
            isThere = !people.ContainsKey("bert") || people["bert"] is not null;
        }

        // They were not merely given up.
        Assert.InRange(Parts.Time.GetUtcNow() - before, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task SendSignal_ToAllAndToOne_ReachesTheOtherServer()
    {
        var (bob, bert) = (await EnterAsync(ServerParts.Bob, presence: null), await EnterAsync(ServerParts.Bert, presence: null, server: _other));
        var (carol, alsoBob) = (await EnterAsync(ServerParts.Carol, presence: null, server: _other), await EnterAsync(ServerParts.Bob, presence: null, server: _other));

        Assert.Null(Send(bob, "all", """{"x":1}""").Error);
        foreach (var client in new[] { bert, carol, alsoBob })
        {
            var signal = await client.NextAsync();
            Assert.Equal(
                $$$"""{"applicationId":"demo","sessionId":"board","userId":"bob","connectionId":"{{{bob.Context.ConnectionId}}}","name":"all","data":{"x":1}}""",
                signal.Argument.ToJsonString());
        }

        Parts.Time.Advance(Rest);
        Assert.Null(Send(bob, "one", to: "bob").Error);
        Assert.Equal("one", (await alsoBob.NextAsync()).Argument["name"]!.GetValue<string>());
        Assert.Null(Send(bert, "back", to: "bob", server: _other).Error);
        Parts.Time.Advance(Rest);
        Assert.Equal("back", (await bob.NextAsync()).Argument["name"]!.GetValue<string>());
        await carol.AssertNothingMoreAsync();
    }

    /// <summary>Lets time pass, not faster than it does.</summary>
    private sealed class Clock : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _running;

        public Clock(VirtualTime time) => _running = Task.Run(async () =>
        {
            while (!_stop.IsCancellationRequested)
            {
                time.Advance(TimeSpan.FromMilliseconds(1));
                await Task.Delay(1);
            }
        });

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _running;
        }
    }
}
