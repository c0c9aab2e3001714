using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;
using RealtimeSessions.Server.Applications;
using RealtimeSessions.Server.Delivery.Frames;
using RealtimeSessions.Server.Delivery.Sessions;
using RealtimeSessions.Server.Identity;
using RealtimeSessions.Server.Requests;
using RealtimeSessions.Server.Tests.Support;

namespace RealtimeSessions.Server.Tests.Delivery;

/// <summary>Who may not read a session any more hears so, and nothing after it.</summary>
public sealed class SessionRightsTests : DeliveryTest
{
    internal override LimitsOptions Limits { get; } = new() { MaximumJoinedSessions = 3 };

    [Fact]
    public async Task Removal_OfAMemberAtTheHead_IsTheLastEventHeGets()
    {
        await AddAsync(Board, Of(ServerParts.Bert));
        var (bert, alice) = (await JoinedAsync(ServerParts.Bert), await JoinedAsync(ServerParts.Alice));

        await Parts.PatchAsync(Board, """{"n":1}""");
        await RemoveAsync(Board, Of(ServerParts.Bert));
        await Parts.PatchAsync(Board, """{"n":2}""");

        Assert.Equal(["SessionDataUpdated", "SessionParticipantRemoved", "SessionDataUpdated"], (await alice.NextAsync(3)).Select(next => next.Target));
        Assert.Equal(["SessionDataUpdated", "SessionParticipantRemoved"], (await bert.NextAsync(2)).Select(next => next.Target));
        await AssertLeftAsync(bert, "SessionLeft", "access_revoked");
        await bert.AssertNothingMoreAsync();
        Assert.Equal(ErrorCode.SessionNotFound, (await TryJoinAsync(bert)).Error?.Code);
    }

    [Fact]
    public async Task Removal_OfAMemberWhoIsBehind_GivesHimWhatTheRingHolds()
    {
        await AddAsync(Board, Of(ServerParts.Bert));
        var (bert, alice) = (await JoinedAsync(ServerParts.Bert, buffer: 4 * 1024), await JoinedAsync(ServerParts.Alice));

        AssertAppended(await Task.WhenAll(Pipeline(100)));
        await RemoveAsync(Board, Of(ServerParts.Bert));
        AssertAppended(await Task.WhenAll(Pipeline(100)));

        await alice.NextAsync(201);
        Assert.Equal(Enumerable.Range(3, 101).Select(i => (long)i), (await bert.NextAsync(101)).Select(next => next.Sequence));
        await AssertLeftAsync(bert, "SessionLeft", "access_revoked");
        await bert.AssertNothingMoreAsync();
    }

    [Fact]
    public async Task Removal_OfAMemberFarBehind_TakesWhatHeHasNotReadYet()
    {
        await AddAsync(Board, Of(ServerParts.Bert));
        var (bert, alice) = (await JoinedAsync(ServerParts.Bert, buffer: 4 * 1024), await JoinedAsync(ServerParts.Alice));

        AssertAppended(await Task.WhenAll(Pipeline(3_000)));
        await RemoveAsync(Board, Of(ServerParts.Bert));
        AssertAppended(await Task.WhenAll(Pipeline(1_500)));

        // Only what was written already, up to a gap: neither the removal nor anything near it.
        await alice.NextAsync(4_501);
        var (next, last) = (await bert.NextAsync(), 2L);
        for (; next.Target == "SessionDataUpdated"; next = await bert.NextAsync())
        {
            Assert.Equal(++last, next.Sequence);
        }

        Assert.Equal("SessionLeft", next.Target);
        Assert.InRange(last, 3, 2_000);
        await bert.AssertNothingMoreAsync();
    }

    [Fact]
    public async Task Removal_ThenAnAddition_LetsHimJoinAgain()
    {
        await AddAsync(Board, Of(ServerParts.Bert));
        var bert = await JoinedAsync(ServerParts.Bert);

        await RemoveAsync(Board, Of(ServerParts.Bert));
        await AddAsync(Board, Of(ServerParts.Bert));
        await Parts.PatchAsync(Board, """{"n":1}""");

        Assert.Equal("SessionParticipantRemoved", (await bert.NextAsync()).Target);
        await AssertLeftAsync(bert, "SessionLeft", "access_revoked");
        await JoinAsync(bert);
        var reset = await bert.NextAsync();
        Assert.Equal(("SessionReset", 5), (reset.Target, reset.Argument["position"]!["sequence"]!.GetValue<long>()));
        await Parts.PatchAsync(Board, """{"n":2}""");
        Assert.Equal(6, (await bert.NextAsync()).Sequence);
    }

