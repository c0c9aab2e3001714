using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;
using RealtimeSessions.Server.Applications;
using RealtimeSessions.Server.Identity;
using RealtimeSessions.Server.Tests.Support;

namespace RealtimeSessions.Server.Tests.Directory;

/// <summary>Groups of the directory as participants of sessions and roles, for connections to another server than the one that changes them.</summary>
public abstract class DirectoryGroupTests(bool onRedis) : DirectoryTest(onRedis)
{
    private static readonly Participant Group = new(Caller.DirectoryGroup(11)) { Type = ParticipantType.Group };
    private long _mallory;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _mallory = (await Other.Directory.Users.EnterAsync(ServerParts.Mallory)).UserId;
    }

    [Fact]
    public async Task Session_HisGroupTakesPart_HeJoinsUntilHeLosesIt()
    {
        await AddAsync(Board, Group with { Role = DefaultRoles.Viewer });
        await Other.Directory.WriteAsync(_mallory, 1, [11, 12]);
        var mallory = await Parts.Directory.ConnectAsync(ServerParts.Mallory);
        await JoinAsync(mallory);
        Assert.Equal("SessionReset", (await mallory.NextAsync()).Target);

        await Other.Directory.WriteAsync(_mallory, 2, [11]);
        await Parts.PatchAsync(Board, """{"n":1}""");
        Assert.Equal("SessionDataUpdated", (await mallory.NextAsync()).Target);
        await Other.Directory.WriteAsync(_mallory, 3, [12]);

        await AssertLeftAsync(mallory, "SessionLeft", "access_revoked");
        await Parts.PatchAsync(Board, """{"n":2}""");
        await mallory.AssertNothingMoreAsync();
        Assert.Equal(ErrorCode.ApplicationNotFound, (await TryJoinAsync(mallory)).Error?.Code);
    }

    [Fact]
    public async Task Session_HeGainsTheGroup_HeJoins()
    {
        await AddAsync(Board, Group with { Role = DefaultRoles.Viewer });
        var mallory = await Parts.Directory.ConnectAsync(ServerParts.Mallory);
        Assert.Equal(ErrorCode.ApplicationNotFound, (await TryJoinAsync(mallory)).Error?.Code);

        await Other.Directory.WriteAsync(_mallory, 1, [11]);
        await Wait.UntilAsync(() => mallory.Connection.Caller.Groups.Contains("directory:11"));

        await JoinAsync(mallory);
    }

    [Fact]
    public async Task Session_HeLosesTheGroupWhileHeJoins_HeIsNotInItInTheEnd()
    {
        await AddAsync(Board, Group with { Role = DefaultRoles.Viewer });
        for (var round = 1; round <= 30; round++)
        {
            await Parts.Directory.WriteAsync(_mallory, 2 * round, [11]);
            var mallory = await Parts.Directory.ConnectAsync(ServerParts.Mallory);

            var joining = TryJoinAsync(mallory);
            await Parts.Directory.WriteAsync(_mallory, (2 * round) + 1, []);

            await joining;
            await Wait.UntilAsync(() => mallory.Connection.Sessions.Find(Board) is null);
        }
    }

    [Fact]
    public async Task Role_OfTheGroup_ActsAsLongAsHeIsInIt()
    {
        await ChangeRolesAsync(role => role.Name == DefaultRoles.Contributor ? role with { Participants = [.. role.Participants, Group] } : role);
        await Wait.UntilAsync(async () => (await Parts.Applications.GetAsync("demo"))!.PermissionsOf(new Caller("x", ["directory:11"])) != Permissions.None);
        var mallory = await Parts.Directory.ConnectAsync(ServerParts.Mallory);
        Assert.Equal(ErrorCode.ApplicationNotFound, (await TryWatchAsync(mallory)).Error?.Code);

        await Other.Directory.WriteAsync(_mallory, 1, [11]);
        await Wait.UntilAsync(() => mallory.Connection.Caller.Groups.Contains("directory:11"));
        Assert.Null((await CreateByAsync(mallory, "hers")).Error);
        await WatchAsync(mallory);
        await Other.Directory.WriteAsync(_mallory, 2, []);

        Assert.Equal("FeedReset", (await mallory.NextAsync()).Target);
        Assert.Equal(ErrorCode.ApplicationNotFound, (await CreateByAsync(mallory, "another")).Error?.Code);
    }

    [Fact]
    public async Task Watcher_OfASessionThatNamesTheGroup_IsResetAndToldOfIt()
    {
        await AddAsync(Board, Group with { Role = DefaultRoles.Viewer });
        await AddAsync(Board, Of(ServerParts.Mallory, DefaultRoles.Viewer));
        var mallory = await Parts.Directory.ConnectAsync(ServerParts.Mallory);
        await WatchAsync(mallory);
        var alice = new TestClient(ServerParts.Alice);
        await WatchAsync(alice);
        await RemoveAsync(Board, Of(ServerParts.Mallory));
        Assert.Equal("SessionParticipantRemoved", (await mallory.NextAsync()).Target);
        await RenameAsync(Board, "Unseen");
        Assert.Equal(["SessionParticipantRemoved", "SessionUpdated"], (await alice.NextAsync(2)).Select(next => next.Target));

        await Other.Directory.WriteAsync(_mallory, 1, [11]);
        Assert.Equal("FeedReset", (await mallory.NextAsync()).Target);
        await RenameAsync(Board, "Seen");

        Assert.Equal("Seen", (await mallory.NextAsync()).Argument["session"]!["name"]!.GetValue<string>());
        await mallory.AssertNothingMoreAsync();
    }

    [Fact]
    public async Task Member_WhoseOtherGroupsChange_HearsNothing()
    {
        await AddAsync(Board, Of(ServerParts.Bert));
        var bert = await Parts.Directory.ConnectAsync(ServerParts.Bert);
        await JoinAsync(bert);
        Assert.Equal("SessionReset", (await bert.NextAsync()).Target);

        await Parts.Directory.WriteAsync((await Users.GetAsync(ServerParts.Bert)).UserId, 1, [11]);

        await Parts.PatchAsync(Board, """{"n":1}""");
        Assert.Equal("SessionDataUpdated", (await bert.NextAsync()).Target);
        Assert.Contains("directory:11", bert.Connection.Caller.Groups);
    }

    private Task<Result<CreatedSession>> CreateByAsync(TestClient client, string sessionId) => Parts.Service.CreateAsync(
        client.Connection.Caller, new CreateSessionRequest { ApplicationId = "demo", SessionId = sessionId, Name = sessionId }, EventSource.Hub);
}

public sealed class EmbeddedDirectoryGroupTests() : DirectoryGroupTests(onRedis: false);

public sealed class RedisDirectoryGroupTests() : DirectoryGroupTests(onRedis: true);
