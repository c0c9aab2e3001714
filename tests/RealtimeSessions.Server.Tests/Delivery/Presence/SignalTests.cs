using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Applications;
using RealtimeSessions.Server.Requests;
using RealtimeSessions.Server.Tests.Support;

namespace RealtimeSessions.Server.Tests.Delivery.Presence;

/// <summary>What members of one server signal to each other.</summary>
public sealed class SignalTests : PresenceTest
{
    internal override LimitsOptions Limits { get; } = new() { SignalsPerSecond = 10, SignalBurst = 3 };

    [Fact]
    public async Task SendSignal_ToAll_ReachesEveryOtherConnectionInTheSession()
    {
        var (bob, alsoBob) = (await EnterAsync(ServerParts.Bob, presence: null), await EnterAsync(ServerParts.Bob, presence: null));
        var carol = await EnterAsync(ServerParts.Carol, presence: null);

        Assert.Null(Send(bob, "cursor", """{"x":1,"y":[null]}""").Error);

        foreach (var client in new[] { alsoBob, carol })
        {
            var signal = await client.NextAsync();
            Assert.Equal("SessionSignal", signal.Target);
            Assert.Equal(
                $$$"""{"applicationId":"demo","sessionId":"board","userId":"bob","connectionId":"{{{bob.Context.ConnectionId}}}","name":"cursor","data":{"x":1,"y":[null]}}""",
                signal.Argument.ToJsonString());
        }

        await bob.AssertNothingMoreAsync();
    }

    [Fact]
    public async Task SendSignal_WithoutDataOrWithNull_SaysWhich()
    {
        var (bob, bert) = (await EnterAsync(ServerParts.Bob, presence: null), await EnterAsync(ServerParts.Bert, presence: null));

        Send(bob, "none");
        Parts.Time.Advance(Rest);
        Send(bob, "null", "null");

        Assert.False((await bert.NextAsync()).Argument.AsObject().ContainsKey("data"));
        Assert.True((await bert.NextAsync()).Argument.AsObject() is var signal && signal.ContainsKey("data") && signal["data"] is null);
    }

    [Fact]
    public async Task SendSignal_ToOnePerson_ReachesHisOtherConnectionsOnly()
    {
        var (bob, alsoBob) = (await EnterAsync(ServerParts.Bob, presence: null), await EnterAsync(ServerParts.Bob, presence: null));
        var (bert, carol) = (await EnterAsync(ServerParts.Bert, presence: null), await EnterAsync(ServerParts.Carol, presence: null));

        Assert.Null(Send(bob, "1", to: "bert").Error);
        Parts.Time.Advance(Rest);
        Assert.Null(Send(bob, "2", to: "bob").Error);
        Parts.Time.Advance(Rest);
        Assert.Null(Send(bob, "3", to: "nobody").Error);
        Parts.Time.Advance(Rest);

        Assert.Equal("1", Name(await bert.NextAsync()));
        Assert.Equal("2", Name(await alsoBob.NextAsync()));
        foreach (var client in new[] { bob, alsoBob, bert, carol })
        {
            await client.AssertNothingMoreAsync();
        }
    }

    [Fact]
    public async Task SendSignal_ManyAtOnce_AreToldInOrderInFewWrites()
    {
        var carol = await EnterAsync(ServerParts.Carol, presence: null);
        var senders = new List<TestClient>();
        for (var i = 0; i < 30; i++)
        {
            senders.Add(await EnterAsync(ServerParts.Bob, presence: null));
        }

        var before = carol.Written.Count;
        for (var i = 0; i < 30; i++)
        {
            Assert.Null(Send(senders[i], $"{i}", to: i % 10 == 5 ? "bob" : null).Error);
        }

        // The first at once, the others when as many writes as the first one cost have had their time.
        Assert.Equal(1, carol.Written.Count - before);
        Parts.Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(2, carol.Written.Count - before);
        Assert.Equal(Enumerable.Range(0, 30).Where(i => i % 10 != 5).Select(i => $"{i}"), (await carol.NextAsync(27)).Select(Name));
        Assert.Equal(Enumerable.Range(0, 30).Where(i => i != 7).Select(i => $"{i}"), (await senders[7].NextAsync(29)).Select(Name));
        await senders[7].AssertNothingMoreAsync();
    }

