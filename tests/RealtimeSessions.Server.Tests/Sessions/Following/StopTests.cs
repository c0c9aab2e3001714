using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Data;
using RealtimeSessions.Protocol.Requests;
using RealtimeSessions.Server.Sessions;
using RealtimeSessions.Server.Tests.Support;
using RealtimeSessions.Testing;

namespace RealtimeSessions.Server.Tests.Sessions.Following;

/// <summary>A server stops between any two writes of a change; another one finishes it.</summary>
public abstract class StopTests : IAsyncLifetime
{
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(61);

    private static readonly Dictionary<string, Func<ServerParts, SessionKey, Task>> Changes = new()
    {
        ["create"] = (server, key) => CreateAsync(server, key, data: null),
        ["create with data"] = (server, key) => CreateAsync(server, key, Make.Tree("""{"a":1}""")),
        ["rename"] = (server, key) => server.RenameAsync(key, "Renamed"),
        ["properties"] = (server, key) => server.PatchSessionAsync(key, new SessionPatch { Properties = new Dictionary<string, string> { ["a"] = "b" } }),
        ["add participant"] = (server, key) => server.AddAsync(key, new Participant("bert")),
        ["replace role"] = (server, key) => server.AddAsync(key, new Participant("carol") { Role = "Contributor" }),
        ["remove"] = (server, key) => server.RemoveAsync(key, new Participant("carol")),
        ["close"] = (server, key) => server.CloseAsync(key),
        ["patch"] = (server, key) => server.PatchSessionAsync(key, new SessionPatch
        {
            Name = "Patched",
            Properties = new Dictionary<string, string> { ["a"] = "c" },
            Status = SessionStatus.Closed,
        }),
        ["delete"] = (server, key) => server.DeleteAsync(key),
    };

    private ServerParts _server = null!;

    public static IEnumerable<object[]> Stops => Changes.Keys.SelectMany(change => new object[][] { [change, false], [change, true] });

    public async Task InitializeAsync() => _server = await StartAsync();

    public virtual async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [MemberData(nameof(Stops))]
    public async Task RunAsync_AServerStoppedBetweenAnyTwoWrites_FinishesWhatItLeft(string change, bool isLastMade)
    {
        WriteBudget budget;
        var writes = 0;
        do
        {
            var key = ServerParts.Key($"s-{writes}");
            var told = await PrepareAsync(key, isNew: change.StartsWith("create", StringComparison.Ordinal));
            budget = new WriteBudget(writes++, isLastMade);
            var dying = await _server.StartOtherAsync(budget);
            var changing = Changes[change](dying, key);
            if (await Task.WhenAny(changing, budget.Stopped) == changing && !budget.HasStopped)
            {
                await changing;
            }

            await SweepAsync(key, told);
        }
        while (budget.HasStopped);

        // At least the mark, the log, the entry, the feed, and the mark again.
        Assert.True(writes > 5, $"There were {writes - 1} writes.");
    }

    private protected abstract Task<ServerParts> StartAsync();

    /// <returns>The events that the feed holds.</returns>
    private async Task<Guid[]> PrepareAsync(SessionKey key, bool isNew)
    {
        if (isNew)
        {
            return [];
        }

        await _server.CreateAsync(key.SessionId, new Participant("carol"));
        await _server.PatchAsync(key, """{"n":1}""");
        await _server.RenameAsync(key, "Before");
        return [.. (await Followed.ToldAsync(_server, key)).Select(next => next.EventId)];
    }

    private static Task CreateAsync(ServerParts server, SessionKey key, JsonTree? data) =>
        server.Service.CreateAsync(ServerParts.Bob, new CreateSessionRequest
        {
            ApplicationId = key.ApplicationId,
            SessionId = key.SessionId,
            Name = "New",
            Participants = [new Participant("carol")],
            Data = data,
        }, EventSource.Hub);

    private async Task SweepAsync(SessionKey key, Guid[] told)
    {
        _server.Time.Advance(new SessionsOptions().SweepAfter);
        await _server.Sweeper.RunAsync();
        await AssertAsync(key, told);

        _server.Time.Advance(Late);
        await _server.Sweeper.RunAsync();
        await AssertAsync(key, told);
        Assert.Empty(await _server.MarksAsync());

        var before = await VersionsAsync(key);
        await _server.Sweeper.RunAsync();
        Assert.Equal(before, await VersionsAsync(key));
    }

    private async Task AssertAsync(SessionKey key, Guid[] told)
    {
        await Followed.AssertAsync(_server, key);
        Assert.Equal(told, (await Followed.FeedAsync(_server, key)).Select(next => next.Change().EventId).Take(told.Length));
    }

    private async Task<object> VersionsAsync(SessionKey key) => (
        (await _server.Log.ReadAsync(FeedEvent.Log(key.ApplicationId), 0, 0))?.Head.Position,
        (await _server.Log.ReadAsync(key.Log, 0, 0))?.Head.Position,
        await _server.Catalog.GetVersionAsync($"sessions/{key.ApplicationId}"));
}

public sealed class EmbeddedStopTests : StopTests
{
    private protected override Task<ServerParts> StartAsync() => ServerParts.StartAsync();
}

public sealed class RedisStopTests : StopTests
{
    private RedisServer _redis = null!;

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await _redis.DisposeAsync();
    }

    private protected override async Task<ServerParts> StartAsync()
    {
        _redis = await RedisServer.StartAsync();
        return await ServerParts.StartAsync(redis: _redis);
    }
}
