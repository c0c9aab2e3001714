using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;
using RealtimeSessions.Server.Sessions;
using RealtimeSessions.Server.Tests.Support;

namespace RealtimeSessions.Server.Tests.Sessions.Following;

public sealed class ConcurrentChangesTests : TwoServersTest
{
    private const int Callers = 20;
    private const int Each = 6;

    [Fact]
    public async Task SubmitAsync_ManyCallersOnTwoServers_LosesNothingAndEverythingFollows()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, Callers).Select(ChangeAsync));

        var changes = answers.SelectMany(one => one).ToArray();
        AssertAppended(changes);
        Assert.Equal(Callers * Each, changes.Select(answer => answer.Value!.EventId).Distinct().Count());
        var (session, events) = (await Parts.GetAsync(Board), await Parts.EventsAsync(Board));
        Assert.Equal(1 + (Callers * Each), events.Count);
        Assert.Equal(Callers + 1, session.Participants.Count);
        Assert.Equal(Callers, (await NumbersAsync()).Distinct().Count());
        Assert.Empty(await Parts.MarksAsync());
        await Followed.AssertAsync(Parts, Board);
    }

    [Fact]
    public async Task SubmitAsync_AnsweredMetadataChange_IsInCatalogAndFeedAlready()
    {
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(async i =>
        {
            var server = i % 2 == 0 ? Parts : Other;
            var ack = (await server.RenameAsync(Board, $"Name {i}")).Value!;
            Assert.Contains(await Followed.FeedAsync(Parts, Board), next => next.Change().EventId == ack.EventId);
            var entry = SessionSummaries.Read((await Parts.Catalog.GetAsync("sessions/demo", "board"))!);
            Assert.True(entry.Sequence >= ack.Position.Sequence);
        }));
    }

    private async Task<IReadOnlyList<Result<Ack>>> ChangeAsync(int caller)
    {
        var server = caller % 2 == 0 ? Parts : Other;
        return
        [
            await server.AddAsync(Board, new($"user-{caller}")),
            await server.PatchAsync(Board, $$"""{"n":{{caller}}}"""),
            .. await Task.WhenAll(
                server.RenameAsync(Board, $"Name {caller}"),
                server.PatchSessionAsync(Board, new SessionPatch { Properties = new Dictionary<string, string> { ["caller"] = $"{caller}" } }),
                server.RingAsync(Board),
                server.PatchSessionAsync(Board, new SessionPatch { Description = $"Description {caller}" })),
        ];
    }
}
