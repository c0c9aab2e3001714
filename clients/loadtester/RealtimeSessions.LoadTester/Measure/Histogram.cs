using System.Numerics;

namespace RealtimeSessions.LoadTester.Measure;

/// <summary>
/// Counts durations in classes that are at most 1.6 % wide, from 1 µs to 1.2 hours, in 32 KiB whatever it counts. Many threads may add at once; reading while they do gives a
/// state close to one that was.
/// </summary>
internal sealed class Histogram
{
    private const int Bits = 6;
    private const int ClassesPerOctave = 1 << Bits;
    private const int Octaves = 32;
    private const long Longest = (1L << Octaves) - 1;

    private readonly long[] _classes = new long[(Octaves - Bits + 1) * ClassesPerOctave];
    private long _longest;

    /// <summary>The longest duration that was added, exactly.</summary>
    public TimeSpan Maximum => TimeSpan.FromMicroseconds(Volatile.Read(ref _longest));

    /// <summary>How many were added.</summary>
    public long Count
    {
        get
        {
            var count = 0L;
            foreach (ref var one in _classes.AsSpan())
            {
                count += Volatile.Read(ref one);
            }

            return count;
        }
    }

    /// <summary>Counts a duration.</summary>
    /// <param name="duration">A negative one counts as none, one that is too long as the longest.</param>
    /// <param name="times">How often.</param>
    public void Add(TimeSpan duration, long times = 1)
    {
        var microseconds = Math.Clamp((long)duration.TotalMicroseconds, 0, Longest);
        Interlocked.Add(ref _classes[ClassOf(microseconds)], times);
        for (var longest = Volatile.Read(ref _longest); microseconds > longest;)
        {
            var seen = Interlocked.CompareExchange(ref _longest, microseconds, longest);
            longest = seen == longest ? microseconds : seen;
        }
    }

    /// <summary>The duration that a share of all does not exceed; null if nothing was added.</summary>
    /// <param name="share">For example 0.99.</param>
    public TimeSpan? Percentile(double share)
    {
        var rank = Math.Max(1, (long)Math.Ceiling(share * Count));
        for (var i = 0; i < _classes.Length; i++)
        {
            rank -= Volatile.Read(ref _classes[i]);
            if (rank <= 0)
            {
                return TimeSpan.FromMicroseconds(Math.Min(UpperEdge(i), Volatile.Read(ref _longest)));
            }
        }

        return null;
    }

    /// <summary>Moves what was added since the last time into another one, and starts anew.</summary>
    public void DrainTo(Histogram other)
    {
        for (var i = 0; i < _classes.Length; i++)
        {
            if (Interlocked.Exchange(ref _classes[i], 0) is > 0 and var count)
            {
                Interlocked.Add(ref other._classes[i], count);
            }
        }

        var longest = Interlocked.Exchange(ref _longest, 0);
        other._longest = Math.Max(other._longest, longest);
    }

    private static int ClassOf(long value)
    {
        // Below the first octave that is divided, a class is one microsecond.
        var shift = Math.Max(0, BitOperations.Log2((ulong)value | 1) - Bits);
        return (shift * ClassesPerOctave) + (int)(value >> shift);
    }

    private static long UpperEdge(int index)
    {
        var shift = Math.Max(0, (index / ClassesPerOctave) - 1);
        return (((long)(index - (shift * ClassesPerOctave)) + 1) << shift) - 1;
    }
}
