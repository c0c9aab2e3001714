using System.Collections.Concurrent;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Directory;
using RealtimeSessions.Server.Tests.Support;

namespace RealtimeSessions.Server.Tests.Directory;

/// <summary>What users are in spaces: it never goes back, and every server learns of it.</summary>
public abstract class MembershipTests(bool onRedis) : DirectoryTest(onRedis)
{
    private DirectoryParts Here => Parts.Directory;

    private DirectoryParts There => Other.Directory;

    [Fact]
    public async Task WriteMembershipsAsync_SomethingOlder_ChangesNothing()
    {
        var bob = await Users.EnterAsync(Token("bob"));
        await Here.WriteAsync(bob.UserId, 5, [11]);

        await There.WriteAsync(bob.UserId, 4, [12]);
        await There.WriteAsync(bob.UserId, 5, [13]);
        await There.WriteAsync(bob.UserId, 4, null);

        Assert.Equal(["directory:11"], (await Users.FindAsync(bob.UserId))!.NameGroups());
        await There.WriteAsync(bob.UserId, 6, [14, 15]);
        Assert.Equal(["directory:14", "directory:15"], (await Users.FindAsync(bob.UserId))!.NameGroups());
        await Here.WriteAsync(bob.UserId, 1, [16], epoch: "f");
        Assert.Equal(["directory:16"], (await Users.FindAsync(bob.UserId))!.NameGroups());
    }

    [Fact]
    public async Task WriteMembershipsAsync_ManyAtOnceOnTwoServers_EndsWithTheNewest()
    {
        var bob = await Users.EnterAsync(Token("bob"));

        await Task.WhenAll(
            Enumerable.Range(1, 30).Select(i => (i % 2 == 0 ? Here : There).WriteAsync(bob.UserId, i, [i]))
                .Concat(Enumerable.Range(1, 10).Select(i => There.WriteAsync(bob.UserId, i, [100 + i], spaceId: 8))));

        Assert.Equal(["directory:110", "directory:30"], (await Users.FindAsync(bob.UserId))!.NameGroups().Order());
        await Wait.UntilAsync(async () => (await There.Users.GetAsync(Token("bob"))).NameGroups().Order().SequenceEqual(["directory:110", "directory:30"]));
    }

    [Fact]
    public async Task WriteMembershipsAsync_OneWhoHasLeft_IsRememberedAndNotFound()
    {
        var bob = await Users.EnterAsync(Token("bob"));
        await Here.WriteAsync(bob.UserId, 5, [11]);
        Assert.Equal([bob.UserId], (await There.Users.FindMembersAsync(7)).Select(user => user.UserId));

        await Here.WriteAsync(bob.UserId, 6, null);
        await There.WriteAsync(bob.UserId, 5, [11]);

        Assert.Empty(await There.Users.FindMembersAsync(7));
        Assert.Equal(new Position("e", 6), (await Users.FindAsync(bob.UserId))!.Spaces[7].AsOf);
        Assert.Empty((await Users.FindAsync(bob.UserId))!.NameGroups());
    }

    [Fact]
    public async Task WriteMembershipsAsync_ManyUsersAndOneWhoIsNone_WritesThem()
    {
        var written = new Dictionary<long, Membership> { [1_000] = new(default, IsMember: true, []) };
        for (var i = 0; i < 120; i++)
        {
            Parts.Time.Advance(TimeSpan.FromSeconds(1));
            written[(await Users.EnterAsync(Token($"user{i}"))).UserId] = new(default, IsMember: true, [11]);
        }

        await Users.WriteMembershipsAsync(7, new Position("e", 1), written);

        Assert.Equal(120, (await Users.FindMembersAsync(7)).Count);
        var first = await There.Users.FindInSpacesAsync([6, 7], after: null, limit: 25, user => user.UserId % 2 == 0);
        var second = await There.Users.FindInSpacesAsync([7, 8], first.Next, limit: 100, user => user.UserId % 2 == 0);
        Assert.Equal(Enumerable.Range(1, 60).Select(i => 122L - (2 * i)), first.Users.Concat(second.Users).Select(user => user.UserId));
        Assert.Equal((25, null), (first.Users.Count, second.Next));
        Assert.Empty((await Users.FindInSpacesAsync([], after: null, limit: 25)).Users);
    }

    [Fact]
    public async Task Follow_AChangeOnEitherServer_IsTold()
    {
        var bob = await Users.EnterAsync(Token("bob"));
        var (here, there) = (Told(Here, "bob"), Told(There, "bob"));
        await There.Users.EnterAsync(Token("bob"));

        await Here.WriteAsync(bob.UserId, 1, [11]);
        Assert.Equal("directory:11", here.Last());
        await Wait.UntilAsync(() => there.LastOrDefault() == "directory:11");
        await There.WriteAsync(bob.UserId, 2, [11, 12]);

        Assert.Equal("directory:11 directory:12", there.Last());
        await Wait.UntilAsync(() => here.Last() == "directory:11 directory:12");
        Assert.Equal(["", "directory:11", "directory:11 directory:12"], here);
    }

    [Fact]
    public async Task Follow_HistoryThatWasLostOrRemoved_IsReadAnew()
    {
        var bob = await Users.EnterAsync(Token("bob"));
        var there = Told(There, "bob");
        await There.Users.EnterAsync(Token("bob"));
        await Here.WriteAsync(bob.UserId, 1, [10]);
        await Wait.UntilAsync(() => there.LastOrDefault() == "directory:10");
        Other.Log.TailGate = new TaskCompletionSource();

        await Here.WriteAsync(bob.UserId, 2, [11]);
        Assert.Equal("directory:10", there.Last());
        Other.Log.NoticeLoss();

        await Wait.UntilAsync(() => there.Last() == "directory:11");
        Other.Log.TailGate.SetResult();
    }

    [Fact]
    public async Task Follow_WhileTheStorageIsAway_CatchesUp()
    {
        var bob = await Users.EnterAsync(Token("bob"));
        var there = Told(There, "bob");
        await There.Users.EnterAsync(Token("bob"));
        There.Catalog.IsDown = true;

        await Here.WriteAsync(bob.UserId, 1, [11]);
        await Wait.UntilAsync(() => There.Catalog.Refused > 0);
        Assert.Equal([""], there);
        There.Catalog.IsDown = false;

        await Wait.UntilAsync(() =>
        {
            Parts.Time.Advance(TimeSpan.FromMilliseconds(100));
            return there.Last() == "directory:11";
        });
    }

    /// <summary>The groups that a follower is told of.</summary>
    private static ConcurrentQueue<string> Told(DirectoryParts server, string subject)
    {
        var told = new ConcurrentQueue<string>();
        server.Users.Follow(Token(subject), user => told.Enqueue(string.Join(' ', (user?.NameGroups() ?? []).Order())));
        return told;
    }
}

public sealed class EmbeddedMembershipTests() : MembershipTests(onRedis: false);

public sealed class RedisMembershipTests() : MembershipTests(onRedis: true);
