using RealtimeSessions.Protocol;

namespace RealtimeSessions.Server.Monitoring;

/// <summary>Durations since they were last asked for, in buckets that grow by 4%: so much memory, however many they are. Thread-safe.</summary>
internal sealed class Distribution
{
    private const double LeastSeconds = 0.000_01;
    private const int BucketsPerOctave = 16;

    /// <summary>Up to 2 to the power of 24 times the least: nearly three minutes.</summary>
    private const int BucketCount = 24 * BucketsPerOctave;

    private int[] _buckets = new int[BucketCount];
    private long _maximum;

    public void Add(double seconds)
    {
        var bucket = (int)(Math.Log2(Math.Max(seconds, LeastSeconds) / LeastSeconds) * BucketsPerOctave);
        Interlocked.Increment(ref _buckets[Math.Min(bucket, BucketCount - 1)]);
        var ticks = (long)(seconds * TimeSpan.TicksPerSecond);
        for (var known = Volatile.Read(ref _maximum); ticks > known;)
        {
            var seen = Interlocked.CompareExchange(ref _maximum, ticks, known);
            known = seen == known ? ticks : seen;
        }
    }

    /// <summary>Takes what was added. What is added at the same moment may count for the next time, or not at all.</summary>
    /// <returns>Null if nothing was.</returns>
    public DurationSummary? Take()
    {
        var buckets = Interlocked.Exchange(ref _buckets, new int[BucketCount]);
        var maximum = TimeSpan.FromTicks(Interlocked.Exchange(ref _maximum, 0)).TotalMilliseconds;
        var count = buckets.Sum(inBucket => (long)inBucket);
        return count == 0 ? null : new DurationSummary(At(0.5), At(0.99), Round(maximum));

        double At(double share)
        {
            var rest = (long)Math.Ceiling(count * share);
            var bucket = 0;
            while ((rest -= buckets[bucket]) > 0)
            {
                bucket++;
            }

            // The middle of the bucket, which may lie beyond what was in it.
            return Round(Math.Min(1_000 * LeastSeconds * Math.Pow(2, (bucket + 0.5) / BucketsPerOctave), maximum));
        }
    }

    /// <summary>Whole microseconds.</summary>
    private static double Round(double milliseconds) => Math.Round(milliseconds, 3);
}
