using RealtimeSessions.LoadTester.Measure;

namespace RealtimeSessions.LoadTester.Tests.Measure;

public sealed class HistogramTests
{
    private const double WidestClass = 1.016;

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.9)]
    [InlineData(0.99)]
    [InlineData(0.999)]
    public void Percentile_OfManyDurations_IsNearTheExactOne(double share)
    {
        var (random, histogram) = (new Random(5), new Histogram());
        long[] all = [.. Enumerable.Range(0, 20_000).Select(_ => (long)Math.Exp(random.NextDouble() * 17))];
        foreach (var microseconds in all)
        {
            histogram.Add(TimeSpan.FromMicroseconds(microseconds));
        }

        Array.Sort(all);
        var exact = (double)all[(int)Math.Ceiling(share * all.Length) - 1];
        Assert.InRange(histogram.Percentile(share)!.Value.TotalMicroseconds, exact, exact * WidestClass);
        Assert.Equal((all[^1], all.Length), ((long)histogram.Maximum.TotalMicroseconds, histogram.Count));
    }

    [Fact]
    public void Percentile_OfOneDuration_IsIt()
    {
        var histogram = new Histogram();
        histogram.Add(TimeSpan.FromMicroseconds(12_345));

        Assert.Equal(TimeSpan.FromMicroseconds(12_345), histogram.Percentile(0.5));
    }

    [Fact]
    public void Percentile_OfNothing_IsNull() => Assert.Null(new Histogram().Percentile(0.5));

    [Fact]
    public void Add_WhatIsOutOfRange_CountsAtTheEnds()
    {
        var histogram = new Histogram();
        histogram.Add(TimeSpan.FromSeconds(-1));
        histogram.Add(TimeSpan.FromDays(1));

        Assert.Equal(TimeSpan.Zero, histogram.Percentile(0.5));
        Assert.InRange(histogram.Percentile(1)!.Value, TimeSpan.FromHours(1), TimeSpan.FromHours(2));
    }

    [Fact]
    public async Task DrainTo_WhileManyThreadsAdd_CountsEachOnce()
    {
        const int Threads = 4, Each = 50_000;
        var (from, to) = (new Histogram(), new Histogram());
        var adding = Task.WhenAll(Enumerable.Range(0, Threads).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < Each; i++)
            {
                from.Add(TimeSpan.FromMicroseconds(i));
            }
        })));
        while (!adding.IsCompleted)
        {
            from.DrainTo(to);
        }

        await adding;
        from.DrainTo(to);
        Assert.Equal((0, Threads * Each), (from.Count, to.Count));
        Assert.Equal(TimeSpan.FromMicroseconds(Each - 1), to.Maximum);
    }
}
