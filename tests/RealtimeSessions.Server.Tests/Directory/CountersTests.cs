using RealtimeSessions.Server.Directory;

namespace RealtimeSessions.Server.Tests.Directory;

public abstract class CountersTests(bool onRedis) : DirectoryTest(onRedis)
{
    [Fact]
    public async Task NextAsync_ManyCallersOnTwoServers_GivesEachNumberOnce()
    {
        var counts = Enumerable.Range(0, 120).Select(i => (Server: i % 2 == 0 ? Parts : Other, Count: 1 + (i % 3))).ToArray();

        var firsts = await Task.WhenAll(counts.Select(pair => pair.Server.Directory.Counters.NextAsync(Counters.Comment, pair.Count)));

        var given = firsts.Zip(counts, (first, pair) => Enumerable.Range((int)first, pair.Count)).SelectMany(numbers => numbers);
        Assert.Equal(Enumerable.Range(1, counts.Sum(pair => pair.Count)), given.Order());
    }

    [Fact]
    public async Task NextAsync_AnotherType_HasNumbersOfItsOwn()
    {
        Assert.Equal(1, await Parts.Directory.Counters.NextAsync(Counters.Space, 5));
        Assert.Equal(1, await Other.Directory.Counters.NextAsync(Counters.Group, 1));
        Assert.Equal(6, await Other.Directory.Counters.NextAsync(Counters.Space, 1));
    }

    [Fact]
    public Task NextAsync_NoNumber_Throws() =>
        Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Parts.Directory.Counters.NextAsync(Counters.User, 0));
}

public sealed class EmbeddedCountersTests() : CountersTests(onRedis: false);

public sealed class RedisCountersTests() : CountersTests(onRedis: true);
