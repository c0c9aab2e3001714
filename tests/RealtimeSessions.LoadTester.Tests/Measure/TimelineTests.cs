using RealtimeSessions.LoadTester.Measure;

namespace RealtimeSessions.LoadTester.Tests.Measure;

public sealed class TimelineTests
{
    [Fact]
    public void Add_MoreThanFit_JoinsNeighbours()
    {
        var timeline = new Timeline(capacity: 8);
        for (var second = 1; second <= 1_000; second++)
        {
            timeline.Add(Sample(second, calls: second, p99: second % 100));
        }

        var samples = timeline.Samples;
        Assert.InRange(samples.Count, 4, 8);
        Assert.Equal(1_000, samples.Sum(sample => sample.Seconds), 6);
        Assert.Equal(500_500, samples.Sum(sample => sample.CallsPerSecond * sample.Seconds), 3);
        Assert.Equal(1_000, samples.Sum(sample => sample.Errors));
        Assert.Equal(1_000, samples[^1].At);
        Assert.Equal(99, samples[0].CallP99);
    }

    [Fact]
    public void Add_AMomentAtTheEnd_JoinsTheLast()
    {
        var timeline = new Timeline();
        timeline.Add(Sample(1, calls: 100, p99: 3));
        timeline.Add(Sample(1.01, calls: 0, p99: null) with { Seconds = 0.01, Connections = 5 });

        var only = Assert.Single(timeline.Samples);
        Assert.Equal((1.01, 5, 3), (only.At, only.Connections, only.CallP99));
        Assert.InRange(only.CallsPerSecond, 99, 99.1);
    }

    private static LoadSample Sample(double at, double calls, double? p99) => new()
    {
        At = at,
        Seconds = 1,
        CallsPerSecond = calls,
        DeliveriesPerSecond = 0,
        BytesPerSecond = 0,
        Connections = 1,
        InFlight = 0,
        CallP99 = p99,
        Errors = 1,
        Reconnects = 0,
        Violations = 0,
        Processors = 0,
        Memory = 0,
    };
}
