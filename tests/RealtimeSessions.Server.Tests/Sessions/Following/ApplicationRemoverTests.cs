using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Applications;
using RealtimeSessions.Server.Sessions;
using RealtimeSessions.Server.Tests.Support;

namespace RealtimeSessions.Server.Tests.Sessions.Following;

public sealed class ApplicationRemoverTests : TwoServersTest
{
    [Fact]
    public async Task RunAsync_ADeletedApplication_LosesItsSessionsThenItsFeed()
    {
        var closed = await Parts.CreateAsync("closed");
        await Parts.CloseAsync(closed);
        var gone = await Parts.CreateAsync("gone");
        await Parts.Log.DeleteAsync(gone.Log);
        await DeleteApplicationAsync();

        await Task.WhenAll(Parts.Remover.RunAsync(), Other.Remover.RunAsync());

        Assert.Empty(await Parts.Summaries.FindAnyAsync(ServerParts.ApplicationId));
        await Assert.AllAsync([Board, closed], async key => Assert.IsType<SessionDeleted>((await Followed.FeedAsync(Parts, key))[^1].Change()));
        Assert.Null(await Parts.Log.ReadAsync(Board.Log, 0, 0));
        Assert.Single(await DeletedAsync());

        Parts.Time.Advance(TimeSpan.FromMinutes(3));
        await Parts.Remover.RunAsync();
        Assert.Null(await Parts.Log.ReadAsync(FeedEvent.Log(ServerParts.ApplicationId), 0, 0));
        Assert.Empty(await DeletedAsync());
    }

    [Fact]
    public async Task RunAsync_ASessionThatComesToLightLater_IsRemovedToo()
    {
        await DeleteApplicationAsync();
        await Parts.Remover.RunAsync();
        await LeaveSessionAsync("late");

        Parts.Time.Advance(new SessionsOptions().SweepAfter);
        await Parts.Sweeper.RunAsync();
        await Parts.Remover.RunAsync();

        Assert.Null(await Parts.Log.ReadAsync(ServerParts.Key("late").Log, 0, 0));
        Assert.Empty(await Parts.Summaries.FindAnyAsync(ServerParts.ApplicationId));
    }

    [Fact]
    public async Task RunAsync_AnApplicationThatExists_IsLeftAlone()
    {
        Parts.Time.Advance(TimeSpan.FromDays(1));
        await Parts.Remover.RunAsync();

        await Followed.AssertAsync(Parts, Board);
    }

    /// <summary>A server that has not heard of the deletion makes a session and stops when the log has it.</summary>
    private async Task LeaveSessionAsync(string sessionId)
    {
        var session = Make.Session(new Participant("bob")) with { SessionId = sessionId };
        await Parts.Follower.Marks.SetAsync(ServerParts.Key(sessionId));
        await Parts.Log.AppendAsync(ServerParts.Key(sessionId).Log,
        [
            new()
            {
                Events = [new(Guid.NewGuid(), Make.Noon, SessionEventJson.Store(Make.Created() with { Session = session }), ChangesRights: true)],
                MustBeNew = true,
            },
        ]);
    }

    private async Task DeleteApplicationAsync()
    {
        var entry = (await Parts.Store.GetAsync(ServerParts.ApplicationId))!;
        await Parts.Store.PutAsync(ApplicationStore.Read(entry) with { Roles = [], DeletedAt = Parts.Time.GetUtcNow() }, entry.Version);
    }

    private async Task<IReadOnlyList<string>> DeletedAsync()
    {
        var deleted = new List<string>();
        await foreach (var (id, _) in Parts.Store.EnumerateDeletedAsync())
        {
            deleted.Add(id);
        }

        return deleted;
    }
}