    [Fact]
    public async Task Deletion_OfTheSession_IsNoEventToItsMembers()
    {
        var (bob, alice) = (await JoinedAsync(ServerParts.Bob), await JoinedAsync(ServerParts.Alice));
        await Parts.PatchAsync(Board, """{"n":1}""");

        await DeleteAsync(Board);

        foreach (var client in new[] { bob, alice })
        {
            Assert.Equal("SessionDataUpdated", (await client.NextAsync()).Target);
            await AssertLeftAsync(client, "SessionLeft", "deleted");
            await client.AssertNothingMoreAsync();
        }
    }

    [Fact]
    public async Task RoleChange_TakesTheRightOfSome_DismissesThem()
    {
        await AddAsync(Board, Of(ServerParts.Bert));
        await AddAsync(Board, Of(ServerParts.Carol));
        var (bert, carol) = (await JoinedAsync(ServerParts.Bert), await JoinedAsync(ServerParts.Carol));

        await ChangeRolesAsync(role => role.Name == DefaultRoles.Viewer ? role with { Participants = [] } : role);

        await AssertLeftAsync(carol, "SessionLeft", "access_revoked");
        await Parts.PatchAsync(Board, """{"n":1}""");
        Assert.Equal("SessionDataUpdated", (await bert.NextAsync()).Target);
        await carol.AssertNothingMoreAsync();
    }

    [Fact]
    public async Task RoleChange_OfAMemberWhoIsBehind_TakesWhatHeHasNotReadYet()
    {
        await AddAsync(Board, Of(ServerParts.Carol));
        var (carol, alice) = (await JoinedAsync(ServerParts.Carol, buffer: 4 * 1024), await JoinedAsync(ServerParts.Alice));
        var other = await JoinedAsync(ServerParts.Carol);
        AssertAppended(await Task.WhenAll(Pipeline(500)));
        await alice.NextAsync(500);
        await other.NextAsync(500);

        // Her other connection, which is not behind, hears it when all of them are judged.
        await ChangeRolesAsync(role => role.Name == DefaultRoles.Viewer ? role with { Permissions = [] } : role);
        await AssertLeftAsync(other, "SessionLeft", "access_revoked");
        var added = Of(ServerParts.Mallory);
        await AddAsync(Board, added);
        Assert.Equal("SessionParticipantAdded", (await alice.NextAsync()).Target);

        var (next, read) = (await carol.NextAsync(), 0);
        for (; next.Target == "SessionDataUpdated"; next = await carol.NextAsync())
        {
            read++;
        }

        Assert.Equal("SessionLeft", next.Target);
        Assert.InRange(read, 1, 499);
        await carol.AssertNothingMoreAsync();
    }

    [Fact]
    public async Task Deletion_OfTheApplication_DismissesEverybody()
    {
        var (bob, alice) = (await JoinedAsync(ServerParts.Bob), await JoinedAsync(ServerParts.Alice));

        await DeleteApplicationAsync();

        await AssertLeftAsync(bob, "SessionLeft", "deleted");
        await AssertLeftAsync(alice, "SessionLeft", "deleted");
    }

    [Fact]
    public async Task JoinAsync_ManyAtOnce_AreNotMoreThanMayBe()
    {
        var keys = await Task.WhenAll(Enumerable.Range(1, 10).Select(i => Parts.CreateAsync($"s{i}")));
        var bob = new TestClient(ServerParts.Bob);

        var joined = await Task.WhenAll(keys.Select(key => TryJoinAsync(bob, key.SessionId)));

        Assert.Equal(3, joined.Count(answer => answer.Error is null));
        Assert.All(joined.Where(answer => answer.Error is not null), answer => Assert.Equal(ErrorCode.LimitExceeded, answer.Error!.Code));
    }

