using RealtimeSessions.EventLog;
using RealtimeSessions.EventLog.Replicas;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Delivery;
using RealtimeSessions.Server.Delivery.Frames;
using RealtimeSessions.Server.Sessions;
using RealtimeSessions.Server.Tests.Sessions;
using RealtimeSessions.Server.Tests.Support;

namespace RealtimeSessions.Server.Tests.Delivery;

/// <summary>A channel that the test itself tells of events.</summary>
public sealed class SessionChannelTests : LaneTest
{
    private static readonly JsonFrameEncoder Json = new();

    [Fact]
    public async Task OnEvents_TwoMembersAtTheHead_GetTheSameMessage()
    {
        var channel = new SessionChannel(Board, Parts.Sessions, Parts.Pump);
        var (first, second) = (await AddAsync(channel), await AddAsync(channel));

        await TellAsync(channel, Make.Stored(2, Make.Custom("a")), Make.Stored(3, Make.Custom("b")));

        Assert.Same(first.Client.Written.Last(), second.Client.Written.Last());
        Assert.Equal([2L, 3], (await first.Client.NextAsync(2)).Select(next => next.Sequence));
    }

    [Fact]
    public async Task OnEvents_ALargeEventAndManyAfterIt_LosesNone()
    {
        var channel = new SessionChannel(Board, Parts.Sessions, Parts.Pump);
        var member = await AddAsync(channel);
        var events = new List<LogEvent> { Make.Stored(2, Make.Custom("large", $"\"{new string('x', 512 * 1024)}\"")) };
        events.AddRange(Enumerable.Range(3, 135).Select(i => Make.Stored(i, Make.Custom("small", $"\"{new string('x', 3_900)}\""))));

        await TellAsync(channel, [.. events]);

        Assert.Equal(events.Select(next => next.Sequence), (await member.Client.NextAsync(events.Count)).Select(next => next.Sequence));
    }

    [Fact]
    public async Task OnEvents_ExpectedByAMember_AreWithheldFromHimOnceOnly()
    {
        var channel = new SessionChannel(Board, Parts.Sessions, Parts.Pump);
        var (maker, other) = (await AddAsync(channel), await AddAsync(channel));
        LogEvent[] events = [.. Enumerable.Range(2, 4).Select(i => Make.Stored(i, Make.Custom("n")))];
        maker.Member.Expect(events[1].EventId);
        maker.Member.Expect(events[2].EventId);
        maker.Member.Forget(events[2].EventId);

        await TellAsync(channel, events);

        Assert.Equal([2L, 4, 5], (await maker.Client.NextAsync(3)).Select(next => next.Sequence));
        Assert.Equal([2L, 3, 4, 5], (await other.Client.NextAsync(4)).Select(next => next.Sequence));
        Assert.False(maker.Member.HasWithheld);
    }

    [Fact]
    public async Task OnReset_WhileEventsWait_GivesTheStateAndNothingOfBefore()
    {
        var channel = new SessionChannel(Board, Parts.Sessions, Parts.Pump);
        var member = await AddAsync(channel);
        var state = SessionFold.Instance.Apply(null, Make.Stored(1, Make.Created()));

        channel.OnReset(new ReplicaState<SessionState>(new Position("other", 7), state));
        channel.OnEvents([Make.Stored(8, Make.Custom("n"))], new ReplicaState<SessionState>(new Position("other", 8), state));

        var reset = await member.Client.NextAsync();
        Assert.Equal(("SessionReset", 7), (reset.Target, reset.Argument["position"]!["sequence"]!.GetValue<long>()));
        Assert.Equal(8, (await member.Client.NextAsync()).Sequence);
    }

    [Fact]
    public async Task OnFailed_WithMembers_ClosesTheirConnections()
    {
        var channel = new SessionChannel(Board, Parts.Sessions, Parts.Pump);
        var member = await AddAsync(channel);
        var ended = new TaskCompletionSource();
        using var registration = member.Client.Context.ConnectionAborted.Register(ended.SetResult);

        channel.OnFailed();

        await ended.Task.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.True(channel.EndIfEmpty());
    }

    [Fact]
    public async Task EndIfEmpty_OnceItHasEnded_TakesNobody()
    {
        var channel = new SessionChannel(Board, Parts.Sessions, Parts.Pump);
        var member = await AddAsync(channel);
        Assert.False(channel.EndIfEmpty());

        channel.Remove(member.Member);

        Assert.True(channel.EndIfEmpty());
        using var lease = Parts.Sessions.Rent(Board);
        var replica = (await lease.Session.OpenAsync())!;
        Assert.Null(channel.TryAdd(_ => throw new InvalidOperationException("Nobody is to be made."), replica, replica.Current, since: null));
    }

    private async Task<(TestClient Client, ChannelMember Member)> AddAsync(SessionChannel channel)
    {
        using var lease = Parts.Sessions.Rent(Board);
        var replica = (await lease.Session.OpenAsync())!;
        var client = new TestClient(ServerParts.Alice);
        var added = channel.TryAdd(made => new ChannelMember(client.Context, made, Json, echo: false), replica, replica.Current, since: null);
        Assert.Equal("SessionReset", (await client.NextAsync()).Target);
        await added!.Value.Member.Pumping;
        return (client, added.Value.Member);
    }

    private async Task TellAsync(SessionChannel channel, params LogEvent[] events)
    {
        var before = (await StateReader.ReadAsync(Parts.Log, Board.Log, SessionFold.Instance))!;
        channel.OnEvents(events, before with { Position = before.Position with { Sequence = events[^1].Sequence } });
    }
}