    [Fact]
    public async Task SendSignal_MoreThanGoesOut_DropsTheOldest()
    {
        var carol = await EnterAsync(ServerParts.Carol, presence: null);
        var text = $"\"{new string('x', 4_000)}\"";
        for (var i = 0; i < 20; i++)
        {
            Send(await EnterAsync(ServerParts.Bob, presence: null), $"{i}", text);
        }

        Parts.Time.Advance(Rest);
        Send(await EnterAsync(ServerParts.Bob, presence: null), "last");

        Assert.Equal(["0", .. Enumerable.Range(13, 7).Select(i => $"{i}"), "last"], (await carol.NextAsync(9)).Select(Name));
    }

    [Fact]
    public async Task SendSignal_TooOften_IsRefusedWithWhenToTryAgain()
    {
        var bob = await EnterAsync(ServerParts.Bob);
        for (var i = 0; i < 3; i++)
        {
            Assert.Null(Send(bob, $"{i}").Error);
        }

        var error = Send(bob, "one too many").Error!;
        Assert.Equal((ErrorCode.RateLimited, 1), (error.Code, (int)error.Details!["retryAfter"]!));
        Assert.Null(Send(await EnterAsync(ServerParts.Bob), "of another connection").Error);
        Parts.Time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Null(Send(bob, "again").Error);
        Assert.Equal(ErrorCode.RateLimited, Send(bob, "and again").Error!.Code);
    }

    [Fact]
    public async Task SendSignal_ByWhoMayNot_IsRefused()
    {
        var (bob, carol) = (await EnterAsync(ServerParts.Bob), await EnterAsync(ServerParts.Carol));

        Assert.Equal(ErrorCode.Forbidden, Send(carol, "viewer").Error!.Code);
        Assert.Equal(ErrorCode.NotJoined, Send(new TestClient(ServerParts.Bob), "stranger").Error!.Code);
        await ChangeRolesAsync(role => role.Name == DefaultRoles.Contributor ? role with { Permissions = ["session:read:participant"] } : role);
        await Wait.UntilAsync(() =>
        {
            Parts.Time.Advance(Rest);
            return Send(bob, "no longer").Error is { } error && error.Code == ErrorCode.Forbidden;
        });
        await Parts.Delivery.LeaveAsync(bob.Connection, Board);
        Assert.Equal(ErrorCode.NotJoined, Send(bob, "left").Error!.Code);
    }

    [Fact]
    public async Task SendSignal_InAClosedSession_IsRefusedAndPresenceGoesOn()
    {
        var bob = await EnterAsync(ServerParts.Bob);
        Assert.Null((await Parts.Service.CloseAsync(ServerParts.Bob, new() { ApplicationId = "demo", SessionId = "board" }, EventSource.Hub, origin: null)).Error);
        await AssertToldAsync(bob, "SessionPresence", """{"bob":{"B":{}}}""", ("B", bob));
        Assert.Equal("SessionClosed", (await bob.NextAsync()).Target);

        Assert.Equal(ErrorCode.SessionClosed, Send(bob, "closed").Error!.Code);
        Parts.Time.Advance(Rest);
        Assert.Null(Update(bob, """{"x":1}""").Error);
        await AssertToldAsync(bob, "SessionPresenceUpdated", """{"bob":{"B":{"x":1}}}""", ("B", bob));
    }

    private static string Name(Callback signal)
    {
        Assert.Equal("SessionSignal", signal.Target);
        return signal.Argument["name"]!.GetValue<string>();
    }
}