    [Fact]
    public async Task JoinAsync_AfterDismissals_CountsThoseThatAreLeft()
    {
        var keys = await Task.WhenAll(Enumerable.Range(1, 4).Select(i => Parts.CreateAsync($"s{i}", Of(ServerParts.Bert))));
        var bert = new TestClient(ServerParts.Bert);
        foreach (var key in keys.Take(3))
        {
            await JoinAsync(bert, key.SessionId);
        }

        Assert.Equal(ErrorCode.LimitExceeded, (await TryJoinAsync(bert, "s4")).Error?.Code);
        Assert.Null((await TryJoinAsync(bert, "s1")).Error);
        await RemoveAsync(keys[1], Of(ServerParts.Bert));

        await Wait.UntilAsync(() => bert.Connection.Sessions.Find(keys[1]) is null);
        await JoinAsync(bert, "s4");
    }

    [Fact]
    public async Task Dismissal_OfTheLastMember_LetsTheSessionGo()
    {
        await AddAsync(Board, Of(ServerParts.Bert));
        var bert = await JoinedAsync(ServerParts.Bert);

        await RemoveAsync(Board, Of(ServerParts.Bert));
        await Wait.UntilAsync(() => bert.Connection.Sessions.Find(Board) is null);

        // The channel ends a moment after the seat is free, and the session some time after that.
        await Wait.UntilAsync(() =>
        {
            Parts.Time.Advance(TimeSpan.FromMinutes(1));
            return Parts.Log.OpenTails == 0;
        });
    }

    [Fact]
    public async Task TryAdd_JudgedByOlderRights_IsToLookAgain()
    {
        await AddAsync(Board, Of(ServerParts.Bert));
        await JoinedAsync(ServerParts.Alice);
        var channel = new SessionChannel(Board, Parts.Sessions, Parts.Channels, Parts.Presence, () => { });
        await channel.OpenAsync();
        var bert = new SessionMember(new TestClient(ServerParts.Bert).Connection, channel, new JsonFrameEncoder(), echo: false);

        await RemoveAsync(Board, Of(ServerParts.Bert));

        await Wait.UntilAsync(() => channel.TryAdd(bert, since: null) is null);
        channel.EndIfEmpty();
    }

    [Fact]
    public async Task Pump_ReadsFromTheLogWhatTheChannelHasNotJudged_DoesNotWriteIt()
    {
        await AddAsync(Board, Of(ServerParts.Bert));
        AssertAppended(await Task.WhenAll(Pipeline(3)));
        var channel = new SessionChannel(Board, Parts.Sessions, Parts.Channels, Parts.Presence, () => { });
        var replica = await channel.OpenAsync();
        var position = (await Parts.Log.ReadAsync(Board.Log, 0, 0))!.Head.Position;
        await replica!.WaitForAsync(position);
        Parts.Log.TailGate = new TaskCompletionSource();
        await Parts.Log.AppendAsync(Board.Log, [Make.Append(Make.Removed(Of(ServerParts.Bert))), Make.Append(Make.Patched("""{"secret":1}"""))]);

        var bert = new TestClient(ServerParts.Bert);
        Assert.NotNull(channel.TryAdd(
            new SessionMember(bert.Connection, channel, new JsonFrameEncoder(), echo: false), new ResumePosition(position.Epoch, 1)));

        Assert.Equal([2L, 3, 4, 5], (await bert.NextAsync(4)).Select(next => next.Sequence));
        await bert.AssertNothingMoreAsync();
        Parts.Log.TailGate.SetResult();
        Assert.Equal(("SessionParticipantRemoved", 6), (await bert.NextAsync()) is var removal ? (removal.Target, removal.Sequence) : default);
        await AssertLeftAsync(bert, "SessionLeft", "access_revoked");
        await bert.AssertNothingMoreAsync();
    }

    private async Task<TestClient> JoinedAsync(Caller caller, long buffer = 64 * 1024 * 1024)
    {
        var client = new TestClient(caller, buffer);
        await JoinAsync(client);
        Assert.Equal("SessionReset", (await client.NextAsync()).Target);
        return client;
    }
}
