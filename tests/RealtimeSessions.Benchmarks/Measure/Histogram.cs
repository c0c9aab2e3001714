using System.Numerics;

namespace RealtimeSessions.Benchmarks.Measure;

/// <summary>Counts durations in classes that are at most 1 % wide, without allocating. For one thread.</summary>
internal sealed class Histogram
{
    private const int Bits = 7;
    private const int ClassesPerOctave = 1 << Bits;

    private readonly long[] _classes = new long[(64 - Bits) * ClassesPerOctave];
    private long _count;

    /// <summary>Counts a duration.</summary>
    /// <param name="nanoseconds">Not negative.</param>
    public void Add(long nanoseconds)
    {
        _classes[ClassOf(nanoseconds)]++;
        _count++;
    }

    /// <summary>The duration that a share of all does not exceed, in microseconds; 0 if nothing was counted.</summary>
    /// <param name="share">For example 0.99.</param>
    public double Percentile(double share)
    {
        var rank = (long)Math.Ceiling(share * _count);
        for (var i = 0; i < _classes.Length; i++)
        {
            rank -= _classes[i];
            if (rank <= 0)
            {
                return UpperEdge(i) / 1000.0;
            }
        }

        return 0;
    }

    private static int ClassOf(long value)
    {
        // Below the first octave that is divided, a class is one nanosecond.
        var shift = Math.Max(0, BitOperations.Log2((ulong)value | 1) - Bits);
        return (shift * ClassesPerOctave) + (int)(value >> shift);
    }

    private static long UpperEdge(int index)
    {
        var shift = Math.Max(0, (index / ClassesPerOctave) - 1);
        return ((long)(index - (shift * ClassesPerOctave)) + 1) << shift;
    }
}
