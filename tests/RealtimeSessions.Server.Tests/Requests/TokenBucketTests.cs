using RealtimeSessions.Server.Requests;
using RealtimeSessions.Testing;

namespace RealtimeSessions.Server.Tests.Requests;

public sealed class TokenBucketTests
{
    private readonly VirtualTime _time = new();

    [Fact]
    public void TryTake_AtFirstAndAfterARest_GivesTheBurstAndNoMore()
    {
        var bucket = new TokenBucket(perSecond: 10, burst: 3, _time);

        Assert.Equal(3, Take(bucket, 10));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(3, Take(bucket, 10));
    }

    [Fact]
    public void TryTake_ForLong_GivesTheRate()
    {
        var bucket = new TokenBucket(perSecond: 7, burst: 1, _time);
        Take(bucket, 1);
        var taken = 0;
        for (var i = 0; i < 10_000; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(1));
            taken += Take(bucket, 1);
        }

        Assert.InRange(taken, 69, 70);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(1_000_000)]
    public void NextIn_AfterATokenWasRefused_IsWhenThereIsOne(int perSecond)
    {
        var bucket = new TokenBucket(perSecond, burst: 1, _time);
        for (var i = 0; i < 100; i++)
        {
            Take(bucket, 1);
            Assert.False(bucket.TryTake());
            var next = bucket.NextIn;
            Assert.InRange(next, TimeSpan.FromTicks(1), TimeSpan.FromSeconds(1.0 / perSecond) + TimeSpan.FromTicks(2));

            _time.Advance(next - TimeSpan.FromTicks(2));
            Assert.False(bucket.TryTake());
            _time.Advance(TimeSpan.FromTicks(3));
            Assert.True(bucket.TryTake());
        }
    }

    private static int Take(TokenBucket bucket, int times) => Enumerable.Range(0, times).Count(_ => bucket.TryTake());
}
