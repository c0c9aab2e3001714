using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Monitoring;

namespace RealtimeSessions.Server.Tests.Monitoring;

public sealed class DistributionTests
{
    [Fact]
    public void Take_OfNothing_IsNull() => Assert.Null(new Distribution().Take());

    [Fact]
    public void Take_OfOne_IsThatOneThroughout()
    {
        var distribution = new Distribution();
        distribution.Add(0.0123);

        Assert.Equal(new DurationSummary(12.3, 12.3, 12.3), Near(distribution.Take()!, 12.3));
        Assert.Null(distribution.Take());
    }

    [Fact]
    public void Take_OfMany_IsAsTheyAreSpread()
    {
        var distribution = new Distribution();
        for (var i = 1_000; i >= 1; i--)
        {
            distribution.Add(i / 1_000d);
        }

        var taken = distribution.Take()!;
        Assert.InRange(taken.P50, 500 * 0.95, 500 * 1.05);
        Assert.InRange(taken.P99, 990 * 0.95, 1_000);
        Assert.Equal(1_000, taken.Max);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.000_000_1)]
    [InlineData(100_000)]
    public void Take_OfWhatNoBucketIsFor_IsItsMaximum(double seconds)
    {
        var distribution = new Distribution();
        distribution.Add(seconds);

        var taken = distribution.Take()!;
        Assert.Equal(Math.Round(seconds * 1_000, 3), taken.Max);
        Assert.InRange(taken.P99, 0, taken.Max);
    }

    [Fact]
    public async Task Add_FromManyThreads_LosesNothing()
    {
        var distribution = new Distribution();

        await Task.WhenAll(Enumerable.Range(1, 4).Select(thread => Task.Run(() =>
        {
            for (var i = 0; i < 10_000; i++)
            {
                distribution.Add(thread);
            }
        })));

        var taken = distribution.Take()!;
        Assert.InRange(taken.P50, 2_000 * 0.95, 2_000 * 1.05);
        Assert.Equal(4_000, taken.Max);
    }

    /// <summary>What is within a bucket's width of a value, as that value.</summary>
    private static DurationSummary Near(DurationSummary summary, double value) =>
        Math.Abs(summary.P50 - value) < value * 0.05 && Math.Abs(summary.P99 - value) < value * 0.05 ? new(value, value, summary.Max) : summary;
}
