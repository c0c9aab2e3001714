using System.Security.Claims;
using RealtimeSessions.Server.Hubs;
using RealtimeSessions.Server.Identity;
using RealtimeSessions.Server.Tests.Support;

namespace RealtimeSessions.Server.Tests.Directory;

/// <summary>When connections and requests come into the groups of their users.</summary>
public sealed class ConnectionGroupsTests() : DirectoryTest(onRedis: false)
{
    private static readonly Caller Bob = Token("bob", "Bob", "bob@example.com");

    private DirectoryParts Here => Parts.Directory;

    [Fact]
    public async Task FollowAsync_ANewUser_EntersHimAndKeepsNoProfile()
    {
        var client = await Here.ConnectAsync(Bob);

        Assert.Equal((null, null), (client.Connection.Caller.Name, client.Connection.Caller.Email));
        Assert.Equal(["everyone"], client.Connection.Caller.Groups);
        Assert.Equal("Bob", (await Users.FindByEmailAsync(["bob@example.com"]))["bob@example.com"].Name);
    }

    [Fact]
    public async Task FollowAsync_AUserInGroups_HasThemWhenItReturns()
    {
        await Here.WriteAsync((await Users.EnterAsync(Bob)).UserId, 1, [11]);

        Assert.Contains("directory:11", (await Here.ConnectAsync(Bob)).Connection.Caller.Groups);
        Assert.Contains("directory:11", (await Other.Directory.ConnectAsync(Bob)).Connection.Caller.Groups);
    }

    [Fact]
    public async Task FollowAsync_AUserOfWhomOthersAreJustTold_HasHisGroupsWhenItReturns()
    {
        await Other.Directory.WriteAsync((await Other.Directory.Users.EnterAsync(Bob)).UserId, 1, [11]);

        // It follows nothing, so that nobody else reads.
        var alone = (await Parts.StartOtherAsync()).Directory;
        var (isTold, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        using var other = alone.Users.Follow(Bob, _ =>
        {
            isTold.SetResult();
            goOn.Task.Wait();
        });
        var hold = new TaskCompletionSource();
        alone.Catalog.HoldNext = hold.Task;
        var connecting = alone.ConnectAsync(Bob);
        Assert.False(connecting.IsCompleted);
        var telling = Task.Run(() => alone.Cache.RefreshAsync(["bob"]));
        await isTold.Task;

        hold.SetResult();
        var client = await connecting;

        Assert.Contains("directory:11", client.Connection.Caller.Groups);
        goOn.SetResult();
        await telling;
    }

    [Fact]
    public async Task FollowAsync_TheStorageIsAway_LetsInAndAddsTheGroupsLater()
    {
        await Other.Directory.WriteAsync((await Other.Directory.Users.EnterAsync(Bob)).UserId, 1, [11]);
        Here.Catalog.IsDown = true;
        var clients = new[] { await Here.ConnectAsync(Bob), await Here.ConnectAsync(Token("carol", "Carol")) };
        Assert.All(clients, client => Assert.Equal(["everyone"], client.Connection.Caller.Groups));

        Here.Catalog.IsDown = false;

        await AdvanceUntilAsync(() => clients[0].Connection.Caller.Groups.Contains("directory:11") && Here.Cache.Find("carol") is { Name: "Carol" });
        await Other.Directory.WriteAsync((await Users.GetAsync(Bob)).UserId, 2, []);

        // Who follows the directory may have met the outage, too, and wait for the clock.
        await AdvanceUntilAsync(() => clients[0].Connection.Caller.Groups.Count == 1);
    }

    [Fact]
    public async Task FollowAsync_TheStorageDoesNotAnswer_LetsInAfterAWhile()
    {
        await Other.Directory.WriteAsync((await Other.Directory.Users.EnterAsync(Bob)).UserId, 1, [11]);
        var hold = new TaskCompletionSource();
        Here.Catalog.HoldNext = hold.Task;
        var connecting = Here.ConnectAsync(Bob);
        Assert.False(connecting.IsCompleted);

        Parts.Time.Advance(ConnectionGroups.Patience);
        var client = await connecting;
        hold.SetResult();

        await Wait.UntilAsync(() => client.Connection.Caller.Groups.Contains("directory:11"));
    }

    [Fact]
    public async Task FollowAsync_Ended_IsToldNothingMore()
    {
        var client = new TestClient(Bob);
        (await Here.Groups.FollowAsync(client.Connection)).Dispose();

        await Here.WriteAsync((await Users.GetAsync(Bob)).UserId, 1, [11]);

        Assert.Equal(["everyone"], client.Connection.Caller.Groups);
    }

    [Fact]
    public async Task FindAsync_ARequest_HasTheGroupsOfTheDirectoryAndOfTheToken()
    {
        await Here.WriteAsync((await Users.EnterAsync(Bob)).UserId, 1, [11]);

        var caller = await Here.Callers.FindAsync(Principal());

        Assert.Equal(["designers", "directory:11", "everyone"], caller.Groups.Order());
    }

    [Fact]
    public async Task WithoutConversations_NobodyIsEnteredAndNothingIsFollowed()
    {
        var alone = await Parts.StartOtherAsync();
        alone.Directory.Settings.Enabled = false;
        await alone.Directory.StartAsync();
        await alone.Directory.Follower.ExecuteTask!;
        alone.Directory.Catalog.IsDown = true;

        var client = await alone.Directory.ConnectAsync(Bob);
        var caller = await alone.Directory.Callers.FindAsync(Principal());

        Assert.Equal(["everyone"], client.Connection.Caller.Groups);
        Assert.Equal(["designers", "everyone"], caller.Groups.Order());
        Assert.Equal(0, alone.Directory.Catalog.Refused);
        Assert.Empty(await Users.FindByEmailAsync(["bob@example.com"]));
    }

    private static ClaimsPrincipal Principal() => new(new ClaimsIdentity(
        [new Claim("sub", "bob"), new Claim("groups", "designers"), new Claim("groups", "directory:12"), new Claim("name", "Bob")], "test"));

    private Task AdvanceUntilAsync(Func<bool> condition) => Wait.UntilAsync(() =>
    {
        Parts.Time.Advance(TimeSpan.FromMilliseconds(100));
        return condition();
    });
}
