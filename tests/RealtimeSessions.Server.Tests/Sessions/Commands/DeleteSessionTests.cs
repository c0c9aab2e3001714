using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;
using RealtimeSessions.Server.Tests.Support;

namespace RealtimeSessions.Server.Tests.Sessions.Commands;

public sealed class DeleteSessionTests : TwoServersTest
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task DeleteAsync_OpenOrClosed_LeavesNothingButTheFeed(bool isClosed)
    {
        if (isClosed)
        {
            await Parts.CloseAsync(Board);
        }

        Assert.Null((await Parts.DeleteAsync(Board)).Error);

        Assert.Null(await Parts.Log.ReadAsync(Board.Log, 0, 0));
        Assert.Null(await Followed.EntryAsync(Parts, Board));
        Assert.IsType<SessionDeleted>((await Followed.FeedAsync(Parts, Board))[^1].Change());
        Assert.Empty(await Parts.MarksAsync());
        await Followed.AssertAsync(Parts, Board);
    }

    [Fact]
    public async Task SubmitAsync_AfterTheDeletion_IsRefusedOnEveryServer()
    {
        FallBehind();
        await Parts.DeleteAsync(Board);

        Assert.Equal(ErrorCode.SessionNotFound, (await BehindAsync(() => Other.PatchAsync(Board, """{"n":1}"""))).Error?.Code);
        foreach (var server in new[] { Parts, Other })
        {
            Assert.All(
                [
                    await server.PatchAsync(Board, """{"n":1}"""),
                    await server.RenameAsync(Board, "No"),
                    await server.RingAsync(Board),
                    await server.RemoveAsync(Board, new("bob")),
                    await server.CloseAsync(Board),
                ],
                answer => Assert.Equal(ErrorCode.SessionNotFound, answer.Error?.Code));
            Assert.Equal(ErrorCode.SessionNotFound, (await server.DeleteAsync(Board)).Error?.Code);
            Assert.Equal(ErrorCode.SessionNotFound, (await server.Reader.GetAsync(ServerParts.Alice, Board)).Error?.Code);
        }
    }

    [Fact]
    public async Task DeleteAsync_WithChangesInOneGo_RefusesThoseAfterIt()
    {
        var before = Parts.RenameAsync(Board, "Last");
        var deletion = Parts.DeleteAsync(Board);
        var again = Parts.DeleteAsync(Board);
        var after = Parts.PatchAsync(Board, """{"n":1}""");

        Assert.Equal(1, (await before).Value?.Count);
        Assert.Null((await deletion).Error);
        Assert.Equal(ErrorCode.SessionNotFound, (await again).Error?.Code);
        Assert.Equal(ErrorCode.SessionNotFound, (await after).Error?.Code);
        await Followed.AssertAsync(Parts, Board);
    }

    [Fact]
    public async Task DeleteAsync_OnBothServersAtOnce_IsMadeOnce()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => (i % 2 == 0 ? Parts : Other).DeleteAsync(Board)));

        Assert.Single(answers, answer => answer.Error is null);
        Assert.Single(await Followed.FeedAsync(Parts, Board), next => next.Change() is SessionDeleted);
        await Followed.AssertAsync(Parts, Board);
    }

    [Fact]
    public async Task CreateAsync_OfADeletedId_IsAConflictForEverybody()
    {
        await Parts.DeleteAsync(Board);

        foreach (var server in new[] { Parts, Other })
        {
            foreach (var ifExists in new[] { IfExists.Fail, IfExists.Return })
            {
                var request = new CreateSessionRequest { ApplicationId = "demo", SessionId = "board", Name = "Again", IfExists = ifExists };
                Assert.Equal(ErrorCode.Conflict, (await server.Service.CreateAsync(ServerParts.Bob, request, EventSource.Hub)).Error?.Code);
                Assert.Equal(ErrorCode.Conflict, (await server.Service.CreateAsync(ServerParts.Alice, request, EventSource.Hub)).Error?.Code);
            }
        }

        Assert.Null(await Parts.Log.ReadAsync(Board.Log, 0, 0));
        Assert.Null(await Followed.EntryAsync(Parts, Board));
        Assert.Empty(await Parts.MarksAsync());
    }

    [Fact]
    public async Task FollowAsync_OfAnEarlierStateWhileItIsDeleted_LeavesNoEntry()
    {
        using var lease = Other.Sessions.Rent(Board);
        var earlier = (await lease.Log.OpenAsync())!.Current;
        Parts.Log.OnDelete = () => Other.Follower.FollowAsync(Board, before: null, earlier);

        await Parts.DeleteAsync(Board);

        await Followed.AssertAsync(Parts, Board);
    }

    [Fact]
    public async Task FollowAsync_OfAnEarlierStateAfterTheDeletion_LeavesNoEntry()
    {
        using var lease = Other.Sessions.Rent(Board);
        var earlier = (await lease.Log.OpenAsync())!.Current;
        await Parts.DeleteAsync(Board);

        await Other.Follower.FollowAsync(Board, before: null, earlier);

        await Followed.AssertAsync(Parts, Board);
    }

    [Fact]
    public async Task RemoveIfGoneAsync_ASessionThatIsThereOrNeverWas_RemovesNothing()
    {
        Assert.False(await Parts.Follower.RemoveIfGoneAsync(Board));
        Assert.False(await Parts.Follower.RemoveIfGoneAsync(ServerParts.Key("never")));
        Assert.NotNull(await Followed.EntryAsync(Parts, Board));
    }
}
