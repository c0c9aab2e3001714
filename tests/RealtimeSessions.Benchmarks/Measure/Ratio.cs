using System.Globalization;

namespace RealtimeSessions.Benchmarks.Measure;

/// <summary>The ratio of two series of rounds that took turns. It is taken round by round: neighbours in time share the machine's mood.</summary>
internal sealed class Ratio(IEnumerable<double> values, IEnumerable<double> others)
{
    private readonly double[] _ratios = [.. values.Zip(others, (value, other) => value / other)];

    /// <summary>The median of the rounds' ratios.</summary>
    public double Median => Figures.Median(_ratios);

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Median:N2} ({_ratios.Min():N2}–{_ratios.Max():N2})");

    /// <summary>The ratio beside what it should at least be.</summary>
    public string AtLeast(double target) => Against("≥", target, Median >= target);

    /// <summary>The ratio beside what it should at most be.</summary>
    public string AtMost(double target) => Against("≤", target, Median <= target);

    private string Against(string relation, double target, bool isMet) =>
        string.Create(CultureInfo.InvariantCulture, $"{this} {relation} {target} {(isMet ? "met" : "NOT MET")}");
}
