using System.Diagnostics;
using RealtimeSessions.Benchmarks.Load.Orders;
using RealtimeSessions.Benchmarks.Measure;

namespace RealtimeSessions.Benchmarks.Load;

/// <summary>Measures from the moment a writer's patch was sent to its receipt at each of those members that take part.</summary>
internal sealed class Latencies
{
    // More patches than can be on their way.
    private const int Remembered = 1 << 20;

    private readonly long[] _sentAt = new long[Remembered];
    private readonly Histogram _histogram = new();

    /// <summary>A patch goes out.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="at">When, in the stopwatch's ticks.</param>
    public void Sent(long number, long at) => Volatile.Write(ref _sentAt[number % Remembered], at);

    /// <summary>A member has received it.</summary>
    public void Received(long number, long at) => _histogram.Add(
        (at - Volatile.Read(ref _sentAt[number % Remembered])) * (1_000_000_000 / Stopwatch.Frequency));

    /// <summary>What was measured.</summary>
    public LatencyAnswer Read() =>
        new(_histogram.Percentile(0.5), _histogram.Percentile(0.99), _histogram.Percentile(0.999), _histogram.Percentile(1));
}
