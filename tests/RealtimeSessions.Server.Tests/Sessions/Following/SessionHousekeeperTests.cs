using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Sessions;
using RealtimeSessions.Server.Tests.Support;

namespace RealtimeSessions.Server.Tests.Sessions.Following;

public sealed class SessionHousekeeperTests : TwoServersTest
{
    internal override SessionsOptions Options { get; } = new() { CloseIdleAfter = TimeSpan.FromHours(1), DeleteClosedAfter = TimeSpan.FromDays(1) };

    [Fact]
    public async Task RunAsync_IdleForLong_IsClosedByTheServerItself()
    {
        await RunAfterAsync(TimeSpan.FromMinutes(59));
        Assert.Equal(SessionStatus.Open, (await Parts.GetAsync(Board)).Status);

        await RunAfterAsync(TimeSpan.FromMinutes(1));

        var closed = Assert.IsType<SessionClosed>(SessionEventJson.Read((await Parts.EventsAsync(Board))[^1]));
        Assert.Equal((EventSource.System, ""), (closed.Source, closed.UserId));
        await Followed.AssertAsync(Parts, Board);
    }

    [Fact]
    public async Task RunAsync_PatchedLately_IsNotClosedAndNotLookedAtEachTime()
    {
        Parts.Time.Advance(TimeSpan.FromMinutes(50));
        await Parts.PatchAsync(Board, """{"n":1}""");

        Assert.True(await ReadsAfterAsync(TimeSpan.FromMinutes(20)) > 0);
        Assert.Equal(0, await ReadsAfterAsync(TimeSpan.FromMinutes(20)));
        await RunAfterAsync(TimeSpan.FromMinutes(20));

        Assert.Equal(SessionStatus.Closed, (await Parts.GetAsync(Board)).Status);
        await Followed.AssertAsync(Parts, Board);
    }

    [Fact]
    public async Task CloseIdleAsync_SomethingHasHappenedSince_ClosesNothing()
    {
        FallBehind();
        await Parts.PatchAsync(Board, """{"n":1}""");

        Assert.Equal(0, (await BehindAsync(() => Other.Service.CloseIdleAsync(Board, lastSequence: 1))).Value?.Count);
        Assert.Equal(SessionStatus.Open, (await Parts.GetAsync(Board)).Status);
    }

    [Fact]
    public async Task RunAsync_OnTwoServersAtOnce_ClosesAndDeletesOnce()
    {
        Parts.Time.Advance(TimeSpan.FromHours(2));
        await Task.WhenAll(Parts.Housekeeper.RunAsync(), Other.Housekeeper.RunAsync());
        Assert.Equal(2, (await Parts.EventsAsync(Board)).Count);

        Parts.Time.Advance(TimeSpan.FromDays(1));
        await Task.WhenAll(Parts.Housekeeper.RunAsync(), Other.Housekeeper.RunAsync());

        Assert.Equal(
            [typeof(SessionCreated), typeof(SessionClosed), typeof(SessionDeleted)],
            (await Followed.FeedAsync(Parts, Board)).Select(next => next.Change().GetType()));
        await Followed.AssertAsync(Parts, Board);
    }

    [Fact]
    public async Task RunAsync_ClosedLately_IsNotDeleted()
    {
        await Parts.CloseAsync(Board);
        await RunAfterAsync(TimeSpan.FromHours(23));
        Assert.NotNull(await Followed.EntryAsync(Parts, Board));

        await RunAfterAsync(TimeSpan.FromHours(1));

        Assert.Null(await Followed.EntryAsync(Parts, Board));
        var deleted = Assert.IsType<SessionDeleted>((await Followed.FeedAsync(Parts, Board))[^1].Change());
        Assert.Equal((EventSource.System, ""), (deleted.Source, deleted.UserId));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RunAsync_AnEntryWhoseLogIsGone_IsRemoved(bool isClosed)
    {
        if (isClosed)
        {
            await Parts.CloseAsync(Board);
        }

        await Parts.Log.DeleteAsync(Board.Log);
        await RunAfterAsync(TimeSpan.FromDays(2));

        Assert.Null(await Followed.EntryAsync(Parts, Board));
    }

    private Task RunAfterAsync(TimeSpan time)
    {
        Parts.Time.Advance(time);
        return Parts.Housekeeper.RunAsync();
    }

    /// <summary>How often a run reads logs.</summary>
    private async Task<int> ReadsAfterAsync(TimeSpan time)
    {
        var reads = 0;
        Parts.Log.OnRead = () =>
        {
            reads++;
            return Task.CompletedTask;
        };
        await RunAfterAsync(time);
        Parts.Log.OnRead = null;
        return reads;
    }
}
