using RealtimeSessions.EventLog;
using RealtimeSessions.EventLog.Replicas;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Sessions;
using RealtimeSessions.Server.Tests.Support;

namespace RealtimeSessions.Server.Tests.Sessions.Following;

/// <summary>A feed that lacks changes, some of which retention has removed from the session's log.</summary>
public sealed class FeedWriterTests : LaneTest
{
    [Fact]
    public async Task WriteAsync_ChangesThatTheFeedLacks_AreCopiedFromTheBeginning()
    {
        await AppendAsync(10);
        var state = await StateAsync();

        await Parts.Follower.FollowAsync(Board, before: state, state);
        Assert.Single(await Followed.FeedAsync(Parts, Board));
        await AppendAsync(1);
        await Parts.Follower.FollowAsync(Board, before: state, await StateAsync());

        await Followed.AssertAsync(Parts, Board);
    }

    [Fact]
    public async Task WriteAsync_FromAStateBeforeWhatIsKept_TakesUpWhereTheLogBegins()
    {
        var before = await StateAsync();
        await AppendAsync(4);
        await TrimAsync();
        await AppendAsync(3);

        await Parts.Follower.FollowAsync(Board, before, await StateAsync());

        // The four that are gone are stood for by the session as it was after them.
        var feed = await Followed.FeedAsync(Parts, Board);
        Assert.Equal(["board", "Name 4", "Name 4", "Name 4", "Name 4", "Name 1", "Name 2", "Name 3"], feed.Select(next => next.Session.Name));
        Assert.Equal([1L, 5, 5, 5, 5, 6, 7, 8], feed.Select(next => next.Change().Sequence));
    }

    [Fact]
    public async Task WriteAsync_OnlyWhatIsNotKeptIsLacking_StandsForIt()
    {
        await AppendAsync(1);
        await TrimAsync();
        await Parts.PatchAsync(Board, """{"n":1}""");
        for (var i = 0; i < 2; i++)
        {
            await Parts.Follower.FollowAsync(Board, before: null, await StateAsync());
        }

        Assert.Equal(["board", "Name 1"], (await Followed.FeedAsync(Parts, Board)).Select(next => next.Session.Name));
    }

    [Fact]
    public async Task WriteAsync_RetentionMovesOnWhileItReads_BeginsAgain()
    {
        await AppendAsync(4);
        await TrimAsync();
        await AppendAsync(3);
        var target = await StateAsync();
        var reads = 0;
        Parts.Log.OnRead = async () =>
        {
            // Between the reading of the edge and that of what comes after it.
            if (++reads == 2)
            {
                Parts.Log.OnRead = null;
                await TrimAsync();
            }
        };

        await Parts.Follower.FollowAsync(Board, before: null, target);

        var feed = await Followed.FeedAsync(Parts, Board);
        Assert.Equal(8, feed.Count);
        Assert.Equal("Name 3", feed[^1].Session.Name);
    }

    /// <summary>Puts changes into the log alone.</summary>
    private async Task AppendAsync(int count)
    {
        var events = Enumerable.Range(1, count).Select(n => new SessionUpdated
        {
            UserId = "bob",
            Timestamp = Make.Noon,
            Version = 1,
            Session = new SessionTextChange($"Name {n}", null),
        });
        await Parts.Log.AppendAsync(
            Board.Log, [new LogAppend { Events = [.. events.Select(next => new NewEvent(Guid.NewGuid(), Make.Noon, SessionEventJson.Store(next)))] }]);
    }

    private async Task<ReplicaState<SessionState>> StateAsync() =>
        (await StateReader.ReadAsync(Parts.Log, Board.Log, SessionFold.Instance))!;

    private async Task TrimAsync()
    {
        var state = await StateAsync();
        Assert.True(await Parts.Log.TrimAsync(Board.Log, new LogSnapshot(state.Position, SessionFold.Instance.Serialize(state.State))));
    }
}
