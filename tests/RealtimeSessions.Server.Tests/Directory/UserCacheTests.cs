using RealtimeSessions.Server.Tests.Support;

namespace RealtimeSessions.Server.Tests.Directory;

/// <summary>How many users stay in memory.</summary>
public sealed class UserCacheTests() : DirectoryTest(onRedis: false)
{
    [Fact]
    public async Task Open_TooMany_LetsGoOfTheLongestUnusedThatNobodyFollows()
    {
        var cache = Parts.Directory.Cache;
        await Users.EnterAsync(ServerParts.Bob);
        await Users.EnterAsync(ServerParts.Bert);
        await Users.EnterAsync(ServerParts.Carol);
        using var follower = Users.Follow(ServerParts.Bob, _ => { });

        for (var i = 0; i < 30_000; i++)
        {
            Parts.Time.Advance(TimeSpan.FromMilliseconds(1));
            cache.Open($"user{i}");
            Assert.NotNull(i % 1_000 == 0 ? cache.Find("carol") : ServerParts.Carol);
        }

        Assert.NotNull(cache.Find("bob"));
        Assert.NotNull(cache.Find("carol"));
        Assert.Null(cache.Find("bert"));
        Assert.Equal(1, (await Users.GetAsync(ServerParts.Bob)).UserId);
        Assert.Equal(2, (await Users.GetAsync(ServerParts.Bert)).UserId);
    }

    [Fact]
    public async Task Follow_SomeHaveEnded_TellsTheOthers()
    {
        var told = new List<int>();
        var bob = await Users.EnterAsync(ServerParts.Bob);
        var followers = Enumerable.Range(0, 5).Select(i => Users.Follow(ServerParts.Bob, _ => told.Add(i))).ToArray();
        told.Clear();

        foreach (var ended in new[] { 1, 4, 1, 0 })
        {
            followers[ended].Dispose();
        }

        await Parts.Directory.WriteAsync(bob.UserId, 1, [11]);
        Assert.Equal([2, 3], told.Order());
    }
}
