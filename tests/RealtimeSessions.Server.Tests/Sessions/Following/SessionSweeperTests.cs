using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Sessions;
using RealtimeSessions.Server.Tests.Support;

namespace RealtimeSessions.Server.Tests.Sessions.Following;

public sealed class SessionSweeperTests : LaneTest
{
    [Fact]
    public async Task RunAsync_AChangeThatEntersLate_IsFollowedThoughOthersCameBetween()
    {
        Parts.Time.Jumps = true;
        IReadOnlyList<LogAppend> late = [];
        Parts.Log.OnAppend = Once((appends, _) =>
        {
            late = appends;
            throw new EngineUnavailableException("The connection broke.");
        });
        Assert.Equal(ErrorCode.Unavailable, (await Parts.RenameAsync(Board, "Late")).Error?.Code);
        Parts.Time.Jumps = false;
        Assert.Equal(1, (await Parts.RenameAsync(Board, "Between")).Value?.Count);

        await Parts.Log.AppendAsync(Board.Log, late);
        await SweepAsync();

        Assert.Equal("Late", (await Followed.EntryAsync(Parts, Board))!.Name);
        await Followed.AssertAsync(Parts, Board);
    }

    [Fact]
    public async Task RunAsync_AYoungMark_IsLeftAlone()
    {
        await LeaveAsync("Left");
        await Parts.Sweeper.RunAsync();

        Assert.Equal("board", (await Followed.EntryAsync(Parts, Board))!.Name);
        Assert.Single(await Parts.MarksAsync());
    }

    [Fact]
    public async Task RunAsync_ASessionThatCannotBeRead_DoesNotKeepOthersWaiting()
    {
        var broken = ServerParts.Key("broken");
        await Parts.Log.AppendAsync(broken.Log, [new LogAppend { Events = [new NewEvent(Guid.NewGuid(), Make.Noon, "?"u8.ToArray())], MustBeNew = true }]);
        await Parts.Follower.Marks.SetAsync(broken);
        Parts.Time.Advance(TimeSpan.FromMilliseconds(1));
        await LeaveAsync("Left");

        await SweepAsync();

        await Followed.AssertAsync(Parts, Board);
        Assert.Contains("demo/broken", Assert.Single(Parts.Logs.Errors), StringComparison.Ordinal);
        Parts.Logs.Clear();
    }

    [Fact]
    public async Task RunAsync_OnlyPatchedSinceTheLastTime_HasNothingToDo()
    {
        await LeaveAsync("Left");
        await SweepAsync();
        await Parts.PatchAsync(Board, """{"n":1}""");
        Parts.Log.OnAppend = (_, _) => throw new InvalidOperationException("Nothing is to be appended.");

        await Parts.Sweeper.RunAsync();

        Assert.Single(await Parts.MarksAsync());
    }

    [Fact]
    public async Task RunAsync_AMarkOfASessionThatWasNeverMade_IsClearedLate()
    {
        await Parts.Follower.Marks.SetAsync(ServerParts.Key("never"));
        await SweepAsync();
        Assert.Single(await Parts.MarksAsync());

        Parts.Time.Advance(TimeSpan.FromMinutes(1));
        await Parts.Sweeper.RunAsync();
        Assert.Empty(await Parts.MarksAsync());
    }

    private Task SweepAsync()
    {
        Parts.Time.Advance(new SessionsOptions().SweepAfter);
        return Parts.Sweeper.RunAsync();
    }

    /// <summary>Another server renames the session and stops when the log has it.</summary>
    private async Task LeaveAsync(string name)
    {
        var budget = new WriteBudget(2, isLastMade: false);
        var dying = await Parts.StartOtherAsync(budget);
        _ = dying.RenameAsync(Board, name);
        await budget.Stopped;
    }
}
