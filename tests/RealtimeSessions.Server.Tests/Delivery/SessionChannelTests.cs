using RealtimeSessions.EventLog;
using RealtimeSessions.EventLog.Replicas;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Delivery.Frames;
using RealtimeSessions.Server.Delivery.Sessions;
using RealtimeSessions.Server.Identity;
using RealtimeSessions.Server.Sessions;
using RealtimeSessions.Server.Tests.Support;

namespace RealtimeSessions.Server.Tests.Delivery;

/// <summary>A channel that the test itself tells of events.</summary>
public sealed class SessionChannelTests : LaneTest
{
    private static readonly JsonFrameEncoder Json = new();

    private int _ended;

    [Fact]
    public async Task OnEvents_TwoMembersAtTheHead_GetTheSameMessage()
    {
        var channel = Channel();
        var (first, second) = (await AddAsync(channel), await AddAsync(channel));

        await TellAsync(channel, Make.Stored(2, Make.Custom("a")), Make.Stored(3, Make.Custom("b")));

        Assert.Same(first.Client.Written.Last(), second.Client.Written.Last());
        Assert.Equal([2L, 3], (await first.Client.NextAsync(2)).Select(next => next.Sequence));
    }

    [Fact]
    public async Task OnEvents_ALargeEventAndManyAfterIt_LosesNone()
    {
        var channel = Channel();
        var member = await AddAsync(channel);
        var events = new List<LogEvent> { Make.Stored(2, Make.Custom("large", $"\"{new string('x', 512 * 1024)}\"")) };
        events.AddRange(Enumerable.Range(3, 135).Select(i => Make.Stored(i, Make.Custom("small", $"\"{new string('x', 3_900)}\""))));

        await TellAsync(channel, [.. events]);

        Assert.Equal(events.Select(next => next.Sequence), (await member.Client.NextAsync(events.Count)).Select(next => next.Sequence));
    }

    [Fact]
    public async Task OnEvents_ExpectedByAMember_AreWithheldFromHimOnceOnly()
    {
        var channel = Channel();
        var (maker, other) = (await AddAsync(channel), await AddAsync(channel));
        LogEvent[] events = [.. Enumerable.Range(2, 4).Select(i => Make.Stored(i, Make.Custom("n")))];
        maker.Member.Expect(events[1].EventId);
        maker.Member.Expect(events[2].EventId);
        maker.Member.Forget(events[2].EventId);

        await TellAsync(channel, events);

        Assert.Equal([2L, 4, 5], (await maker.Client.NextAsync(3)).Select(next => next.Sequence));
        Assert.Equal([2L, 3, 4, 5], (await other.Client.NextAsync(4)).Select(next => next.Sequence));
        Assert.True(maker.Member.IsLikeOthers);
    }

    [Fact]
    public async Task OnReset_WhileEventsWait_GivesTheStateAndNothingOfBefore()
    {
        var channel = Channel();
        var member = await AddAsync(channel);
        var state = SessionFold.Instance.Apply(null, Make.Stored(1, Make.Created()));

        channel.OnReset(new ReplicaState<SessionState>(new Position("other", 7), state));
        channel.OnEvents([Make.Stored(8, Make.Custom("n"))], new ReplicaState<SessionState>(new Position("other", 8), state));

        var reset = await member.Client.NextAsync();
        Assert.Equal(("SessionReset", 7), (reset.Target, reset.Argument["position"]!["sequence"]!.GetValue<long>()));
        Assert.Equal(8, (await member.Client.NextAsync()).Sequence);
    }

    [Fact]
    public async Task OnReset_ToAHistoryThatAMemberIsNotIn_GivesHimNothingOfIt()
    {
        var channel = Channel();
        var (bob, alice) = (await AddAsync(channel, ServerParts.Bob), await AddAsync(channel));
        var state = SessionFold.Instance.Apply(null, Make.Stored(1, Make.Created(new Participant("bert"))));

        channel.OnReset(new ReplicaState<SessionState>(new Position("other", 1), state));

        var left = await bob.Client.NextAsync();
        Assert.Equal(("SessionLeft", "access_revoked"), (left.Target, left.Argument["reason"]!.GetValue<string>()));
        Assert.Equal("SessionReset", (await alice.Client.NextAsync()).Target);
    }

    [Fact]
    public async Task OnFailed_WithMembers_ClosesTheirConnections()
    {
        var channel = Channel();
        var member = await AddAsync(channel);
        var ended = new TaskCompletionSource();
        using var registration = member.Client.Context.ConnectionAborted.Register(ended.SetResult);

        channel.OnFailed();

        await ended.Task.WaitAsync(TimeSpan.FromSeconds(10));
        channel.EndIfEmpty();
        Assert.Equal(1, _ended);
    }

    [Fact]
    public async Task Remove_OfTheLastMember_EndsTheChannelAndTakesNobody()
    {
        var channel = Channel();
        var member = await AddAsync(channel);
        channel.EndIfEmpty();
        Assert.Equal(0, _ended);

        channel.Remove(member.Member);
        channel.EndIfEmpty();

        Assert.Equal(1, _ended);
        Assert.Null(channel.TryAdd(new SessionMember(member.Client.Connection, channel, Json, echo: false), since: null));
    }

    private SessionChannel Channel() => new(Board, Parts.Sessions, Parts.Channels, Parts.Presence, () => _ended++);

    private async Task<(TestClient Client, SessionMember Member)> AddAsync(SessionChannel channel, Caller? caller = null)
    {
        Assert.NotNull(await channel.OpenAsync());
        var client = new TestClient(caller ?? ServerParts.Alice);
        var member = new SessionMember(client.Connection, channel, Json, echo: false);
        Assert.False(channel.TryAdd(member, since: null)!.Recovered);
        Assert.Equal("SessionReset", (await client.NextAsync()).Target);
        await member.Pumping;
        return (client, member);
    }

    private async Task TellAsync(SessionChannel channel, params LogEvent[] events)
    {
        var before = (await StateReader.ReadAsync(Parts.Log, Board.Log, SessionFold.Instance))!;
        channel.OnEvents(events, before with { Position = before.Position with { Sequence = events[^1].Sequence } });
    }
}
