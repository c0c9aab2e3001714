namespace RealtimeSessions.LoadTester.Report.Html;

/// <summary>The upright axis of a chart: from nothing, or for a logarithmic one from a power of ten, to a round number.</summary>
internal sealed class ChartScale
{
    private const int Steps = 4;
    private static readonly double[] TimeSteps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 28800, 86400];

    private readonly double _low, _high;
    private readonly bool _isLogarithmic;

    private ChartScale(double low, double high, bool isLogarithmic, IReadOnlyList<double> ticks) =>
        (_low, _high, _isLogarithmic, Ticks) = (low, high, isLogarithmic, ticks);

    /// <summary>Where it is labelled.</summary>
    public IReadOnlyList<double> Ticks { get; }

    /// <summary>A scale that holds values.</summary>
    public static ChartScale Over(IEnumerable<double> values, bool isLogarithmic)
    {
        var all = values.Where(double.IsFinite).ToArray();
        var largest = all.Length == 0 ? 1 : Math.Max(all.Max(), 1e-9);
        if (!isLogarithmic)
        {
            var step = RoundUp(largest / Steps);
            var count = (int)Math.Max(1, Math.Ceiling(largest / step - 1e-9));
            return new ChartScale(0, step * count, false, [.. Enumerable.Range(0, count + 1).Select(i => i * step)]);
        }

        var low = Math.Floor(Math.Log10(all.Where(value => value > 0).DefaultIfEmpty(1).Min()));
        var high = Math.Max(low + 1, Math.Ceiling(Math.Log10(largest)));
        return new ChartScale(low, high, true, [.. Enumerable.Range((int)low, (int)(high - low) + 1).Select(power => Math.Pow(10, power))]);
    }

    /// <summary>Round times from 0 to an end, in seconds.</summary>
    public static IEnumerable<double> TimeTicks(double end)
    {
        var step = TimeSteps.FirstOrDefault(step => end / step <= 7, TimeSteps[^1]);
        for (var second = step; second <= end; second += step)
        {
            yield return second;
        }
    }

    /// <summary>How far up a value is, 0 to 1.</summary>
    public double Share(double value) =>
        Math.Clamp(((_isLogarithmic ? Math.Log10(Math.Max(value, Math.Pow(10, _low))) : value) - _low) / (_high - _low), 0, 1);

    /// <summary>The next of 1, 2, 2.5 or 5 times a power of ten.</summary>
    private static double RoundUp(double value)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(value)));
        return power * new[] { 1, 2, 2.5, 5, 10 }.First(factor => factor * power >= value * (1 - 1e-9));
    }
}
